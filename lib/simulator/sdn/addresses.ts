import { isIPv4, isIPv6 } from "node:net";

/** An address as a number of its family; nothing when the text is no address. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

function fromGroups(groups: readonly string[], bits: bigint, radix: number): bigint {
  return groups.reduce((sum, group) => (sum << bits) | BigInt(Number.parseInt(group || "0", radix)), 0n);
}

/** Reads an IPv4 or IPv6 address. */
export function readAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { family: 4, value: fromGroups(text.split("."), 8n, 10) };
  if (!isIPv6(text) || text.includes("%")) return undefined;
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (embedded !== null) {
    const low = fromGroups((embedded[2] ?? "").split("."), 8n, 10);
    return readAddress(`${embedded[1] ?? ""}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`);
  }
  const [head = "", tail] = text.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const middle = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => "0");
  return { family: 6, value: fromGroups([...before, ...middle, ...after], 16n, 16) };
}

/** True when the address lies in `network/mask`; host bits of the network are ignored. */
export function isInside(text: string, network: string, mask: number): boolean {
  const address = readAddress(text);
  const base = readAddress(network);
  if (address === undefined || base === undefined || address.family !== base.family) return false;
  const shift = BigInt((base.family === 4 ? 32 : 128) - mask);
  return address.value >> shift === base.value >> shift;
}
