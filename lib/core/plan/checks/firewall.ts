import type { VnetState } from "../../hosts/node-state";
import type { FirewallRule, NodeFirewall } from "../../ports";
import type { Check } from "../plan";
import { type CheckInput, check, few } from "./check";

/** What a guest sends to its node to be served, as rules of a firewall match it. */
interface Ask {
  readonly what: string;
  readonly protocol: "udp" | "icmpv6";
  readonly from: number;
  /** The port, or the ICMPv6 type. */
  readonly to: number;
}

const DHCP: Ask = { what: "DHCP", protocol: "udp", from: 68, to: 67 };
const DHCP6: Ask = { what: "DHCPv6", protocol: "udp", from: 546, to: 547 };
const SOLICITATION: Ask = { what: "router solicitations", protocol: "icmpv6", from: 0, to: 133 };

const SHOWN = 6;

/**
 * Whether Proxmox's own firewall lets in and through what the host agents serve. An accept of ours is none against a drop
 * elsewhere, and Proxmox accepts neither DHCP by itself (PVE::Firewall, enable_host_firewall).
 */
export function firewallCheck({ hosts, scripted, firewalls }: CheckInput): Check[] {
  const title = "Firewall of the nodes";
  const served = [...hosts, ...scripted].filter(({ after }) => after.vnets.length > 0);
  if (firewalls === null || served.length === 0) return [];
  const faults = served.flatMap(({ node, after }) => {
    const firewall = firewalls[node];
    return firewall?.ok && firewall.value.on ? faultsOf(node, after.vnets, firewall.value) : [];
  });
  const unread = served.flatMap(({ node }) => {
    const firewall = firewalls[node];
    return firewall?.ok ? [] : [`${node} (${firewall?.error.message ?? "not asked"})`];
  });
  const elsewhere = unread.length > 0 ? ` Not checked on ${unread.join(", ")}.` : "";
  if (faults.length > 0) {
    const list = few(
      faults.map(({ text }) => text),
      SHOWN,
      "; ",
    );
    const next = faults.flatMap(({ commands }) => commands).slice(0, 2 * SHOWN);
    return [check("firewall", title, "warn", `${list}.${elsewhere}`, [], next)];
  }
  if (unread.length > 0) return [check("firewall", title, "unknown", elsewhere.trim())];
  return [check("firewall", title, "pass", "It lets in and through what the host agents serve.")];
}

interface Fault {
  readonly text: string;
  /** To be run on the node. */
  readonly commands: readonly string[];
}

function faultsOf(node: string, vnets: readonly VnetState[], firewall: NodeFirewall): Fault[] {
  const faults: Fault[] = [];
  const command = (type: string, rest: string) =>
    `pvesh create /nodes/${node}/firewall/rules --type ${type} --action ACCEPT ${rest} --enable 1`;
  for (const ask of [DHCP, DHCP6, SOLICITATION]) {
    const shut = vnets.filter((vnet) => asks(vnet, ask) && !letsIn(firewall, vnet.vnet, ask)).map(({ vnet }) => vnet);
    if (shut.length === 0) continue;
    const match =
      ask.protocol === "udp" ? `--proto udp --dport ${ask.to}` : "--proto icmpv6 --icmp-type router-solicitation";
    faults.push({
      text: `${node} drops what guests of ${few(shut, SHOWN)} send it for ${ask.what}`,
      commands: shut.map((vnet) => command("in", `${match} --iface ${vnet}`)),
    });
  }
  const through = vnets.filter(({ vnet }) => !letsThrough(firewall, vnet)).map(({ vnet }) => vnet);
  if (through.length > 0) {
    faults.push({
      text: `the forward policy of ${node} is ${firewall.policyForward}, and no rule lets through what ${few(through, SHOWN)} sends`,
      commands: through.map((vnet) => command("forward", `--iface ${vnet}`)),
    });
  }
  return faults;
}

function asks({ subnets, ra }: VnetState, ask: Ask): boolean {
  const given = subnets.flatMap(({ cidr, dhcp }) => (dhcp === null ? [] : [cidr.includes(":") ? DHCP6 : DHCP]));
  if (ask === SOLICITATION) return ra !== null;
  // Stateless: addresses are the guest's own affair, but names and time servers are asked for.
  return given.includes(ask) || (ask === DHCP6 && ra !== null && ra.mode !== "slaac");
}

function letsIn(firewall: NodeFirewall, vnet: string, ask: Ask): boolean {
  if (ask === SOLICITATION && firewall.ndp) return true;
  const first = firewall.rules.find((rule) => rule.direction === "in" && matches(rule, vnet, ask));
  return (first?.action ?? firewall.policyIn) === "ACCEPT";
}

/** Only proxmox-firewall (nftables) has a forward policy; what a rule accepts there it accepts for all of the VNet. */
function letsThrough({ nftables, policyForward, rules }: NodeFirewall, vnet: string): boolean {
  if (!nftables || policyForward === "ACCEPT") return true;
  return rules.some(
    ({ direction, action, iface, narrowed, macro, protocol }) =>
      direction === "forward" &&
      action === "ACCEPT" &&
      (iface === null || iface === vnet) &&
      !narrowed &&
      macro === null &&
      protocol === null,
  );
}

/** Macros of Proxmox that hold one of these packets (PVE::Firewall, $pve_fw_macros). */
const MACROS: Readonly<Record<string, readonly Ask[]>> = {
  DHCPfwd: [DHCP],
  DHCPv6: [DHCP6],
  NeighborDiscovery: [SOLICITATION],
};

/** A rule for some addresses only does not count: a guest that asks has none yet. */
function matches(rule: FirewallRule, vnet: string, ask: Ask): boolean {
  if (rule.narrowed || (rule.iface !== null && rule.iface !== vnet)) return false;
  if (rule.macro !== null) return MACROS[rule.macro]?.includes(ask) ?? false;
  if (rule.protocol === null) return true;
  if (ask.protocol === "icmpv6") {
    const type = rule.icmpType ?? rule.ports;
    return ["icmpv6", "ipv6-icmp", "58"].includes(rule.protocol) && (type === null || SOLICITED.has(type));
  }
  const udp = rule.protocol === "udp" || rule.protocol === "17";
  return udp && covers(rule.ports, ask.to) && covers(rule.sourcePorts, ask.from);
}

const SOLICITED: ReadonlySet<string> = new Set(["router-solicitation", "133"]);

/** Names of these ports in /etc/services. */
const NAMES: Readonly<Record<string, number>> = { bootps: 67, bootpc: 68, "dhcpv6-client": 546, "dhcpv6-server": 547 };

/** Whether a list of ports and ranges, as `67:68,547`, has one. */
function covers(list: string | null, port: number): boolean {
  if (list === null) return true;
  return list.split(",").some((part) => {
    const [first = Number.NaN, last = first] = part.split(":").map((text) => NAMES[text.trim()] ?? Number(text));
    return first <= port && port <= last;
  });
}
