import type { NodeState, SubnetState, VnetState } from "@/lib/core/hosts/node-state";
import { HEADER } from "./header";

/**
 * The tables `inet trunkline` and `arp trunkline`, as text for one `nft -f`: made if missing, deleted, made anew, in one
 * transaction. nft of Proxmox VE 8 knows no `destroy`. A rule's comment must be its last word.
 */
export function renderNftTable({ vnets }: NodeState): string {
  const gateways = new Set(gatewaysOf(vnets));
  const chains = [
    // Guests behind a firewall bridge pass conntrack twice; without a zone of their own they get no NAT (Proxmox: CT --zone 1).
    chain("raw_zone", "prerouting", "raw", ['iifname "fwbr*" ct zone set 1']),
    chain(
      "input",
      "input",
      "filter",
      vnets.flatMap((vnet) => guard(vnet, gateways)),
    ),
    chain("forward", "forward", "filter", denied(vnets)),
    chain("srcnat", "postrouting", "srcnat", vnets.flatMap(masquerade), "nat"),
  ];
  return `${HEADER}${table("inet", chains.join("\n"))}${table("arp", chain("input", "input", "filter", deaf(vnets)))}`;
}

const table = (family: string, body: string): string =>
  `table ${family} trunkline\ndelete table ${family} trunkline\ntable ${family} trunkline {\n${body}}\n`;

const gatewaysOf = (vnets: readonly VnetState[]): string[] =>
  vnets.flatMap(({ subnets }) => subnets.map(({ gateway }) => gateway));

/**
 * A node answers for any of its addresses on any interface, so on the firewall bridges of guests too (PVE::Network makes
 * them without arp_ignore), and the guest would take such a bridge for its gateway: past the guard, and into an interface
 * that forwards nothing.
 */
function deaf(vnets: readonly VnetState[]): string[] {
  const gateways = gatewaysOf(vnets).filter((gateway) => !gateway.includes(":"));
  return gateways.length === 0 ? [] : [`iifname "fwbr*" arp daddr ip { ${gateways.join(", ")} } drop`];
}

/** Rules against packets that a guest sends straight to the firewall bridge before it, by its own addresses. */
function past({ subnets }: VnetState, way = ""): string[] {
  const all = subnets.map(({ cidr }) => cidr);
  const families = [
    ["ip", all.filter((cidr) => !cidr.includes(":"))],
    ["ip6", all.filter((cidr) => cidr.includes(":"))],
  ] as const;
  return families.flatMap(([family, own]) =>
    own.length === 0 ? [] : [`iifname "fwbr*"${way} ${family} saddr { ${own.join(", ")} } drop`],
  );
}

function chain(name: string, hook: string, priority: string, rules: readonly string[], type = "filter"): string {
  const base = `type ${type} hook ${hook} priority ${priority}; policy accept;`;
  return [`\tchain ${name} {`, `\t\t${base}`, ...rules.map((rule) => `\t\t${rule}`), "\t}\n"].join("\n");
}

/**
 * What a guest may send to the node itself: answers, DHCP, ICMP, and the exceptions. DNS only where guests are told to ask
 * a gateway of this node: the agent answers none, so somebody else on the node does.
 */
function guard(state: VnetState, gateways: ReadonlySet<string>): string[] {
  const { vnet, guardExceptions } = state;
  if (!state.guard) return [];
  const from = `iifname "${vnet}"`;
  const dns = state.subnets.some(({ dhcp }) => dhcp?.dnsServers.some((server) => gateways.has(server)));
  return [
    `${from} ct state established,related accept`,
    `${from} meta l4proto { icmp, icmpv6 } accept`,
    `${from} udp dport { ${dns ? "53, " : ""}67, 547 } accept`,
    ...(dns ? [`${from} tcp dport 53 accept`] : []),
    ...guardExceptions.map(({ protocol, port }) => `${from} ${protocol} dport ${port} accept`),
    `${from} drop`,
    ...past(state),
  ];
}

/** VNets whose guests reach no other VNet of this node. */
function denied(vnets: readonly VnetState[]): string[] {
  return vnets.flatMap((state) => {
    const { vnet, forward } = state;
    const others = vnets.filter((other) => other.vnet !== vnet).map((other) => `"${other.vnet}"`);
    if (forward === "allow" || others.length === 0) return [];
    const out = ` oifname { ${others.join(", ")} }`;
    const to = `iifname "${vnet}"${out}`;
    return [`${to} ct state established,related accept`, `${to} drop`, ...past(state, out)];
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
