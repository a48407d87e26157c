import { err, ok, type Result } from "@/lib/core/result";
import { type Address, addressBits, type Family, readAddress, renderAddress } from "./address";
import { addressCount, type Cidr, hostsOf, networkOf } from "./cidr";

/** From one address to another, both included. */
export interface AddressRange {
  readonly start: Address;
  readonly end: Address;
}

/** The same in numbers. */
export interface NumericRange {
  readonly family: Family;
  readonly start: bigint;
  readonly end: bigint;
}

export type RangeFault = "invalid" | "mixed" | "reversed";

/** Reads a range. The fault says what is wrong with it; which message that deserves is the caller's business. */
export function readRange(start: string, end: string): Result<NumericRange, RangeFault> {
  const from = readAddress(start);
  const to = readAddress(end);
  if (!from || !to) return err("invalid");
  if (from.family !== to.family) return err("mixed");
  if (from.value > to.value) return err("reversed");
  return ok({ family: from.family, start: from.value, end: to.value });
}

export const rangesOverlap = (a: NumericRange, b: NumericRange): boolean =>
  a.family === b.family && a.start <= b.end && b.start <= a.end;

/** Where a DHCP range begins and ends in a /24, counted from the network address. */
const DEFAULT_START = 120n;
const DEFAULT_END = 220n;

/** In a network that long the default is 0x1000 to 0x1fff: room for static addresses below, easy to recognise. */
const IPV6_START = 0x1000n;
const IPV6_END = 0x1fffn;

/**
 * The DHCP range offered for a network: .120 to .220 where that fits, the same share of the network where it is smaller.
 * Never holds `gateway`, the network or the broadcast address. Null when no address is left (/31, /32 and the like).
 */
export function defaultRange(cidr: Cidr, gateway?: Address): AddressRange | null {
  const network = networkOf(cidr);
  const hosts = hostsOf(network);
  // Without an explicit gateway the first host is kept free for one.
  const taken = (gateway === undefined ? null : readAddress(gateway)?.value) ?? hosts.first;
  const size = addressCount(network);
  const wide = addressBits(network.family) - network.prefix;
  let start: bigint;
  let end: bigint;
  if (network.family === 6 && wide >= 16) {
    [start, end] = [network.first + IPV6_START, network.first + IPV6_END];
  } else if (wide >= 8) {
    [start, end] = [network.first + DEFAULT_START, network.first + DEFAULT_END];
  } else {
    [start, end] = [network.first + (size * DEFAULT_START) / 256n, network.first + (size * DEFAULT_END) / 256n];
  }
  if (start < hosts.first) start = hosts.first;
  if (end > hosts.last) end = hosts.last;
  if (taken >= start && taken <= end) {
    if (end - taken >= taken - start) start = taken + 1n;
    else end = taken - 1n;
  }
  if (start > end || wide < 2) return null;
  const { family } = network;
  return { start: renderAddress({ family, value: start }), end: renderAddress({ family, value: end }) };
}
