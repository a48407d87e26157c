import { expect, test } from "vitest";
import { toBridges, toInterfaces } from "./node-interfaces";
import { interfacesSchema } from "./wire";

const rows = interfacesSchema.parse([
  { iface: "vmbr1", type: "bridge", bridge_ports: "eno2", autostart: 1 },
  { iface: "vmbr0", type: "bridge", active: 1, bridge_vlan_aware: 1, cidr: "192.0.2.11/24", cidr6: "2001:db8::11/64" },
  { iface: "ovs0", type: "OVSBridge", active: "1" },
  { iface: "vmbr0.40", type: "vlan", address: "10.40.0.2", netmask: "24" },
  { iface: "eno1", type: "eth", exists: 1, novel: { any: "thing" } },
]);

test("bridges with what a VLAN zone needs to know", () => {
  expect(toBridges(rows)).toEqual([
    { name: "ovs0", vlanAware: true, active: true, addresses: [] },
    { name: "vmbr0", vlanAware: true, active: true, addresses: ["192.0.2.11/24", "2001:db8::11/64"] },
    { name: "vmbr1", vlanAware: false, active: false, addresses: [] },
  ]);
});

test("every interface with its addresses", () => {
  expect(toInterfaces(rows)).toEqual([
    { name: "eno1", addresses: [] },
    { name: "ovs0", addresses: [] },
    { name: "vmbr0", addresses: ["192.0.2.11/24", "2001:db8::11/64"] },
    { name: "vmbr0.40", addresses: ["10.40.0.2/24"] },
    { name: "vmbr1", addresses: [] },
  ]);
});
