import type { DhcpState, NodeState, SubnetState, VnetState } from "./node-state";

/** One difference between two states of a node, as the plan shows it. */
export interface HostChange {
  readonly node: string;
  /** "gateway 10.10.0.1 of vnetmgmt", "route 10.60.0.0/16", "repair interval" */
  readonly object: string;
  readonly action: "add" | "remove" | "change";
  /** What is added, or `before → after`; empty where the object says it all. */
  readonly detail: string;
  /** All of it: "gateway 10.10.0.1 of vnetmgmt on pve1: add". */
  readonly text: string;
}

/** Object → what it is, in words. Equal words mean nothing to do. */
type Facts = ReadonlyMap<string, string>;

/**
 * How a node's services change from one state to another; null is a node without any. The order is that of the objects,
 * VNet by VNet, and owner and revision are no change.
 */
export function stateChanges(node: string, before: NodeState | null, after: NodeState | null): HostChange[] {
  const [old, now] = [factsOf(before), factsOf(after)];
  const change = (object: string, action: HostChange["action"], detail: string): HostChange => {
    const text = `${object} on ${node}: ${action}${detail === "" ? "" : ` (${detail})`}`;
    return { node, object, action, detail, text };
  };
  const gone = [...old].flatMap(([object, words]) => (now.has(object) ? [] : [change(object, "remove", words)]));
  const rest = [...now].flatMap(([object, words]) => {
    const earlier = old.get(object);
    if (earlier === undefined) return [change(object, "add", words)];
    return earlier === words ? [] : [change(object, "change", `${earlier} → ${words}`)];
  });
  return [...gone, ...rest];
}

function factsOf(state: NodeState | null): Facts {
  const facts = new Map<string, string>();
  if (!state) return facts;
  for (const vnet of state.vnets) {
    for (const subnet of vnet.subnets) subnetFacts(facts, vnet.vnet, subnet);
    vnetFacts(facts, vnet);
  }
  for (const { destination, via } of state.routes) facts.set(`route ${destination}`, `via ${via}`);
  // How often an idle agent looks is no change of the network.
  if (state.vnets.length > 0) facts.set("repair interval", `${state.repairSeconds} s`);
  return facts;
}

function vnetFacts(facts: Map<string, string>, { vnet, ...state }: VnetState): void {
  facts.set(`gateway MAC of ${vnet}`, state.mac);
  facts.set(`guard of ${vnet}`, guardWords(state));
  facts.set(`traffic from ${vnet} to other VNets`, state.forward === "allow" ? "allowed" : "denied");
  if (state.ra) facts.set(`router advertisements in ${vnet}`, state.ra.mode);
  if (state.mtu !== null) facts.set(`MTU of ${vnet}`, String(state.mtu));
}

function guardWords({ guard, guardExceptions }: Pick<VnetState, "guard" | "guardExceptions">): string {
  if (!guard) return "off";
  const open = guardExceptions.map(({ protocol, port }) => `${protocol} ${port}`);
  return open.length === 0 ? "on" : `on, open for ${open.join(", ")}`;
}

function subnetFacts(facts: Map<string, string>, vnet: string, { cidr, gateway, snat, dhcp }: SubnetState): void {
  const prefix = cidr.slice(cidr.indexOf("/"));
  facts.set(`gateway ${gateway} of ${vnet}`, prefix);
  if (snat) {
    const except = snat.exclude.length === 0 ? "" : `, except to ${snat.exclude.join(", ")}`;
    facts.set(`SNAT of ${vnet} ${cidr}`, `through ${snat.uplink}${except}`);
  }
  if (dhcp) facts.set(`DHCP of ${vnet} ${cidr}`, dhcpWords(dhcp));
  for (const { mac, ip, hostname } of dhcp?.reservations ?? []) {
    facts.set(`reservation ${ip} of ${vnet}`, hostname === null ? mac : `${mac} ${hostname}`);
  }
}

function dhcpWords({ ranges, lease, domain, dnsServers, options }: DhcpState): string {
  const parts = [
    ranges.length === 0 ? "reservations only" : ranges.map(({ start, end }) => `${start} to ${end}`).join(", "),
    `lease ${lease}`,
    domain === null ? "" : `domain ${domain}`,
    dnsServers.length === 0 ? "" : `DNS ${dnsServers.join(", ")}`,
    ...Object.entries(options).map(([name, value]) => `${name} ${optionWords(value)}`),
  ];
  return parts.filter((part) => part !== "").join("; ");
}

function optionWords(value: DhcpState["options"][keyof DhcpState["options"]]): string {
  if (!Array.isArray(value)) return String(value);
  return value.map((item) => (typeof item === "string" ? item : `${item.destination} via ${item.via}`)).join(", ");
}
