import { err, ok, type Result } from "@/lib/core/result";

/** Why a text cannot be read, and where: a position counted from 0. */
export interface TextFault {
  readonly message: string;
  readonly at: number;
}

/** More rows than the largest VLAN range cannot be meant. */
const MOST = 4094;

/** Reads `100-199, 205` as numbers in that order; each once. The error names the part that cannot be read. */
export function parseTags(text: string): Result<number[], TextFault> {
  const tags = new Set<number>();
  let at = 0;
  for (const part of text.split(",")) {
    const match = /^\s*([0-9]{1,8})\s*(?:[-–]\s*([0-9]{1,8})\s*)?$/.exec(part);
    if (!match) return err({ message: "Write tags like 100-199, or 10, 20, 30.", at });
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (to < from) return err({ message: `${part.trim()} ends before it starts; swap the two.`, at });
    if (tags.size + (to - from) + 1 > MOST) return err({ message: `More than ${MOST} tags; use a smaller range.`, at });
    for (let tag = from; tag <= to; tag += 1) tags.add(tag);
    at += part.length + 1;
  }
  return ok([...tags]);
}

export type Variables = Readonly<Record<string, number>>;

/**
 * Fills `{…}` in a pattern with whole-number expressions: `v{tag}`, `10.{tag//256}.{tag%256}.0/24`. Known are the
 * variables, whole numbers, `+ - * // %` and parentheses. Division and remainder are floored. `{{` is a plain brace.
 */
export function fillPattern(pattern: string, variables: Variables): Result<string, TextFault> {
  let text = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern[at] ?? "";
    if (letter !== "{") {
      text += letter;
      continue;
    }
    if (pattern[at + 1] === "{") {
      text += "{";
      at += 1;
      continue;
    }
    const end = pattern.indexOf("}", at);
    if (end < 0) return err({ message: "A } is missing after this {.", at });
    const value = evaluate(pattern.slice(at + 1, end), variables);
    if (!value.ok) return err({ message: value.error.message, at: at + 1 + value.error.at });
    text += String(value.value);
    at = end;
  }
  return ok(text);
}

/** An expression is read from left to right; `fault` remembers the first thing that was wrong. */
function evaluate(source: string, variables: Variables): Result<number, TextFault> {
  const tokens = [...source.matchAll(/[0-9]+|[a-z]+|\/\/|[-+*%()]|\S/gi)].map((match) => ({
    text: match[0],
    at: match.index,
  }));
  let next = 0;
  let fault: TextFault | null = null;
  const fail = (message: string, at: number): number => {
    fault ??= { message, at };
    return 0;
  };
  const accept = (...texts: string[]): string | null => {
    const token = tokens[next];
    if (!token || !texts.includes(token.text)) return null;
    next += 1;
    return token.text;
  };

  function sum(): number {
    let value = product();
    for (let sign = accept("+", "-"); sign; sign = accept("+", "-")) value += sign === "+" ? product() : -product();
    return value;
  }
  function product(): number {
    let value = factor();
    for (let sign = accept("*", "//", "%"); sign; sign = accept("*", "//", "%")) {
      const at = tokens[next]?.at ?? source.length;
      const by = factor();
      if (sign === "*") value *= by;
      else if (by === 0) value = fail("This is a division by zero.", at);
      else value = sign === "//" ? Math.floor(value / by) : value - by * Math.floor(value / by);
    }
    return value;
  }
  function factor(): number {
    if (accept("-")) return -factor();
    if (accept("(")) {
      const value = sum();
      return accept(")") ? value : fail("A ) is missing here.", tokens[next]?.at ?? source.length);
    }
    const token = tokens[next];
    if (!token) return fail("Something is missing here.", source.length);
    next += 1;
    if (/^[0-9]+$/.test(token.text)) return Number(token.text);
    const known = Object.hasOwn(variables, token.text) ? variables[token.text] : undefined;
    return known ?? fail(`${token.text} is not known; use ${Object.keys(variables).join(", ")}.`, token.at);
  }

  const value = sum();
  const rest = tokens[next];
  if (rest) fail(`${rest.text} is not expected here.`, rest.at);
  if (fault === null && !Number.isSafeInteger(value)) fail("The number is too large.", 0);
  return fault === null ? ok(value) : err(fault);
}
