import fs from "node:fs";
import type { Layout } from "@/lib/core/layout/model";
import { err, ok, type Result } from "@/lib/core/result";
import { parseLayoutText } from "@/lib/exchange/layout-text";
import { type Io, say } from "./io";

/** Reads a layout file; the error is what to print, one line per problem with its place. */
export function readLayout(file: string): Result<Layout, string> {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    return err(`Could not read ${file}: ${code === "ENOENT" ? "there is no such file" : code}.`);
  }
  const parsed = parseLayoutText(text);
  if (parsed.ok) return ok(parsed.value);
  return err(
    parsed.error
      .map(({ line, column, message }) => `${file}${line === null ? "" : `:${line}:${column}`}: ${message}`)
      .join("\n"),
  );
}

/** Writes to a file, or to standard output; false when the disk does not take it. */
export function write(text: string, output: string | null, io: Io): boolean {
  if (output === null) {
    io.out(text);
    return true;
  }
  try {
    fs.writeFileSync(output, text);
    return true;
  } catch (cause) {
    say(
      io.err,
      `trunkline: could not write ${output}: ${cause instanceof Error && "code" in cause ? String(cause.code) : String(cause)}.`,
    );
    return false;
  }
}
