import type { Zone } from "@/lib/core/layout/model";
import { nearest } from "@/lib/core/layout/nearest";
import { vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Problem } from "@/lib/core/problem";
import { nodesOf, problem, type Rule, type Subject, setFix } from "../subject";

/** Above so many names, guessing which one was meant would cost more than it helps. */
const GUESS_LIMIT = 500;

/** Things that are named and not there: zones, VNets, subnets, and with facts nodes, IPAMs and controllers. */
export const references: Rule = (subject) => [
  ...subject.layout.zones.flatMap((zone) => (subject.facts ? clusterNames(zone, subject.facts) : [])),
  ...zonesOfVnets(subject),
  ...vnetsOfSubnets(subject),
  ...subnetsOfServices(subject),
];

function zonesOfVnets({ layout, zones }: Subject): Problem[] {
  const ids = [...zones.keys()];
  const only = ids.length === 1 ? (ids[0] ?? null) : null;
  return layout.vnets.flatMap((vnet) => {
    if (zones.has(vnet.zone)) return [];
    const key = vnetKey(vnet.id);
    const meant = closest(vnet.zone, ids) ?? only;
    const message = `VNet ${vnet.id} is in zone ${vnet.zone || "(none)"}, which the layout does not have. ${known(ids)}`;
    const fix = meant === null ? null : setFix(`Move to zone ${meant}`, key, "zone", meant);
    return [problem("unknown-zone", "error", key, message, { field: "zone", fix })];
  });
}

function vnetsOfSubnets({ subnets, vnets }: Subject): Problem[] {
  const ids = [...vnets.keys()];
  return subnets.flatMap(({ key, subnet, vnet }) => {
    if (vnet) return [];
    const meant = closest(subnet.vnet, ids);
    const advice = meant === null ? "Choose one that exists, or delete the subnet." : `Did you mean ${meant}?`;
    const message = `Subnet ${subnet.cidr} is in VNet ${subnet.vnet || "(none)"}, which the layout does not have. ${advice}`;
    const fix = meant === null ? null : setFix(`Move to VNet ${meant}`, key, "vnet", meant);
    return [problem("unknown-vnet", "error", key, message, { field: "vnet", fix })];
  });
}

function subnetsOfServices({ hostServices }: Subject): Problem[] {
  return hostServices.flatMap(({ key, service, place }) => {
    if (place) return [];
    const message = `Host services are declared for ${service.cidr} in VNet ${service.vnet}, but the layout has no such subnet. Add the subnet or delete the service.`;
    return [problem("unknown-subnet", "error", key, message, { field: "cidr" })];
  });
}

/** Proxmox checks IPAM and controller when it writes, but never node names: an unknown node is accepted and ignored. */
function clusterNames(zone: Zone, facts: ClusterFacts): Problem[] {
  const key = zoneKey(zone.id);
  const problems: Problem[] = [];
  if (zone.ipam && facts.ipams && !facts.ipams.includes(zone.ipam)) {
    const message = `Zone ${zone.id} uses the IPAM ${zone.ipam}, which this cluster does not have. ${known(facts.ipams)}`;
    problems.push(problem("unknown-ipam", "error", key, message, { field: "ipam" }));
  }
  const controllers = facts.controllers?.map(({ id }) => id).sort();
  if (zone.controller && controllers && !controllers.includes(zone.controller)) {
    const message = `Zone ${zone.id} uses the controller ${zone.controller}, which this cluster does not have. ${known(controllers)}`;
    problems.push(problem("unknown-controller", "error", key, message, { field: "controller" }));
  }
  const nodes = facts.nodes.map((node) => node.name);
  for (const field of ["nodes", "exitnodes"] as const) {
    const list = zone[field] ?? [];
    for (const name of list) {
      if (name === "" || nodes.includes(name)) continue;
      const message = `Zone ${zone.id} names the node ${name}, which is not in this cluster. ${known(nodes)}`;
      const rest = list.filter((other) => nodes.includes(other));
      const fix = rest.length > 0 ? setFix("Keep only nodes of this cluster", key, field, rest) : null;
      problems.push(problem("unknown-node", "error", key, message, { field, fix }));
    }
  }
  return [...problems, ...missingBridge(zone, facts)];
}

/**
 * A node without the zone's bridge does not fail an apply; its VNets are just not there (PVE::Network::SDN::Zones). Only a
 * warning, for the bridge may be made before the layout is applied, and a plan looks again.
 */
function missingBridge(zone: Zone, facts: ClusterFacts): Problem[] {
  const { bridge } = zone;
  const names = nodesOf(zone, facts) ?? [];
  // A bridge that the token may not see looks like one that is missing (PVE::API2::Network lists those it may use).
  const hidden = facts.privileges?.some(
    ({ path, privilege, granted }) => path === "/sdn" && privilege === "SDN.Audit" && !granted,
  );
  if (!bridge || hidden) return [];
  const nodes = facts.nodes.filter(({ name }) => names.includes(name));
  const lacking = nodes.filter(({ bridges }) => bridges !== null && !bridges.some(({ name }) => name === bridge));
  if (lacking.length === 0) return [];
  const key = zoneKey(zone.id);
  const where = list(lacking.map(({ name }) => name));
  const message = `Zone ${zone.id} needs the bridge ${bridge}, which is not on ${where}: its VNets would be missing there. Create the bridge or take the node out of the zone.`;
  const rest = nodes.filter((node) => !lacking.includes(node)).map(({ name }) => name);
  const fix = rest.length > 0 ? setFix(`Keep only nodes with ${bridge}`, key, "nodes", rest) : null;
  return [problem("bridge-missing", "warning", key, message, { field: "bridge", fix })];
}

const closest = (name: string, names: readonly string[]): string | null =>
  names.length > GUESS_LIMIT ? null : nearest(name, names);

function known(names: readonly string[]): string {
  if (names.length === 0) return "There is none.";
  return `There ${names.length === 1 ? "is" : "are"} ${list(names)}.`;
}

const list = (names: readonly string[]): string => `${names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""}`;
