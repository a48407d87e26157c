import { createInterface } from "node:readline/promises";
import { run } from "./main";
import { paintFor } from "./words";

/** The command as a process: its own streams, Ctrl-C, and the exit code. */
export async function command(): Promise<void> {
  let asked = 0;
  process.on("SIGINT", () => {
    asked += 1;
    if (asked > 1) {
      process.stderr.write("Left at once. What was staged is still staged; run apply again to take it up.\n");
      process.exit(130);
    }
    process.stderr.write(
      "Stopping: before the commit everything staged is undone; after it the run is watched to its end.\n",
    );
  });
  const terminal = process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined;
  process.exitCode = await run(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    paint: paintFor(terminal),
    ask: process.stdin.isTTY
      ? async (question) => {
          const lines = createInterface({ input: process.stdin, output: process.stderr });
          const answer = await lines.question(question);
          lines.close();
          return answer;
        }
      : null,
    stopped: () => asked > 0,
  });
}
