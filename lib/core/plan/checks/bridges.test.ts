import { describe, expect, it } from "vitest";
import type { NodeInterface } from "../../ports";
import { face, layoutOf, node, QINQ, VLAN, VXLAN, vnet } from "../../validate/sample-layouts";
import { checkOf, liveOf, statusOf } from "../sample-plans";

const ADDRESS = ["10.99.0.2/24"];
const own = (name: string, tag: number, device: string, addresses: readonly string[] = ADDRESS) =>
  face(name, addresses, { type: "vlan", vlan: { tag, device } });

/** Three nodes, of which pve2 has this interface besides. */
const withFace = (more: NodeInterface) => {
  const plain = node("pve2", 12);
  return { nodes: [node("pve1", 11), { ...plain, interfaces: [...plain.interfaces, more] }, node("pve3", 13)] };
};
const tagged = (tag: number, nodes?: string[]) =>
  layoutOf({ zones: [nodes ? { ...VLAN, nodes } : VLAN], vnets: [vnet({ tag })] });

describe("a VLAN in which a node has an address of its own", () => {
  it.each([
    ["on the bridge", tagged(50), own("vmbr0.50", 50, "vmbr0"), "block"],
    ["on the port of the bridge", tagged(50), own("eno1.50", 50, "eno1"), "block"],
    ["on an interface with a name of its own", tagged(50), own("storage", 50, "vmbr0"), "block"],
    ["with another tag", tagged(51), own("vmbr0.50", 50, "vmbr0"), "pass"],
    ["on another device", tagged(50), own("eno9.50", 50, "eno9"), "pass"],
    ["without an address", tagged(50), own("vmbr0.50", 50, "vmbr0", []), "pass"],
    ["on a node that the zone is not on", tagged(50, ["pve1"]), own("vmbr0.50", 50, "vmbr0"), "pass"],
    ["as a service tag", layoutOf({ zones: [{ ...QINQ, tag: 50 }] }), own("vmbr0.50", 50, "vmbr0"), "block"],
    ["where there are no VLANs", layoutOf({ zones: [VXLAN] }), own("vmbr0.50", 50, "vmbr0"), undefined],
  ] as const)("%s: %s", (_, layout, one, status) =>
    expect(statusOf("host-vlans", { layout, facts: withFace(one) })).toBe(status),
  );

  const facts = withFace(own("vmbr0.50", 50, "vmbr0"));

  it("is named with the interface, the node and the address", () =>
    expect(checkOf("host-vlans", { layout: tagged(50), facts })?.detail).toContain(
      "vmbr0.50 on pve2 holds 10.99.0.2/24 (VNet vnetmgmt)",
    ));

  it("blocks when a zone comes to that node, and is only told when it was there before", () => {
    const layout = tagged(50, ["pve1", "pve2"]);
    expect(statusOf("host-vlans", { layout, facts, config: liveOf(tagged(50, ["pve1"])) })).toBe("block");
    const changed = { ...layout, zones: [{ ...VLAN, mtu: 1400 }] };
    expect(checkOf("host-vlans", { layout: changed, facts, config: liveOf(layout) })).toMatchObject({
      status: "warn",
      detail: expect.stringContaining("already so in the cluster"),
    });
  });

  it("is not checked on nodes of the zone that cannot be read", () => {
    const nodes = [node("pve1", 11), node("pve2", 12), node("pve3", 13, { bridges: null, interfaces: [] })];
    expect(statusOf("host-vlans", { layout: tagged(50, ["pve3"]), facts: { nodes } })).toBe("unknown");
    expect(statusOf("host-vlans", { layout: tagged(50, ["pve1"]), facts: { nodes } })).toBe("pass");
  });
});

describe("a bridge that a node of the zone lacks", () => {
  const nodes = [node("pve1", 11), node("pve2", 12, { bridges: [] })];
  const on = (names: string[], more = {}) => layoutOf({ zones: [{ ...VLAN, nodes: names, ...more }], vnets: [vnet()] });

  it.each([
    ["a zone that comes", on(["pve2"]), undefined, "block"],
    ["a zone that comes to the node", on(["pve1", "pve2"]), on(["pve1"]), "block"],
    ["a zone that changes its bridge", on(["pve1", "pve2"]), on(["pve1", "pve2"], { bridge: "vmbr1" }), "block"],
    ["a zone that lacks it already", on(["pve1", "pve2"], { mtu: 1400 }), on(["pve1", "pve2"]), "warn"],
    ["a zone that leaves the node", on(["pve1"]), on(["pve1", "pve2"]), "pass"],
  ] as const)("%s: %s", (_, layout, before, status) =>
    expect(
      statusOf("bridges", { layout, facts: { nodes, guests: [] }, ...(before ? { config: liveOf(before) } : {}) }),
    ).toBe(status),
  );
});

describe("names and networks of nodes", () => {
  const plain = layoutOf({ zones: [VXLAN], vnets: [{ id: "play", zone: "vx", tag: 100 }] });
  const blind = { nodes: [node("pve1", 11), node("pve2", 12), node("pve3", 13, { bridges: null, interfaces: [] })] };

  it.each([
    ["of nodes that are read", { layout: plain }, "pass"],
    ["of a node that cannot be read", { layout: plain, facts: blind }, "unknown"],
    ["that a problem tells of already", { layout: layoutOf({ vnets: [vnet({ id: "eno1" })] }) }, undefined],
    ["when nothing comes", { layout: layoutOf({ zones: [] }), config: liveOf(plain), facts: blind }, undefined],
  ] as const)("%s: %s", (_, given, status) => expect(statusOf("interface-names", given)).toBe(status));

  it("are named with the node that was not checked", () =>
    expect(checkOf("interface-names", { layout: plain, facts: blind })?.detail).toMatch(/^Not checked on pve3: /));
});
