import type { Vnet } from "@/lib/core/layout/model";
import { defaultRange } from "@/lib/core/net/range";
import { err, ok } from "@/lib/core/result";
import { cidrOf, namesOf, nth, numberOf, routedOn, subnetOf, textOf, vlanLayout } from "./numbers";
import { type Parameter, problemWith } from "./parameter";
import type { Starter } from "./starter";

const node: Parameter = {
  id: "node",
  kind: "node",
  label: "Node",
  help: "The node the zone is on. It is also the gateway of the network.",
  default: "pve1",
};
export const bridge: Parameter = {
  id: "bridge",
  kind: "bridge",
  label: "Bridge",
  help: "The VLAN-aware bridge of the nodes that carries the tags.",
  default: "vmbr0",
};
export const domain: Parameter = {
  id: "domain",
  kind: "domain",
  label: "Domain",
  help: "The DNS domain that guests get with their lease.",
  default: "hybridops.local",
};
const tag = (value: number): Parameter => ({
  id: "firstTag",
  kind: "tag",
  label: "VLAN tag",
  help: "The tag of the network on the trunk, 1 to 4094.",
  default: value,
  highest: 4094,
  end: 4094,
});
const network = (cidr: string): Parameter => ({
  id: "network",
  kind: "cidr",
  label: "Address block",
  help: "The network of the VNet. Its first address is the gateway.",
  default: cidr,
  shortest: 8,
  longest: 28,
});

export const basic: Starter = {
  id: "basic",
  title: "Basic",
  summary: "One management VLAN with a gateway, SNAT and DHCP on one node.",
  tags: ["1 VNet", "gateway on the node", "DHCP"],
  parameters: [node, bridge, tag(10), network("10.10.0.0/24"), domain],
  build(values) {
    const cidr = cidrOf(values, "network");
    const home = textOf(values, "node");
    const uplink = textOf(values, "bridge");
    const vnet: Vnet = {
      id: "vnetmgmt",
      zone: "hybzone",
      tag: numberOf(values, "firstTag"),
      alias: "Management network",
      role: "management",
    };
    const frame = { name: "basic", description: basic.summary, zone: "hybzone", bridge: uplink, nodes: [home] };
    const service = routedOn(home, { vnet: vnet.id, cidr, uplink, domain: textOf(values, "domain") });
    return ok(vlanLayout(frame, [vnet], [subnetOf(vnet.id, cidr)], [service]));
  },
};

export const noDhcp: Starter = {
  id: "no-dhcp",
  title: "Static addresses only",
  summary: "One VLAN with a gateway and SNAT on one node, and no DHCP: every guest has a static address.",
  tags: ["1 VNet", "gateway on the node", "no DHCP"],
  parameters: [node, bridge, tag(100), network("10.100.0.0/24")],
  build(values) {
    const cidr = cidrOf(values, "network");
    const home = textOf(values, "node");
    const uplink = textOf(values, "bridge");
    const vnet: Vnet = {
      id: "vstatic",
      zone: "statzone",
      tag: numberOf(values, "firstTag"),
      alias: "Static network",
      role: "static",
    };
    const frame = { name: "no-dhcp", description: noDhcp.summary, zone: "statzone", bridge: uplink, nodes: [home] };
    const service = routedOn(home, { vnet: vnet.id, cidr, uplink });
    return ok(vlanLayout(frame, [vnet], [subnetOf(vnet.id, cidr)], [service]));
  },
};

const gatewayNode: Parameter = {
  id: "gatewayNode",
  kind: "node",
  label: "Gateway node",
  help: "The one node that owns the gateway address. It must be among the nodes of the zone.",
  default: "pve1",
};

export const multiNode: Starter = {
  id: "multi-node",
  title: "One VLAN on several nodes",
  summary: "One VLAN that reaches over two or more nodes, with exactly one node as its gateway.",
  tags: ["1 VNet", "several nodes", "one gateway node", "DHCP"],
  parameters: [
    {
      id: "nodes",
      kind: "nodes",
      label: "Nodes",
      help: "The nodes the VLAN reaches, two or more. Each needs the bridge.",
      default: ["pve1", "pve2"],
      prefer: "two",
      least: 2,
    },
    gatewayNode,
    bridge,
    tag(200),
    network("10.200.0.0/24"),
    domain,
  ],
  build(values) {
    const cidr = cidrOf(values, "network");
    const nodes = namesOf(values, "nodes");
    const home = textOf(values, "gatewayNode");
    if (!nodes.includes(home)) {
      const message = `${home} is not among the nodes of the zone; choose one of ${nodes.join(", ")}.`;
      return err([problemWith(gatewayNode, message)]);
    }
    const uplink = textOf(values, "bridge");
    const vnet: Vnet = {
      id: "vclst01m",
      zone: "clust01",
      tag: numberOf(values, "firstTag"),
      alias: "Cluster management network",
      role: "management",
    };
    const frame = { name: "multi-node", description: multiNode.summary, zone: "clust01", bridge: uplink, nodes };
    const service = routedOn(home, { vnet: vnet.id, cidr, uplink, domain: textOf(values, "domain") });
    return ok(vlanLayout(frame, [vnet], [subnetOf(vnet.id, cidr)], [service]));
  },
};

export const natWithExternalDhcp: Starter = {
  id: "l3-nat-external-dhcp",
  title: "Gateway and NAT, DHCP elsewhere",
  summary: "One VLAN with a gateway and SNAT on one node. Leases come from a DHCP server of your own in that network.",
  tags: ["1 VNet", "gateway on the node", "external DHCP"],
  parameters: [node, bridge, tag(120), network("10.120.0.0/24")],
  build(values) {
    const cidr = cidrOf(values, "network");
    const home = textOf(values, "node");
    const uplink = textOf(values, "bridge");
    const subnet = subnetOf("vextdhcp", cidr);
    const range = defaultRange(cidr);
    const owner = `DHCP server ${nth(cidr, 2n)} owns ${range ? `${range.start}-${range.end}` : "the leases"}`;
    const vnet: Vnet = {
      id: "vextdhcp",
      zone: "natzone",
      tag: numberOf(values, "firstTag"),
      alias: `NAT network, ${owner}`,
      role: "external-dhcp",
    };
    const frame = {
      name: "l3-nat-external-dhcp",
      description: `${natWithExternalDhcp.summary} ${owner}.`,
      zone: "natzone",
      bridge: uplink,
      nodes: [home],
    };
    return ok(vlanLayout(frame, [vnet], [subnet], [routedOn(home, { vnet: vnet.id, cidr, uplink })]));
  },
};
