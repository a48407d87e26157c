import { describe, expect, it } from "vitest";
import { EVPN, FACTS, face, layoutOf, node, QINQ, SIMPLE, VXLAN } from "../../validate/sample-layouts";
import { checkOf, statusOf } from "../sample-plans";

describe("A23 tunnels between the nodes", () => {
  const tunnels = (zone: typeof VXLAN) => checkOf("tunnels", { layout: layoutOf({ zones: [zone] }) });

  it.each([
    [undefined, 1472, 1422],
    [1410, 1432, 1382],
  ])("with an MTU of %s are proven by packets that may not be broken up", (mtu, between, inside) => {
    const check = tunnels({ ...VXLAN, ...(mtu ? { mtu } : {}) });
    expect(check?.status).toBe("unknown");
    expect(check?.detail).toContain("UDP 4789");
    expect(check?.next).toEqual([`ping -M do -s ${between} 192.168.1.13`, `ping -M do -s ${inside} <the other guest>`]);
  });

  it("have 70 bytes around each packet between IPv6 addresses, and longer headers in the ping", () => {
    const nodes = FACTS.nodes.map((one) => ({ ...one, bridges: null }));
    const layout = layoutOf({ zones: [{ ...VXLAN, peers: ["fd00::11", "fd00::12"], mtu: 1400 }] });
    expect(checkOf("tunnels", { layout, facts: { nodes } })?.next?.[0]).toBe("ping -6 -M do -s 1422 fd00::12");
  });

  it("of EVPN need BGP too, and use the peers of the controller; a port of its own is named", () => {
    const check = tunnels({ ...EVPN, "vxlan-port": 8472 });
    expect(check?.detail).toContain("UDP 8472 and TCP 179 (BGP)");
    expect(check?.next?.[0]).toContain("192.168.1.13");
  });

  it("over a fabric have no peers to name; other zones have no tunnels", () => {
    expect(tunnels({ id: "vx", type: "vxlan", fabric: "fab1" })?.next).toHaveLength(1);
    expect(tunnels(SIMPLE)).toBeUndefined();
  });
});

describe("room for the second tag of QinQ", () => {
  const bridged = (mtu: number | null, more = {}) => ({
    nodes: [11, 12, 13].map((last) =>
      node(`pve${last - 10}`, last, { interfaces: [face("vmbr0", [], { type: "bridge", mtu })], ...more }),
    ),
  });

  it.each([
    ["the usual bridge", QINQ, bridged(null), "warn"],
    ["a bridge with 4 bytes more", QINQ, bridged(1504), "pass"],
    ["a zone with an MTU of its own, which the layout is judged by", { ...QINQ, mtu: 1496 }, bridged(null), undefined],
    ["bridges that cannot be read", QINQ, bridged(null, { bridges: null }), "unknown"],
    ["another type of zone", SIMPLE, bridged(null), undefined],
  ] as const)("%s: %s", (_, zone, facts, status) =>
    expect(statusOf("second-tag", { layout: layoutOf({ zones: [zone] }), facts })).toBe(status),
  );

  it("is told with the numbers and a way to prove it", () => {
    const check = checkOf("second-tag", { layout: layoutOf({ zones: [QINQ] }), facts: bridged(null) });
    for (const text of ["vmbr0 of pve1: 1500", "to 1496", "to 1504"]) expect(check?.detail).toContain(text);
    expect(check?.next).toEqual(["ping -M do -s 1472 <the other guest>"]);
  });
});
