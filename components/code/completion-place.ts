import type { Text } from "@codemirror/state";
import schema from "@/docs/reference/layout.schema.json";

/** The part of JSON Schema that our own schema uses. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

/** What may stand at a place of the text. */
export interface Place {
  /** The map whose keys stand there, or the list whose entries do. */
  readonly schema: Schema;
  /** The property whose list of plain values the line is an entry of, or null. */
  readonly list: string | null;
  /** The keys that the map has already. */
  readonly taken: ReadonlySet<string>;
}

const ROOT: Schema = schema as Schema;

interface KeyLine {
  /** How far in the key stands, behind a dash. */
  readonly column: number;
  readonly name: string;
  /** Whether its value is on the lines below. */
  readonly opens: boolean;
  /** Whether the line begins a new entry of a list. */
  readonly starts: boolean;
}

/** `  - id: prod` and `  "vnets": [` alike; null for a line without a key. */
function keyLine(line: string): KeyLine | null {
  const [, before = "", name, rest = ""] = /^( *(?:- )?)"?([$\w-]+)"?: *(.*)$/.exec(line) ?? [];
  if (name === undefined) return null;
  return { column: before.length, name, opens: /^(?:[[{]?|#.*)$/.test(rest.trim()), starts: before.endsWith("- ") };
}

/** What may stand where the cursor is, by the keys that stand further left above it. `column` is the cursor's, from 0. */
export function completionPlace(doc: Text, lineNumber: number, column: number): Place {
  const own = doc.line(lineNumber).text;
  const dash = /^ *- /.exec(own)?.[0].length;
  const start = own.trim() === "" ? column : (dash ?? own.search(/\S/));
  const { schema: at, list } = descend(pathAbove(doc, lineNumber, start));
  return { schema: at, list: at.properties ? null : list, taken: siblings(doc, lineNumber, start, dash !== undefined) };
}

function pathAbove(doc: Text, lineNumber: number, start: number): string[] {
  const path: string[] = [];
  let limit = start;
  for (let number = lineNumber - 1; number > 0 && limit > 0; number -= 1) {
    const key = keyLine(doc.line(number).text);
    if (!key?.opens || key.column >= limit) continue;
    path.unshift(key.name);
    limit = key.column;
  }
  return path;
}

/** Names that the schema does not know lead nowhere: nothing is offered inside them. */
function descend(path: readonly string[]): Pick<Place, "schema" | "list"> {
  let at = ROOT;
  let list: string | null = null;
  for (const name of path) {
    const next = at.properties?.[name];
    if (!next) return { schema: {}, list: null };
    list = next.type === "array" ? name : null;
    at = next.items ?? next;
  }
  return { schema: at, list };
}

/** The keys of the same map, above and below. */
function siblings(doc: Text, lineNumber: number, start: number, startsHere: boolean): Set<string> {
  const taken = new Set<string>();
  if (!startsHere) {
    for (const key of keysBeside(doc, lineNumber, -1, start)) {
      taken.add(key.name);
      if (key.starts) break;
    }
  }
  for (const key of keysBeside(doc, lineNumber, 1, start)) {
    if (key.starts) break;
    taken.add(key.name);
  }
  return taken;
}

/** The keys exactly as far in, line by line, until something stands further out. */
function* keysBeside(doc: Text, lineNumber: number, step: 1 | -1, start: number): Generator<KeyLine> {
  for (let at = lineNumber + step; at > 0 && at <= doc.lines; at += step) {
    const { text } = doc.line(at);
    const key = keyLine(text);
    const column = key?.column ?? text.search(/\S/);
    if (column !== -1 && column < start) return;
    if (key?.column === start) yield key;
  }
}
