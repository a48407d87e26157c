import { expect, test } from "vitest";
import { toBridges, toInterfaces } from "./node-interfaces";
import { interfacesSchema } from "./wire";

const rows = interfacesSchema.parse([
  { iface: "vmbr1", type: "bridge", bridge_ports: "eno2", autostart: 1 },
  {
    iface: "vmbr0",
    type: "bridge",
    active: 1,
    bridge_vlan_aware: 1,
    mtu: "9000",
    cidr: "192.0.2.11/24",
    cidr6: "2001:db8::11/64",
  },
  { iface: "ovs0", type: "OVSBridge", active: "1" },
  { iface: "vmbr0.40", type: "vlan", address: "10.40.0.2", netmask: "24" },
  { iface: "vlan50", type: "vlan", "vlan-raw-device": "bond0" },
  { iface: "eno1", type: "eth", exists: 1, novel: { any: "thing" } },
]);

test("bridges with what a VLAN zone needs to know", () => {
  expect(toBridges(rows)).toEqual([
    { name: "ovs0", vlanAware: true, active: true, addresses: [], ports: [], mtu: null },
    {
      name: "vmbr0",
      vlanAware: true,
      active: true,
      addresses: ["192.0.2.11/24", "2001:db8::11/64"],
      ports: [],
      mtu: 9000,
    },
    { name: "vmbr1", vlanAware: false, active: false, addresses: [], ports: ["eno2"], mtu: null },
  ]);
});

test("every interface with its addresses, and whether it exists", () => {
  expect(toInterfaces(rows).map(({ name, exists, addresses }) => ({ name, exists, addresses }))).toEqual([
    { name: "eno1", exists: true, addresses: [] },
    { name: "ovs0", exists: true, addresses: [] },
    { name: "vlan50", exists: false, addresses: [] },
    { name: "vmbr0", exists: true, addresses: ["192.0.2.11/24", "2001:db8::11/64"] },
    { name: "vmbr0.40", exists: false, addresses: ["10.40.0.2/24"] },
    { name: "vmbr1", exists: false, addresses: [] },
  ]);
});

test("VLAN interfaces by their name, or by their raw device", () => {
  const vlans = toInterfaces(rows).flatMap(({ name, vlan }) => (vlan ? [[name, vlan.tag, vlan.device]] : []));
  expect(vlans).toEqual([
    ["vlan50", 50, "bond0"],
    ["vmbr0.40", 40, "vmbr0"],
  ]);
});
