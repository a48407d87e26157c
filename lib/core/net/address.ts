import ipaddr from "ipaddr.js";
import { err, ok, type Result } from "@/lib/core/result";

declare const addressBrand: unique symbol;

/** An IPv4 or IPv6 address in its one canonical spelling (RFC 5952 for IPv6). A plain string, so it survives JSON. */
export type Address = string & { readonly [addressBrand]: true };

export type Family = 4 | 6;

/** Bits of an address of this family. */
export const addressBits = (family: Family): number => (family === 4 ? 32 : 128);

/** An address as a number, with its family, because 0 means something else in each. */
export interface NumericAddress {
  readonly family: Family;
  readonly value: bigint;
}

/**
 * Reads an address without judging its spelling. Leading zeros are refused as Proxmox does (is 010 eight or ten?), and so
 * are IPv6 zone indexes, which only mean something on one host. Gives null when it is no address.
 */
export function readAddress(text: string): NumericAddress | null {
  if (text.includes(":")) return readIpv6(text);
  const value = readIpv4(text);
  return value === null ? null : { family: 4, value: BigInt(value) };
}

/** Parses an address into its canonical spelling. The error is a sentence with the reason. */
export function parseAddress(text: string): Result<Address, string> {
  const trimmed = text.trim();
  const read = readAddress(trimmed);
  if (read) return ok(renderAddress(read));
  if (trimmed === "") return err("An address is missing.");
  return err(`${trimmed} is not an IP address; write it like 10.10.0.1 or 2001:db8::1.`);
}

/** Writes an address in its canonical spelling. */
export function renderAddress({ family, value }: NumericAddress): Address {
  if (family === 4) {
    const number = Number(value);
    return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}` as Address;
  }
  const parts: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) parts.push(Number((value >> shift) & 0xffffn));
  return new ipaddr.IPv6(parts).toRFC5952String() as Address;
}

/** The address as a number. Only for what `parseAddress` gave. */
export function numericAddress(address: Address): NumericAddress {
  const read = readAddress(address);
  if (!read) throw new Error(`Broken invariant: ${address} is not an address`);
  return read;
}

/** Digit by digit: thousands of addresses are read on each keystroke in the designer. */
function readIpv4(text: string): number | null {
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46 && digits > 0 && dots < 3) {
      value = value * 256 + octet;
      octet = 0;
      digits = 0;
      dots++;
      continue;
    }
    // A second digit after a zero would be a leading zero.
    if (code < 48 || code > 57 || (digits > 0 && octet === 0)) return null;
    octet = octet * 10 + code - 48;
    digits++;
    if (octet > 255) return null;
  }
  return dots === 3 && digits > 0 ? value * 256 + octet : null;
}

function readIpv6(text: string): NumericAddress | null {
  if (text.includes("%") || !ipaddr.IPv6.isValid(text)) return null;
  let value = 0n;
  for (const part of ipaddr.IPv6.parse(text).parts) value = (value << 16n) | BigInt(part);
  return { family: 6, value };
}
