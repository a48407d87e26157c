import type { Problem } from "@/lib/core/problem";
import type { CodeNote } from "./editor";
import { type ObjectLines, objectLines } from "./object-lines";

/** Where in the text each problem belongs: at its field, else at its object, else nowhere. */
export function problemNotes(problems: readonly Problem[], text: string): CodeNote[] {
  const lines = text.split("\n");
  const byKey = new Map(objectLines(text).map((object) => [object.key, object]));
  return problems.map(({ at, field, severity, message }) => {
    const object = byKey.get(at[0] ?? "");
    const place = object ? placeOf(lines, object, field) : { line: null, column: null };
    return { ...place, severity: severity === "error" ? "error" : "warning", message };
  });
}

function placeOf(lines: readonly string[], { from, to }: ObjectLines, field: string | undefined) {
  const name = /^[\w-]+/.exec(field ?? "")?.[0];
  for (let line = from; name !== undefined && line <= to; line += 1) {
    const text = lines[line - 1] ?? "";
    const column = keyColumn(text);
    if (new RegExp(`^${name}"?:`).test(text.slice(column - 1))) return { line, column };
  }
  return { line: from, column: keyColumn(lines[from - 1] ?? "") };
}

/** Where the first key of a line begins, from 1. */
const keyColumn = (text: string): number => (/^[\s-]*"?/.exec(text)?.[0].length ?? 0) + 1;
