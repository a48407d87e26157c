import { HostRefusal } from "@/lib/simulator/host/host-refusal";

const maxBytes = 1024 * 1024;
/** Deeper than any state; the agent's own reader gives up somewhere, too. */
const maxDepth = 500;
/** Longer whole numbers are refused by the agent's reader. */
const maxDigits = 4000;
const tokens = /"(?:[^"\\]|\\.)*"\s*:?|[{}[\]]|-?\d[\d.eE+-]*/g;

const unreadable = (why: string) =>
  new HostRefusal("", `the state is not readable: ${why}`, "Send the state again from Trunkline.");

function decode(raw: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    throw unreadable("it is not UTF-8");
  }
}

const isWhole = (number: string): boolean => !/[.eE]/.test(number) && number.length <= maxDigits;

function demandOnce(seen: Set<string> | undefined, token: string): void {
  const key = String(JSON.parse(token.slice(0, -1)));
  if (seen?.has(key)) throw unreadable("a key is there twice");
  seen?.add(key);
}

/** What a JSON reader lets pass: keys that are there twice, broken numbers, endless depth. */
function demandStrict(text: string): void {
  const open: Set<string>[] = [];
  for (const [token] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (token.endsWith(":")) demandOnce(open.at(-1), token);
    else if (!(token.startsWith('"') || isWhole(token)))
      throw unreadable(`${token.slice(0, 40)} is not a whole number`);
    if (open.length > maxDepth) throw unreadable("it is too deep");
  }
}

/** Reads JSON as strictly as the agent does: every key once, whole numbers only, not more than 1 MiB. */
export function parseStrictly(raw: Buffer): unknown {
  if (raw.length > maxBytes)
    throw new HostRefusal(
      "",
      `the state has more than ${maxBytes} bytes`,
      "Let another node be the gateway of some VNets.",
    );
  const text = decode(raw);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable("it is no JSON");
  }
  demandStrict(text);
  return value;
}
