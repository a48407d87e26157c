/** Texts that YAML writes as they are: words, names with digits, IPv4 addresses and networks. Not all of them, but most. */
const SAFE = /^(?:[A-Za-z](?:[\w./-]| (?=[A-Za-z0-9]))*|\d+(?:\.\d+){3}(?:\/\d+)?)$/;
const RESERVED = /^(?:true|false|null)$/i;
/** So short that no line is folded, wherever it stands. */
const SHORT = 60;

/**
 * An entry of a top-level list as the YAML library would write it, character by character, or null where something has to
 * be quoted, folded or written in another way and the library has to do it. A layout of 4,094 VNets is written with every
 * edit while its text is on the screen; the library takes half a second for that, this takes a hundredth.
 */
export function plainItem(item: unknown): string | null {
  return isMap(item) ? listed(item, "  ") : null;
}

/** A map as an entry of a list: its first line begins with the dash. */
function listed(map: Readonly<Record<string, unknown>>, pad: string): string | null {
  const lines = mapLines(map, `${pad}  `);
  return lines ? `${pad}- ${lines.slice(pad.length + 2)}` : null;
}

function mapLines(map: Readonly<Record<string, unknown>>, pad: string): string | null {
  let lines = "";
  for (const [key, value] of Object.entries(map)) {
    const written = isSafe(key) ? valueLines(value, pad) : null;
    if (written === null) return null;
    lines += `${pad}${key}:${written}`;
  }
  return lines;
}

/** What stands behind the colon of a key, with the end of the line. */
function valueLines(value: unknown, pad: string): string | null {
  const scalar = scalarText(value);
  if (scalar !== null) return ` ${scalar}\n`;
  if (Array.isArray(value)) return value.length === 0 ? " []\n" : listLines(value, `${pad}  `);
  if (!isMap(value)) return null;
  const lines = mapLines(value, `${pad}  `);
  return lines === "" ? " {}\n" : lines && `\n${lines}`;
}

function listLines(list: readonly unknown[], pad: string): string | null {
  let lines = "\n";
  for (const item of list) {
    const scalar = scalarText(item);
    const line = scalar !== null ? `${pad}- ${scalar}\n` : isMap(item) ? listed(item, pad) : null;
    if (line === null) return null;
    lines += line;
  }
  return lines;
}

function scalarText(value: unknown): string | null {
  if (typeof value === "boolean" || Number.isSafeInteger(value)) return String(value);
  return typeof value === "string" && isSafe(value) ? value : null;
}

const isSafe = (text: string): boolean => text.length <= SHORT && SAFE.test(text) && !RESERVED.test(text);

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
