import { HostRefusal } from "@/lib/simulator/host/host-refusal";
import { readAddress } from "@/lib/simulator/sdn/addresses";

/** The small checks of which `readState` is made. Each throws a `HostRefusal` that names the place. */

export type Fields = Readonly<Record<string, unknown>>;

const again = "Send the state again from Trunkline.";
const join = (at: string, key: string) => (at === "" ? key : `${at}.${key}`);

/** A value as it may stand in a message: one line, not long, printable. */
const shown = (value: unknown): string => printable(typeof value === "string" ? value : JSON.stringify(value));
const printable = (text: string): string => text.slice(0, 60).replace(/[^ -~\u00a1-\uffff]/g, "?") || "an empty text";

export function fields(
  value: unknown,
  at: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new HostRefusal(at, `${at || "the state"} has to be an object`, again);
  const found: Fields = Object.fromEntries(Object.entries(value));
  for (const key of Object.keys(found))
    if (!required.includes(key) && !optional.includes(key))
      throw new HostRefusal(
        join(at, printable(key)),
        `the key ${printable(key)} is not known here`,
        "Bring agent and Trunkline to the same version.",
      );
  for (const key of required)
    if (!Object.hasOwn(found, key)) throw new HostRefusal(join(at, key), `the key ${key} is missing`, again);
  return found;
}

export function items(value: unknown, at: string, most: number): readonly (readonly [at: string, item: unknown])[] {
  if (!Array.isArray(value) || value.length > most)
    throw new HostRefusal(at, `${at} has to be a list of at most ${most}`, "Send fewer.");
  return value.map((item: unknown, index) => [`${at}[${index}]`, item]);
}

export function text(value: unknown, at: string, pattern: RegExp, what: string): string {
  if (typeof value === "string" && pattern.test(value)) return value;
  throw new HostRefusal(at, `${shown(value)} is not ${what}`, `Use ${what}.`);
}

export function number(value: unknown, at: string, least: number, most: number): number {
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw new HostRefusal(
    at,
    `${shown(value)} is not a whole number from ${least} to ${most}`,
    `Use ${least} to ${most}.`,
  );
}

export function choice(value: unknown, at: string, allowed: readonly string[]): void {
  if (typeof value === "string" && allowed.includes(value)) return;
  const list = allowed.join(", ");
  throw new HostRefusal(at, `${shown(value)} is none of ${list}`, `Use one of ${list}.`);
}

/** Refuses the second of two equal values. */
export function once(seen: Set<string>, value: string, at: string, what: string): void {
  if (seen.has(value)) throw new HostRefusal(at, `${what} ${value} is there twice`, "Keep one.");
  seen.add(value);
}

/** An address or the first address of a network, as a number. */
export interface Ip {
  readonly text: string;
  readonly family: 4 | 6;
  readonly value: bigint;
}

export interface Network extends Ip {
  readonly length: number;
}

const bitsOf = (family: 4 | 6) => (family === 4 ? 32 : 128);

/** The usual spelling (RFC 5952). */
function spelled(family: 4 | 6, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((by) => String((value >> by) & 255n)).join(".");
  const groups = Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - at * 16)) & 0xffffn).toString(16));
  const runs = [...groups.join(":").matchAll(/\b0(?::0)+\b/g)].map(([run]) => run);
  const longest = runs.toSorted((a, b) => b.length - a.length)[0];
  if (longest === undefined) return groups.join(":");
  // The first of equally long runs, and only whole groups.
  return `:${groups.join(":")}:`.replace(`:${longest}:`, "::").replace(/^:(?!:)|(?<!:):$/g, "");
}

const isMapped = ({ family, value }: Pick<Ip, "family" | "value">) => family === 6 && value >> 32n === 0xffffn;

