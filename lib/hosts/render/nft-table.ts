import type { NodeState, SubnetState, VnetState } from "@/lib/core/hosts/node-state";
import { HEADER } from "./header";

/**
 * The table `inet trunkline`, as text for one `nft -f`: made if it is missing, deleted, made anew, in one transaction. nft
 * of Proxmox VE 8 knows no `destroy`. A rule's comment must be its last word.
 */
export function renderNftTable({ vnets }: NodeState): string {
  const chains = [
    // Guests behind a firewall bridge pass conntrack twice; without a zone of their own they get no NAT (Proxmox: CT --zone 1).
    chain("raw_zone", "prerouting", "raw", ['iifname "fwbr*" ct zone set 1']),
    chain("input", "input", "filter", vnets.flatMap(guard)),
    chain("forward", "forward", "filter", denied(vnets)),
    chain("srcnat", "postrouting", "srcnat", vnets.flatMap(masquerade), "nat"),
  ];
  return `${HEADER}table inet trunkline\ndelete table inet trunkline\ntable inet trunkline {\n${chains.join("\n")}}\n`;
}

function chain(name: string, hook: string, priority: string, rules: readonly string[], type = "filter"): string {
  const base = `type ${type} hook ${hook} priority ${priority}; policy accept;`;
  return [`\tchain ${name} {`, `\t\t${base}`, ...rules.map((rule) => `\t\t${rule}`), "\t}\n"].join("\n");
}

/** What a guest may send to the node itself: answers, DHCP, DNS, ICMP, and the exceptions. */
function guard({ vnet, guard: on, guardExceptions }: VnetState): string[] {
  if (!on) return [];
  const from = `iifname "${vnet}"`;
  return [
    `${from} ct state established,related accept`,
    `${from} meta l4proto { icmp, ipv6-icmp } accept`,
    `${from} udp dport { 53, 67, 547 } accept`,
    `${from} tcp dport 53 accept`,
    ...guardExceptions.map(({ protocol, port }) => `${from} ${protocol} dport ${port} accept`),
    `${from} drop`,
  ];
}

/** VNets whose guests reach no other VNet of this node. */
function denied(vnets: readonly VnetState[]): string[] {
  return vnets.flatMap(({ vnet, forward }) => {
    const others = vnets.filter((other) => other.vnet !== vnet).map((other) => `"${other.vnet}"`);
    if (forward === "allow" || others.length === 0) return [];
    const to = `iifname "${vnet}" oifname { ${others.join(", ")} }`;
    return [`${to} ct state established,related accept`, `${to} drop`];
  });
}

function masquerade({ vnet, subnets }: VnetState): string[] {
  return subnets.flatMap(({ cidr, snat }: SubnetState) => {
    if (!snat) return [];
    const family = cidr.includes(":") ? "ip6" : "ip";
    const except = snat.exclude.length === 0 ? "" : ` ${family} daddr != { ${snat.exclude.join(", ")} }`;
    return [`oifname "${snat.uplink}" ${family} saddr ${cidr}${except} masquerade comment "${vnet} ${cidr}"`];
  });
}
