import type { Bridge, NodeFacts } from "@/lib/core/ports";
import type { InterfaceRow } from "./wire";

/** CIDR texts on an interface. Proxmox gives `cidr`, or for hand-written files address and netmask apart. */
function addressesOf(row: InterfaceRow): string[] {
  const four = row.cidr ?? joined(row.address, row.netmask);
  const six = row.cidr6 ?? joined(row.address6, row.netmask6);
  return [four, six].filter((cidr) => cidr !== null);
}

const joined = (address: string | null | undefined, bits: string | null | undefined): string | null =>
  address && bits && /^\d+$/.test(bits) ? `${address}/${bits}` : null;

/** Bridges of a node, sorted by name. An Open vSwitch bridge always handles VLANs. */
export function toBridges(rows: readonly InterfaceRow[]): Bridge[] {
  return rows
    .filter((row) => row.type === "bridge" || row.type === "OVSBridge")
    .map((row) => ({
      name: row.iface,
      vlanAware: row.bridge_vlan_aware || row.type === "OVSBridge",
      active: row.active,
      addresses: addressesOf(row),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Every interface name with its addresses, sorted by name. */
export function toInterfaces(rows: readonly InterfaceRow[]): NodeFacts["interfaces"] {
  return rows
    .map((row) => ({ name: row.iface, addresses: addressesOf(row) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
