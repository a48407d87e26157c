/**
 * Whether a YAML text has a comment. It looks at lines, not at YAML: of a text in quotes over several lines it may say yes
 * where there is none, never no where there is one.
 */
export function hasComment(text: string): boolean {
  if (!text.includes("#")) return false;
  return text.split("\n").some((line) => line.includes("#") && /(?:^|\s)#/.test(withoutQuotes(line)));
}

/** A quote opens a text only where a value begins; elsewhere it is an apostrophe. */
const withoutQuotes = (line: string): string =>
  line.replace(/(^|[\s[{,:])(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/g, "$1_");