export function address(value: unknown, at: string, family?: 4 | 6): Ip {
  const read = typeof value === "string" ? readAddress(value) : undefined;
  if (typeof value !== "string" || read === undefined)
    throw new HostRefusal(at, `${shown(value)} is not an address`, "Write it like 10.10.0.1 or 2001:db8::1.");
  const usual = spelled(read.family, read.value);
  if (usual !== value || isMapped(read))
    throw new HostRefusal(at, `${printable(value)} is not spelled as usual`, `Write ${usual}.`);
  if (family !== undefined && read.family !== family)
    throw new HostRefusal(at, `${value} is not of IPv${family}`, `Use an IPv${family} address.`);
  return { ...read, text: value };
}

export function network(value: unknown, at: string, family?: 4 | 6): Network {
  const parts = typeof value === "string" ? /^(.+)\/(0|[1-9]\d{0,2})$/.exec(value) : null;
  const read = readAddress(parts?.[1] ?? "");
  const length = Number(parts?.[2]);
  const host = read && (1n << BigInt(Math.max(0, bitsOf(read.family) - length))) - 1n;
  if (read === undefined || host === undefined || length > bitsOf(read.family) || (read.value & host) !== 0n)
    throw new HostRefusal(
      at,
      `${shown(value)} is not a network`,
      "Write its first address and its length: 10.10.0.0/24.",
    );
  const usual = `${spelled(read.family, read.value)}/${length}`;
  if (usual !== value || isMapped(read))
    throw new HostRefusal(at, `${shown(value)} is not spelled as usual`, `Write ${usual}.`);
  if (family !== undefined && read.family !== family)
    throw new HostRefusal(at, `${usual} is not of IPv${family}`, `Use an IPv${family} network.`);
  return { ...read, length, text: usual };
}

const lastOf = ({ family, value, length }: Network): bigint => value + (1n << BigInt(bitsOf(family) - length)) - 1n;

const reserved: readonly (readonly [family: 4 | 6, prefix: string, length: number])[] = [
  [4, "0.0.0.0", 32],
  [4, "127.0.0.0", 8],
  [4, "169.254.0.0", 16],
  [4, "224.0.0.0", 3],
  [6, "::", 127],
  [6, "fe80::", 10],
  [6, "ff00::", 8],
];

/** A network that a gateway may be in. */
export function usable(net: Network, at: string): void {
  if (net.length < (net.family === 4 ? 8 : 16))
    throw new HostRefusal(at, `${net.text} is too wide for one VNet`, "Use a longer prefix.");
  for (const [family, prefix, length] of reserved) {
    const shift = BigInt(bitsOf(family) - length);
    if (net.family === family && net.value >> shift === (readAddress(prefix)?.value ?? 0n) >> shift)
      throw new HostRefusal(at, `${net.text} is reserved for other uses`, "Use a network of ordinary addresses.");
  }
}

/** A host address of the network. */
export function inside(ip: Ip, net: Network, at: string): void {
  const last = lastOf(net);
  if (ip.family !== net.family || ip.value < net.value || ip.value > last)
    throw new HostRefusal(at, `${ip.text} lies outside ${net.text}`, `Use an address of ${net.text}.`);
  if (net.family === 4 && net.length < 31 && (ip.value === net.value || ip.value === last))
    throw new HostRefusal(
      at,
      `${ip.text} is the network or broadcast address of ${net.text}`,
      `Use another address of ${net.text}.`,
    );
}

/** No two networks of the list share an address. Each comes with its place. */
export function demandApart(found: readonly (readonly [at: string, net: Network])[]): void {
  const ordered = found.toSorted(
    ([, a], [, b]) =>
      a.family - b.family || Number(a.value > b.value) - Number(a.value < b.value) || a.length - b.length,
  );
  for (const [index, [at, net]] of ordered.entries()) {
    const before = ordered[index - 1]?.[1];
    if (before && before.family === net.family && lastOf(before) >= net.value)
      throw new HostRefusal(at, `${net.text} overlaps ${before.text}`, "Keep networks apart.");
  }
}
