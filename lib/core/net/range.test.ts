import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Address, addressBits, type Family, numericAddress } from "./address";
import { broadcastOf, type Cidr, contains, networkAround, networkOf, nthAddress, renderCidr } from "./cidr";
import { defaultRange, readRange } from "./range";

const cidr = (text: string) => text as Cidr;

const anyCidr = fc
  .constantFrom<Family>(4, 6)
  .chain((family) =>
    fc
      .tuple(
        fc.bigInt({ min: 0n, max: (1n << BigInt(addressBits(family))) - 1n }),
        fc.nat({ max: addressBits(family) }),
      )
      .map(([address, prefix]) => renderCidr(networkAround(family, address, prefix))),
  );

describe("defaultRange", () => {
  it.each([
    ["10.10.0.0/24", "10.10.0.120", "10.10.0.220"],
    ["10.140.0.0/23", "10.140.0.120", "10.140.0.220"],
    ["10.0.0.0/16", "10.0.0.120", "10.0.0.220"],
    ["10.0.0.128/25", "10.0.0.188", "10.0.0.238"],
    ["10.0.0.0/26", "10.0.0.30", "10.0.0.55"],
    ["10.0.0.0/30", "10.0.0.2", "10.0.0.2"],
    ["2001:db8::/64", "2001:db8::1000", "2001:db8::1fff"],
  ])("of %s is %s to %s", (network, start, end) => {
    expect(defaultRange(cidr(network))).toEqual({ start, end });
  });

  it.each(["10.0.0.0/31", "10.0.0.0/32", "2001:db8::/127", "2001:db8::1/128"])("of %s is none", (network) => {
    expect(defaultRange(cidr(network))).toBeNull();
  });

  it("stays among the hosts and leaves the gateway out, whatever the network and the gateway", () =>
    fc.assert(
      fc.property(anyCidr, fc.nat({ max: 300 }), (network, n) => {
        const gateway = nthAddress(network, n) ?? undefined;
        const range = defaultRange(network, gateway);
        if (range === null) return;
        const { start, end } = range;
        expect(contains(network, start) && contains(network, end)).toBe(true);
        const read = readRange(start, end);
        const { first } = networkOf(network);
        const number = (address: Address) => numericAddress(address).value;
        const holds = (address: bigint | null) =>
          address !== null && number(start) <= address && address <= number(end);
        expect(read.ok).toBe(true);
        expect(holds(first)).toBe(false);
        expect(holds(broadcastOf(networkOf(network)))).toBe(false);
        expect(holds(gateway === undefined ? null : number(gateway))).toBe(false);
      }),
    ));
});

describe("readRange", () => {
  it.each([
    ["10.0.0.9", "10.0.0.1", "reversed"],
    ["10.0.0.300", "10.0.0.1", "invalid"],
    ["10.0.0.1", "2001:db8::1", "mixed"],
  ])("calls %s to %s %s", (start, end, fault) => {
    expect(readRange(start, end)).toEqual({ ok: false, error: fault });
  });
});
