import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Address, addressBits, type Family, parseAddress, renderAddress } from "./address";
import {
  addressCount,
  contains,
  firstHost,
  networkAround,
  networkOf,
  networksOverlap,
  nextNetwork,
  nthAddress,
  overlaps,
  parseCidr,
  renderCidr,
} from "./cidr";
import { findOverlaps } from "./overlap";

const addressArbitrary = fc
  .constantFrom<Family>(4, 6)
  .chain((family) =>
    fc.bigInt({ min: 0n, max: (1n << BigInt(addressBits(family))) - 1n }).map((value) => ({ family, value })),
  );
const cidrArbitrary = addressArbitrary.chain(({ family, value }) =>
  fc.integer({ min: 0, max: addressBits(family) }).map((prefix) => renderCidr(networkAround(family, value, prefix))),
);
/** Networks close enough to meet each other now and then. */
const nearbyCidr = fc
  .tuple(fc.integer({ min: 0, max: 1023 }), fc.integer({ min: 20, max: 32 }))
  .map(([host, prefix]) => renderCidr(networkAround(4, (10n << 24n) + BigInt(host), prefix)));

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(String(result.error));
  return result.value;
};

describe("addresses", () => {
  it("come back from their text unchanged", () =>
    fc.assert(
      fc.property(addressArbitrary, (address) => {
        const text = renderAddress(address);
        expect(parseAddress(text)).toEqual({ ok: true, value: text });
      }),
    ));

  it.each([
    ["2001:DB8:0:0::1", "2001:db8::1"],
    ["::ffff:192.0.2.1", "::ffff:c000:201"],
    [" 10.0.0.1 ", "10.0.0.1"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
  ])("write %s as %s", (text, canonical) => {
    expect(parseAddress(text)).toEqual({ ok: true, value: canonical });
  });

  it.each(["", "10.1", "010.0.0.1", "0x0a.0.0.1", "10.0.0.256", "10.0.0.1.2", "fe80::1%eth0", "1::2::3", ":", "a"])(
    "refuse %j",
    (text) => {
      expect(parseAddress(text).ok).toBe(false);
    },
  );
});

describe("networks", () => {
  it("come back from their text unchanged, through JSON too", () =>
    fc.assert(
      fc.property(cidrArbitrary, (cidr) => {
        expect(parseCidr(JSON.parse(JSON.stringify(cidr)))).toEqual({ ok: true, value: cidr });
      }),
    ));

  it.each([
    ["10.10.0.5/24", "10.10.0.5/24 has host bits set; did you mean 10.10.0.0/24?"],
    ["2001:db8::1/64", "2001:db8::1/64 has host bits set; did you mean 2001:db8::/64?"],
    ["10.0.0.0/33", "10.0.0.0/33 is not a network: an IPv4 prefix length is a number from 0 to 32."],
    ["fe80::/130", "fe80::/130 is not a network: an IPv6 prefix length is a number from 0 to 128."],
    ["300.1.1.0/24", "300.1.1.0/24 is not a network; write it like 10.10.0.0/24 or 2001:db8::/64."],
    ["10.0.0.0", "10.0.0.0 has no prefix length; write it like 10.0.0.0/24."],
    ["10.0.0.0/", "10.0.0.0/ is not a network: an IPv4 prefix length is a number from 0 to 32."],
    ["", "A network is missing; write it like 10.10.0.0/24."],
  ])("say why %j is none", (text, reason) => {
    expect(parseCidr(text)).toEqual({ ok: false, error: reason });
  });

  it("overlap in both directions or in none, exactly when one holds the other's first address", () =>
    fc.assert(
      fc.property(nearbyCidr, nearbyCidr, (a, b) => {
        const first = (cidr: typeof a) => cidr.split("/")[0] as Address;
        expect(overlaps(a, b)).toBe(overlaps(b, a));
        expect(overlaps(a, b)).toBe(contains(a, first(b)) || contains(b, first(a)));
      }),
    ));

  it("never overlap across families", () => {
    expect(overlaps(value(parseCidr("0.0.0.0/0")), value(parseCidr("::/0")))).toBe(false);
  });

  it("hold their nth address, and have none past their end", () =>
    fc.assert(
      fc.property(cidrArbitrary, fc.bigInt({ min: 0n, max: 1n << 130n }), (cidr, n) => {
        const count = addressCount(networkOf(cidr));
        const address = nthAddress(cidr, n);
        expect(address !== null).toBe(n < count);
        if (address !== null) expect(contains(cidr, address)).toBe(true);
        expect(nthAddress(cidr, -count)).toBe(nthAddress(cidr, 0));
      }),
    ));

  it.each([
    ["10.0.0.0/24", "10.0.0.1"],
    ["10.0.0.0/30", "10.0.0.1"],
    ["10.0.0.0/31", "10.0.0.0"],
    ["10.0.0.7/32", "10.0.0.7"],
    ["2001:db8::/64", "2001:db8::1"],
    ["2001:db8::/127", "2001:db8::"],
  ])("%s begins its hosts with %s", (cidr, host) => {
    expect(firstHost(value(parseCidr(cidr)))).toBe(host);
  });

  it("are followed by a network that touches and does not overlap", () =>
    fc.assert(
      fc.property(cidrArbitrary, (cidr) => {
        const network = networkOf(cidr);
        const next = nextNetwork(network);
        if (!next) {
          expect(network.last).toBe((1n << BigInt(addressBits(network.family))) - 1n);
          return;
        }
        expect(next.first).toBe(network.last + 1n);
        expect(networksOverlap(network, next)).toBe(false);
      }),
    ));
});

describe("findOverlaps", () => {
  it("finds every network that lies in another, as comparing all pairs does", () =>
    fc.assert(
      fc.property(fc.uniqueArray(nearbyCidr, { maxLength: 12 }), (cidrs) => {
        const found = findOverlaps(cidrs.map((item) => ({ item, network: networkOf(item) })));
        const pairs = found.flatMap(({ item, inside }) => inside.map((outer) => [item, outer].sort().join(" ")));
        const expected = cidrs.flatMap((a, i) =>
          cidrs.slice(i + 1).flatMap((b) => (overlaps(a, b) ? [[a, b].sort().join(" ")] : [])),
        );
        // Deeper nesting than eight is cut short on purpose; twelve networks of 13 sizes may reach it.
        const deep = found.some(({ inside }) => inside.length === 8);
        if (!deep) expect(pairs.sort()).toEqual(expected.sort());
      }),
    ));

  it("names the closest network first", () => {
    const cidrs = ["10.0.0.0/8", "10.1.2.0/24", "10.1.0.0/16"].map((text) => value(parseCidr(text)));
    const found = findOverlaps(cidrs.map((item) => ({ item, network: networkOf(item) })));
    expect(found.at(-1)).toEqual({ item: "10.1.2.0/24", inside: ["10.1.0.0/16", "10.0.0.0/8"] });
  });
});
