import { stripVTControlCharacters } from "node:util";

const LINK = "SETUP_LINK ";
const WARNING = 40;

/**
 * Listens to the server while it starts. Until it is ready its lines are kept: shown when it fails, dropped when it
 * succeeds. Afterwards everything it says is passed on, except Next.js' own greeting.
 */
export function watchServer() {
  const kept = [];
  let link;
  let passing = false;

  const hear = (stream) => (line) => {
    if (line.startsWith(LINK)) link = line.slice(LINK.length).trim();
    else if (passing || logLevel(line) >= WARNING) stream.write(`${line}\n`);
    else if (line.trim() !== "" && !isGreeting(line)) kept.push(line);
  };

  return {
    line: hear(process.stdout),
    errorLine: hear(process.stderr),
    setupLink: () => link,
    lastWords: () => kept.filter((line) => logLevel(line) === 0),
    passThrough: () => {
      passing = true;
    },
  };
}

const isGreeting = (line) => /^\s*(▲|✓|- (Local|Network|Environments?):)/.test(stripVTControlCharacters(line));

/** The level of a JSON log line (10 trace … 60 fatal); 0 for any other line. */
function logLevel(line) {
  return Number(/^\{"level":(\d+)/.exec(line)?.[1] ?? 0);
}
