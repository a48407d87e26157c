/** Reads CSV as RFC 4180 describes it, in the most literal way: a quoted cell, or everything up to a comma or CRLF. */
export function parseCsv(text: string): string[][] {
  const lines: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const line: string[] = [];
    for (;;) {
      const rest = text.slice(at);
      const [whole, quoted, bare = ""] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/.exec(rest) ?? [""];
      line.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
      at += whole.length;
      if (text[at] !== ",") break;
      at += 1;
    }
    if (text.slice(at, at + 2) !== "\r\n") throw new Error(`No end of line at ${at}: ${text.slice(at, at + 20)}`);
    at += 2;
    lines.push(line);
  }
  return lines;
}
