import type { Bridge, NodeInterface } from "@/lib/core/ports";
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
      ports: (row.bridge_ports ?? row.ovs_ports ?? "").split(/\s+/).filter((port) => port !== "" && port !== "none"),
      mtu: row.mtu ?? null,
    }))
    .sort(byName);
}

/** Every interface with its addresses, sorted by name. An applied VNet is one, of type `vnet`. */
export function toInterfaces(rows: readonly InterfaceRow[]): NodeInterface[] {
  return rows
    .map((row) => ({
      name: row.iface,
      type: row.type ?? "",
      active: row.active,
      exists: row.exists || row.active,
      addresses: addressesOf(row),
      mtu: row.mtu ?? null,
      vlan: vlanOf(row),
    }))
    .sort(byName);
}

/** `vmbr0.10` and `eno1.10` say it in their names; `vlan10` needs its raw device (ifupdown2, interfaces(5)). */
function vlanOf(row: InterfaceRow): NodeInterface["vlan"] {
  const dotted = /^(.+)\.(\d+)$/.exec(row.iface);
  const tag = row["vlan-id"] ?? Number(dotted?.[2] ?? /^vlan(\d+)$/.exec(row.iface)?.[1] ?? Number.NaN);
  const device = row["vlan-raw-device"] ?? dotted?.[1];
  return device && Number.isInteger(tag) ? { tag, device } : null;
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
