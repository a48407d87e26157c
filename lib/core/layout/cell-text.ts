import { err, ok, type Result } from "@/lib/core/result";

/** Values as people write them into cells and fields. */

const YES = /^(y|yes|true|on|1|x)$/i;
const NO = /^(n|no|false|off|0|)$/i;

/** Yes or no; nothing is no. */
export function readFlag(text: string): Result<boolean, string> {
  if (YES.test(text.trim())) return ok(true);
  return NO.test(text.trim()) ? ok(false) : err("Write yes or no.");
}

/** Start and end of address ranges, one per line or between semicolons: `10.0.0.10 - 10.0.0.90`. */
export function parseRanges(text: string): Result<{ start: string; end: string }[], string> {
  const ranges: { start: string; end: string }[] = [];
  for (const line of text.split(/[\n;]/).map((each) => each.trim())) {
    if (line === "") continue;
    const parts = line.split(/\s*[-–,]\s*|\s+/).filter((part) => part !== "");
    const [start, end] = parts;
    if (start === undefined || end === undefined || parts.length > 2) {
      return err(`${line} is not a range; write two addresses, for example 10.0.0.100 - 10.0.0.200.`);
    }
    ranges.push({ start, end });
  }
  return ok(ranges);
}

/** The same as text, one per line. */
export const rangesText = (ranges: readonly { readonly start: string; readonly end: string }[]): string =>
  ranges.map(({ start, end }) => `${start} - ${end}`).join("\n");
