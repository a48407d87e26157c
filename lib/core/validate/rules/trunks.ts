import type { Vnet, Zone } from "@/lib/core/layout/model";
import { vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Problem } from "@/lib/core/problem";
import { nodesOf, problem, type Rule, type Subject } from "../subject";
import { freeTagFix } from "./tags";

/** Zones on the same bridge share its VLANs, which Proxmox does not check (tags are unique per zone only). */
export const trunks: Rule = (subject) => [...sameVlan(subject), ...serviceTags(subject)];

/**
 * The same VLAN in two zones: Proxmox makes two bridges on one sub-interface (recorded as example-same-vlan-two-zones).
 * When the zones share no node it is one network under two names, which may be meant.
 */
function sameVlan(subject: Subject): Problem[] {
  const { layout, zones, facts } = subject;
  const owners = new Map<string, Vnet>();
  const problems: Problem[] = [];
  for (const vnet of layout.vnets) {
    const zone = zones.get(vnet.zone);
    if (!zone?.bridge || vnet.tag === undefined || (zone.type !== "vlan" && zone.type !== "qinq")) continue;
    const wire = `${zone.bridge}|${zone.type === "qinq" ? `${zone.tag}.` : ""}${vnet.tag}`;
    const owner = owners.get(wire);
    if (!owner) owners.set(wire, vnet);
    const other = owner && zones.get(owner.zone);
    if (!owner || !other || other.id === zone.id) continue;
    const meet = shareNode(zone, other, facts);
    const effect = meet
      ? "On a node of both zones two bridges would fight for it; use another tag, or one zone."
      : "The zones share no node, so this is one network under two names; make sure that is meant.";
    const message = `VLAN ${vnet.tag} on ${zone.bridge} is VNet ${owner.id} of zone ${owner.zone} as well. ${effect}`;
    const at = [vnetKey(vnet.id), vnetKey(owner.id)];
    const more = { field: "tag", fix: freeTagFix(subject, vnet) };
    problems.push(problem("vlan-in-two-zones", meet ? "error" : "warning", at, message, more));
  }
  return problems;
}

function shareNode(a: Zone, b: Zone, facts: ClusterFacts | null): boolean {
  const [some, others] = [nodesOf(a, facts), nodesOf(b, facts)];
  return some === null || others === null || some.some((node) => others.includes(node));
}

/** A QinQ zone's service tag is a VLAN of the bridge like any other. */
function serviceTags({ layout, vnetsOf }: Subject): Problem[] {
  const problems: Problem[] = [];
  for (const zone of layout.zones) {
    if (zone.type !== "qinq" || zone.tag === undefined || !zone.bridge) continue;
    for (const other of layout.zones) {
      if (other.type !== "vlan" || other.bridge !== zone.bridge) continue;
      const vnet = vnetsOf.get(other.id)?.find((candidate) => candidate.tag === zone.tag);
      if (!vnet) continue;
      const message = `The service tag ${zone.tag} of zone ${zone.id} is the VLAN of VNet ${vnet.id} on the same bridge ${zone.bridge}. Use another service tag.`;
      const at = [zoneKey(zone.id), vnetKey(vnet.id)];
      problems.push(problem("service-tag-clash", "warning", at, message, { field: "tag" }));
    }
  }
  return problems;
}
