import { isByAgent, ZONE_ABILITIES } from "@/lib/core/hosts/zone-abilities";
import { A_ZONE } from "@/lib/core/layout/zone-words";
import { isReserved, WIDEST } from "@/lib/core/net/reserved";
import { hostServiceKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { Fix, Problem } from "@/lib/core/problem";
import { type HostServiceInPlace, nodesOf, problem, type Rule, removeFix, type Subject, setFix } from "../subject";

/** Who provides gateway, SNAT and DHCP where Proxmox does not: one node per VNet, within the zone, with an uplink. */
export const hostServices: Rule = (subject) => {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const homes = new Map<string, HostServiceInPlace>();
  for (const item of subject.hostServices) {
    const { key, service } = item;
    if (seen.has(key)) {
      const message = `Host services for ${service.cidr} in VNet ${service.vnet} are declared twice; keep one.`;
      problems.push(problem("host-service-duplicate", "error", key, message, { field: "cidr" }));
    }
    seen.add(key);
    problems.push(...notNeeded(item));
    if (!isByAgent(service)) {
      if (service.gatewayNode) problems.push(...unknownNode(subject, item, removeFix(key, "gatewayNode")));
      problems.push(...outOfReach(item));
      continue;
    }
    problems.push(...gatewayNode(subject, item), ...uplink(subject, item), ...network(item));
    const home = homes.get(service.vnet);
    if (!home) homes.set(service.vnet, item);
    else if (home.service.gatewayNode !== service.gatewayNode) problems.push(differs(item, home));
  }
  return problems;
};

/** A simple zone has gateway, SNAT and DHCP from Proxmox on every node, an EVPN zone gateway and SNAT. */
function notNeeded({ key, service, zone }: HostServiceInPlace): Problem[] {
  if (!isByAgent(service) || !zone) return [];
  const parts =
    zone.type === "simple"
      ? "gateway, SNAT and DHCP"
      : zone.type === "evpn" && service.snat
        ? "gateway and SNAT"
        : null;
  if (parts === null) return [];
  const message = `Proxmox provides ${parts} of ${A_ZONE[zone.type]} itself; a second one on a node would answer too. Set them on the subnet and delete this service.`;
  const at = [key, subnetKey(service.vnet, service.cidr), zoneKey(zone.id)];
  return [problem("host-service-not-needed", "error", at, message, { field: "provider" })];
}

/** Only a VLAN's wire leads to routers outside; the other zones end at the nodes. */
function outOfReach({ key, service, zone }: HostServiceInPlace): Problem[] {
  if (service.provider !== "edge" || !zone || ZONE_ABILITIES[zone.type].providers.includes("edge")) return [];
  const message = `An outside router does not reach the VNets of ${A_ZONE[zone.type]}, whose wire does not leave the cluster. Let a guest provide this for ${service.cidr} (provider: guest), or use a VLAN or QinQ zone.`;
  const fix = setFix("Let a guest provide it", key, "provider", "guest");
  const at = [key, subnetKey(service.vnet, service.cidr)];
  return [problem("host-service-unsupported", "warning", at, message, { field: "provider", fix })];
}

/** A name that is no node's. Whoever routes, such a name is a typing error. */
function unknownNode({ facts }: Subject, { key, service }: HostServiceInPlace, fix: Fix | null): Problem[] {
  const name = service.gatewayNode;
  if (!facts || facts.nodes.some((node) => node.name === name)) return [];
  const message = `${name} is not a node of this cluster; choose one of ${facts.nodes.map((node) => node.name).join(", ")}.`;
  return [problem("unknown-node", "error", key, message, { field: "gatewayNode", fix })];
}

function gatewayNode(subject: Subject, item: HostServiceInPlace): Problem[] {
  const { facts } = subject;
  const { key, service, zone } = item;
  const field = "gatewayNode";
  const name = service.gatewayNode;
  const nodes = zone && nodesOf(zone, facts);
  if (name === undefined || name === "") {
    const only = nodes?.length === 1 ? nodes[0] : undefined;
    const message = `No node is chosen to be the gateway of ${service.cidr}; choose one${zone ? ` of zone ${zone.id}` : ""}.`;
    const fix = only === undefined ? null : setFix(`Use ${only}`, key, field, only);
    return [problem("gateway-node-missing", "error", key, message, { field, fix })];
  }
  const unknown = unknownNode(subject, item, null);
  if (unknown.length > 0) return unknown;
  if (!nodes || nodes.includes(name)) return [];
  const message = `${name} is the gateway of ${service.cidr} but not in zone ${zone?.id}, so the VNet does not exist there. Choose one of ${nodes.join(", ")}, or add ${name} to the zone.`;
  return [problem("gateway-node-outside-zone", "error", key, message, { field })];
}

/** A network that the agent refuses as a whole. */
function network({ key, service, place }: HostServiceInPlace): Problem[] {
  const net = place?.network;
  if (!net) return [];
  const least = WIDEST[net.family];
  const message =
    net.prefix < least
      ? `${service.cidr} is too wide for a gateway on a node, which would take the node's own traffic with it; use /${least} or longer.`
      : isReserved(net)
        ? `${service.cidr} is reserved for other uses, so no node can be its gateway. Use a network of ordinary addresses.`
        : null;
  const at = [key, subnetKey(service.vnet, service.cidr)];
  return message === null ? [] : [problem("host-service-unsupported", "error", at, message, { field: "cidr" })];
}

/** Two nodes with the same gateway address on one wire: guests would talk to either, and DHCP would answer twice. */
function differs({ key, service }: HostServiceInPlace, { service: home }: HostServiceInPlace): Problem {
  const message = `VNet ${service.vnet} has ${home.gatewayNode ?? "no node"} as gateway for ${home.cidr} and ${service.gatewayNode ?? "no node"} for ${service.cidr}; all subnets of a VNet share one gateway node.`;
  const fix = home.gatewayNode ? setFix(`Use ${home.gatewayNode}`, key, "gatewayNode", home.gatewayNode) : null;
  const at = [key, hostServiceKey(home.vnet, home.cidr)];
  return problem("gateway-node-differs", "error", at, message, { field: "gatewayNode", fix });
}

/** Names of interfaces end up in rules on the node, so nothing but a name may pass. */
const INTERFACE = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,14}$/;

