import { err, ok, type Result } from "@/lib/core/result";
import { type Address, addressBits, type Family, numericAddress, readAddress, renderAddress } from "./address";

declare const cidrBrand: unique symbol;

/** A network without host bits in canonical spelling, like 10.10.0.0/24. A plain string, so it survives JSON. */
export type Cidr = string & { readonly [cidrBrand]: true };

/** A network in numbers, for arithmetic. `first` and `last` are its lowest and highest address. */
export interface Network {
  readonly family: Family;
  readonly prefix: number;
  readonly first: bigint;
  readonly last: bigint;
}

/** An address together with the network it is in, as on an interface: 10.10.0.5/24. */
export interface AddressInNetwork {
  readonly address: bigint;
  readonly network: Network;
}

/** Reads address and prefix, host bits allowed. Null when it is no network at all. */
export function readCidr(text: string): AddressInNetwork | null {
  const slash = text.indexOf("/");
  if (slash < 1) return null;
  const address = readAddress(text.slice(0, slash));
  const prefixText = text.slice(slash + 1);
  const prefix = Number(prefixText);
  if (!address || String(prefix) !== prefixText || !Number.isInteger(prefix) || prefix < 0) return null;
  if (prefix > addressBits(address.family)) return null;
  return { address: address.value, network: networkAround(address.family, address.value, prefix) };
}

/** The network of the given prefix length that holds an address. */
export function networkAround(family: Family, address: bigint, prefix: number): Network {
  if (family === 4) {
    // The same without big numbers, which are several times slower.
    const size = 2 ** (32 - prefix);
    const first = Math.floor(Number(address) / size) * size;
    return { family, prefix, first: BigInt(first), last: BigInt(first + size - 1) };
  }
  const hostBits = BigInt(addressBits(family) - prefix);
  const first = (address >> hostBits) << hostBits;
  return { family, prefix, first, last: first + (1n << hostBits) - 1n };
}

/** Parses a network into canonical form. The error is a sentence with the reason and, where there is one, the cure. */
export function parseCidr(text: string): Result<Cidr, string> {
  const trimmed = text.trim();
  const read = readCidr(trimmed);
  if (read) {
    const cidr = renderCidr(read.network);
    if (read.address === read.network.first) return ok(cidr);
    return err(`${trimmed} has host bits set; did you mean ${cidr}?`);
  }
  if (trimmed === "") return err("A network is missing; write it like 10.10.0.0/24.");
  const [address = "", prefix] = trimmed.split("/");
  const known = readAddress(address);
  if (known && prefix === undefined) return err(`${trimmed} has no prefix length; write it like ${address}/24.`);
  if (known) {
    const most = addressBits(known.family);
    return err(`${trimmed} is not a network: an IPv${known.family} prefix length is a number from 0 to ${most}.`);
  }
  return err(`${trimmed} is not a network; write it like 10.10.0.0/24 or 2001:db8::/64.`);
}

export function renderCidr(network: Network): Cidr {
  return `${renderAddress({ family: network.family, value: network.first })}/${network.prefix}` as Cidr;
}

/** The numbers of a network. Only for what `parseCidr` gave. */
export function networkOf(cidr: Cidr): Network {
  const read = readCidr(cidr);
  if (!read) throw new Error(`Broken invariant: ${cidr} is not a network`);
  return read.network;
}

/** How many addresses the network has, network and broadcast address included. */
export const addressCount = (network: Network): bigint => network.last - network.first + 1n;

/**
 * The IPv4 broadcast address, or null where there is none: IPv6, and IPv4 /31 and /32 (RFC 3021), whose addresses are all
 * usable.
 */
export function broadcastOf(network: Network): bigint | null {
  return network.family === 4 && network.prefix <= 30 ? network.last : null;
}

/** The lowest and highest address an interface may have. The IPv6 subnet-router address is left to routers. */
export function hostsOf(network: Network): { readonly first: bigint; readonly last: bigint } {
  const whole = addressBits(network.family) - network.prefix <= 1;
  return {
    first: whole ? network.first : network.first + 1n,
    last: broadcastOf(network) === null ? network.last : network.last - 1n,
  };
}

/** The address `n` places after the network address (counted from its end when negative), or null when outside. */
export function nthAddress(cidr: Cidr, n: number | bigint): Address | null {
  const network = networkOf(cidr);
  const value = (n < 0 ? network.last + 1n : network.first) + BigInt(n);
  return value < network.first || value > network.last ? null : renderAddress({ family: network.family, value });
}

/** The first address a host may have; what a gateway gets when nobody says otherwise. */
export const firstHost = (cidr: Cidr): Address => {
  const network = networkOf(cidr);
  return renderAddress({ family: network.family, value: hostsOf(network).first });
};

export function contains(cidr: Cidr, address: Address): boolean {
  const network = networkOf(cidr);
  const { family, value } = numericAddress(address);
  return family === network.family && value >= network.first && value <= network.last;
}

/** Whether two networks share an address. For networks this means that one holds the other. */
export function networksOverlap(a: Network, b: Network): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

export const overlaps = (a: Cidr, b: Cidr): boolean => networksOverlap(networkOf(a), networkOf(b));

/** The network of the same size right after this one, or null at the end of the address space. */
export function nextNetwork(network: Network): Network | null {
  const first = network.last + 1n;
  if (first >> BigInt(addressBits(network.family)) > 0n) return null;
  return networkAround(network.family, first, network.prefix);
}
