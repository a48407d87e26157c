/** A cell: text is defused, a number is written as it is. */
export type Cell = string | number;

/** Lines of cells as CSV (RFC 4180): CRLF after every line, quotes where the text needs them. */
export const csvText = (lines: readonly (readonly Cell[])[]): string =>
  lines.map((line) => `${line.map(cellText).join(",")}\r\n`).join("");

function cellText(cell: Cell): string {
  if (typeof cell === "number") return String(cell);
  const safe = defused(cell);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A spreadsheet runs text that begins like a formula; the apostrophe makes it text again (OWASP, CSV injection). */
const defused = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
