import { describe, expect, test } from "vitest";
import { toOther, toViews } from "./translate";
import { pendingRowSchema } from "./wire";

/** Rows as a Proxmox VE 9 cluster gave them for `?pending=1`. */
const parse = (row: unknown) => {
  return pendingRowSchema.parse(row);
};

describe("a row of ?pending=1", () => {
  test("new: values stand in pending alone", () => {
    const row = parse({
      pending: { bridge: "vmbr0", mtu: 1400, nodes: "pve2,pve1" },
      zone: "z1",
      digest: null,
      state: "new",
      type: "vlan",
    });
    expect(toViews("zone", row)).toEqual({
      running: null,
      edited: {
        key: "zone/z1",
        kind: "zone",
        id: "z1",
        props: { bridge: "vmbr0", mtu: 1400, nodes: ["pve1", "pve2"], type: "vlan" },
      },
      change: { kind: "zone", id: "z1", state: "new", fields: ["bridge", "mtu", "nodes"] },
    });
  });

  test("changed: the top is what runs, a removed key says deleted", () => {
    const row = parse({
      zone: "z1",
      bridge: "vmbr0",
      mtu: 1400,
      type: "vlan",
      nodes: "pve1,pve2",
      state: "changed",
      digest: null,
      pending: { mtu: "deleted", bridge: "vmbr1", nodes: "deleted" },
    });
    const { edited, running, change } = toViews("zone", row);
    expect(edited?.props).toEqual({ bridge: "vmbr1", type: "vlan" });
    expect(running?.props).toEqual({ bridge: "vmbr0", mtu: 1400, nodes: ["pve1", "pve2"], type: "vlan" });
    expect(change?.fields).toEqual(["bridge", "mtu", "nodes"]);
  });

  test("changed: the type on top is the edited one, so the running one is told beside", () => {
    const row = parse({
      mtu: 1400,
      zone: "z3",
      state: "changed",
      type: "vlan",
      pending: { mtu: "deleted", nodes: "pve1,pve2", ipam: "deleted", bridge: "vmbr0" },
      ipam: "pve",
      digest: null,
    });
    const { edited, running, change } = toViews("zone", row, { ran: { type: "simple" } });
    expect(edited?.props).toEqual({ bridge: "vmbr0", nodes: ["pve1", "pve2"], type: "vlan" });
    expect(running?.props).toEqual({ ipam: "pve", mtu: 1400, type: "simple" });
    expect(change?.fields).toEqual(["bridge", "ipam", "mtu", "nodes", "type"]);
  });

  test("deleted: it runs still", () => {
    const row = parse({
      alias: "one",
      pending: {},
      state: "deleted",
      digest: null,
      zone: "z1",
      vnet: "v1",
      tag: 10,
      type: "vnet",
    });
    const { edited, running, change } = toViews("vnet", row);
    expect(edited).toBeNull();
    expect(running).toEqual({ key: "vnet/v1", kind: "vnet", id: "v1", props: { alias: "one", tag: 10, zone: "z1" } });
    expect(change).toEqual({ kind: "vnet", id: "v1", state: "deleted", fields: [] });
  });

  test("untouched: both views are the same", () => {
    const row = parse({
      zone: "z1",
      id: "z1-10.0.0.0-24",
      "dhcp-range": [],
      type: "subnet",
      vnet: "v1",
      gateway: "10.0.0.1",
      network: "10.0.0.0",
      mask: "24",
      cidr: "10.0.0.0/24",
      subnet: "z1-10.0.0.0-24",
      digest: null,
    });
    const { edited, running, change } = toViews("subnet", row, { parent: "v1" });
    expect(edited).toEqual({
      key: "subnet/v1/10.0.0.0/24",
      kind: "subnet",
      id: "z1-10.0.0.0-24",
      props: { gateway: "10.0.0.1", vnet: "v1", zone: "z1" },
    });
    expect(running).toEqual(edited);
    expect(change).toBeNull();
  });

  test("ranges: texts inside pending, objects outside, the same in the end", () => {
    const range = { "start-address": "10.3.1.10", "end-address": "10.3.1.20" };
    const row = parse({
      subnet: "z1-10.3.1.0-24",
      cidr: "10.3.1.0/24",
      zone: "z1",
      vnet: "v1",
      "dhcp-range": [range],
      state: "changed",
      pending: { "dhcp-range": ["start-address=10.3.1.10,end-address=10.3.1.20"], snat: 1 },
    });
    const { edited, running } = toViews("subnet", row, { parent: "v1" });
    expect(edited?.props["dhcp-range"]).toEqual([range]);
    expect(running?.props["dhcp-range"]).toEqual([range]);
    expect(edited?.props["snat"]).toBe(true);
  });

  test("a subnet that was moved to another vnet is that vnet's", () => {
    const row = parse({
      subnet: "z1-10.0.0.0-24",
      cidr: "10.0.0.0/24",
      zone: "z1",
      vnet: "v1",
      state: "changed",
      pending: { vnet: "v2" },
    });
    const { edited, running } = toViews("subnet", row, { parent: "v2" });
    expect([running?.key, edited?.key]).toEqual(["subnet/v1/10.0.0.0/24", "subnet/v2/10.0.0.0/24"]);
  });

  test("a fabric names itself inside pending; a controller outside", () => {
    const fabric = parse({ pending: { id: "fab2", protocol: "ospf" }, type: "fabric", state: "new" });
    expect(toOther("fabric", ["id"], fabric)[1]).toEqual({
      kind: "fabric",
      id: "fab2",
      state: "new",
      fields: ["protocol"],
    });
    const controller = parse({ controller: "ev", asn: 65000, type: "evpn", digest: null });
    expect(toOther("controller", ["controller"], controller)[1]).toBeNull();
  });
});

test("numbers and booleans may come as texts; a false one is absent; a numeric alias is a text", () => {
  const row = parse({
    vnet: "v1",
    zone: "z1",
    tag: "10",
    vlanaware: "0",
    "isolate-ports": "1",
    alias: 10,
    type: "vnet",
  });
  expect(toViews("vnet", row).edited?.props).toEqual({ alias: "10", "isolate-ports": true, tag: 10, zone: "z1" });
});

test("what nobody here models is kept as it came", () => {
  const row = parse({
    zone: "e1",
    type: "evpn",
    controller: "ev",
    "vrf-vxlan": 10000,
    mac: "BC:24:11:98:CC:46",
    "secondary-controllers": "a,b",
    novel: 0,
  });
  expect(toViews("zone", row).edited?.props).toEqual({
    controller: "ev",
    mac: "BC:24:11:98:CC:46",
    novel: 0,
    "secondary-controllers": "a,b",
    type: "evpn",
    "vrf-vxlan": 10000,
  });
});
