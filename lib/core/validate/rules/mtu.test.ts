import { describe, expect, it } from "vitest";
import type { Zone } from "@/lib/core/layout/model";
import type { ClusterFacts } from "@/lib/core/ports";
import { EVPN, EVPN_CONTROLLER, FACTS, face, layoutOf, node, QINQ, VLAN, VXLAN } from "../sample-layouts";
import { validateLayout } from "../validate";

const found = (zone: Zone, facts?: ClusterFacts) =>
  validateLayout(layoutOf({ zones: [zone] }), facts ? { facts } : {}).filter(({ field }) => field === "mtu");

/** The nodes reach each other over an interface of this MTU. */
const over = (mtu: number | null, name = "vmbr0"): ClusterFacts => ({
  ...FACTS,
  nodes: [11, 12, 13].map((last) => {
    const own = `192.168.1.${last}/24`;
    return node(`pve${last - 10}`, last, { interfaces: [face(name, [own], { type: "bridge", mtu })] });
  }),
});

describe("A23 VXLAN MTU", () => {
  it.each([
    ["1450 on 1500", { ...VXLAN, mtu: 1450 }, over(null), []],
    ["the default on 1500", VXLAN, over(1500), []],
    ["1500 on 1500", { ...VXLAN, mtu: 1500 }, over(1500), ["error", "1500 + 50 = 1550", "Use 1450"]],
    ["the default on 1460", VXLAN, over(1460), ["error", "1450 + 50 = 1500", "Use 1410"]],
    ["1410 on 1460", { ...VXLAN, mtu: 1410 }, over(1460), []],
    ["1400 over WireGuard with 1420", { ...VXLAN, mtu: 1400 }, over(1420, "wg0"), ["error", "wg0", "Use 1370"]],
    ["8950 on 9000", { ...VXLAN, mtu: 8950 }, over(9000), []],
    ["1500 without a cluster", { ...VXLAN, mtu: 1500 }, undefined, ["warning", "1550", "Use 1450"]],
    ["EVPN 1500 on 1500", { ...EVPN, mtu: 1500 }, over(1500), ["error", "1550", "Use 1450"]],
  ] as const)("%s", (_, zone, facts, parts) => {
    const [problem, ...more] = found(zone, facts);
    expect(more).toEqual([]);
    expect(problem?.severity).toBe(parts[0]);
    for (const part of parts.slice(1)) expect(problem?.message).toContain(part);
    if (!problem) return;
    const fixed = { ...zone, mtu: problem.fix?.kind === "set" ? (problem.fix.value as number) : 0 };
    expect(found(fixed, facts)).toEqual([]);
  });

  it("takes 70 bytes when the nodes reach each other over IPv6", () => {
    const [problem] = found({ ...VXLAN, peers: ["fd00::11", "fd00::12", "fd00::13"], mtu: 1450 }, over(1500));
    expect(problem?.message).toContain("1450 + 70 = 1520");
  });

  it.each([
    ["a bridge takes what its port has", null, 9000, []],
    ["a bridge with more than its port is as narrow as that", 9000, null, ["error", "eno1 of pve1 has 1500"]],
    ["a bridge with less than its port is the narrow place", 1500, 9000, ["error", "vmbr0 of pve1 has 1500"]],
  ] as const)("%s", (_, bridge, port, parts) => {
    const nodes = [11, 12, 13].map((last) =>
      node(`pve${last - 10}`, last, {
        interfaces: [
          face("eno1", [], { mtu: port }),
          face("vmbr0", [`192.168.1.${last}/24`], { type: "bridge", mtu: bridge }),
        ],
      }),
    );
    const [problem] = found({ ...VXLAN, mtu: 8950 }, { ...FACTS, nodes });
    expect(problem?.severity).toBe(parts[0]);
    for (const part of parts.slice(1)) expect(problem?.message).toContain(part);
  });

  it("a VLAN interface is as wide as its device", () => {
    const nodes = [11, 12, 13].map((last) => {
      const vlan = { tag: 40, device: "eno1" };
      const own = face("eno1.40", [`192.168.1.${last}/24`], { type: "vlan", vlan });
      return node(`pve${last - 10}`, last, { interfaces: [face("eno1", [], { mtu: 9000 }), own] });
    });
    expect(found({ ...VXLAN, mtu: 8950 }, { ...FACTS, nodes })).toEqual([]);
  });

  it.each([
    ["VXLAN over a fabric", { id: "vx", type: "vxlan", fabric: "fab1", mtu: 1600 } as const, {}],
    [
      "EVPN over a fabric",
      { ...EVPN, mtu: 1600 },
      { controllers: [{ ...EVPN_CONTROLLER, peers: [], fabric: "fab1" }] },
    ],
    ["EVPN whose controller cannot be read", { ...EVPN, mtu: 1600 }, { controllers: null }],
  ])("%s runs on links that are not known, so more than usual is only a warning", (_, zone, more) =>
    expect(found(zone, { ...over(1500), ...more })).toMatchObject([{ severity: "warning" }]),
  );

  it("says that a node of the zone is missing from the peers", () => {
    const zone = { ...VXLAN, peers: ["192.168.1.11", "192.168.1.13"] };
    const problems = validateLayout(layoutOf({ zones: [zone] }), { facts: FACTS });
    expect(problems).toMatchObject([
      { code: "peer-missing", severity: "error", message: expect.stringContaining("pve2") },
    ]);
  });
});

describe("the MTU of a bridge", () => {
  it.each([
    ["vlan as large as the bridge", { ...VLAN, mtu: 1500 }, []],
    ["vlan larger than the bridge", { ...VLAN, mtu: 9000 }, ["warning", "Use 1500"]],
    ["qinq as large as the bridge", { ...QINQ, mtu: 1500 }, ["warning", "1500 + 4", "Use 1496"]],
    ["qinq four bytes smaller", { ...QINQ, mtu: 1496 }, []],
  ] as const)("%s", (_, zone, parts) => {
    const [problem] = found(zone, over(1500));
    expect(problem?.severity).toBe(parts[0]);
    for (const part of parts.slice(1)) expect(problem?.message).toContain(part);
  });
});