function uplink({ vnets, zones, facts }: Subject, item: HostServiceInPlace): Problem[] {
  const field = "uplink";
  const { key, service } = item;
  const name = service.uplink;
  if (name === undefined || name === "") return name === "" || service.snat ? [noUplink(item)] : [];
  if (!INTERFACE.test(name)) {
    const message = `${name} is not an interface name; use up to 15 letters, digits, dots, dashes and underscores, such as vmbr0.`;
    return [problem("uplink-invalid", "error", key, message, { field })];
  }
  const vnet = vnets.get(name);
  if (!vnet) {
    const node = facts?.nodes.find((each) => each.name === service.gatewayNode);
    if (!node?.bridges || node.interfaces.some((face) => face.name === name)) return [];
    const message = `${node.name} has no interface ${name}, so nothing of ${service.cidr} would leave through it. Name one that it has, or make ${name} first.`;
    return [problem("uplink-invalid", "warning", key, message, { field })];
  }
  if (name !== service.vnet && zones.has(vnet.zone)) return [];
  const message = `${name} is the VNet itself, so nothing would ever leave it; name the interface that leads out, such as vmbr0.`;
  return [problem("uplink-invalid", "error", [key, vnetKey(service.vnet)], message, { field })];
}

function noUplink({ key, service, zone }: HostServiceInPlace): Problem {
  const field = "uplink";
  const bridge = zone?.bridge;
  const message = `SNAT of ${service.cidr} needs an uplink: the interface of the node that leads out${bridge ? `, often ${bridge}` : ""}.`;
  const fix = bridge ? setFix(`Use ${bridge}`, key, field, bridge) : removeFix(key, field);
  return problem("uplink-missing", "error", key, message, { field, fix });
}
