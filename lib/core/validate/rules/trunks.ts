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
  const owners = new Map<string, Vnet>();
  const problems: Problem[] = [];
  for (const vnet of subject.layout.vnets) {
    const zone = subject.zones.get(vnet.zone);
    const wire = zone ? wireOf(vnet, zone) : null;
    if (!zone || wire === null) continue;
    const owner = owners.get(wire);
    const other = owner && subject.zones.get(owner.zone);
    if (!owner) owners.set(wire, vnet);
    else if (other && other.id !== zone.id) problems.push(shared(subject, vnet, zone, owner, other));
  }
  return problems;
}

/** What a VNet occupies on a bridge, or null when it occupies nothing there. */
function wireOf(vnet: Vnet, zone: Zone): string | null {
  if (!zone.bridge || vnet.tag === undefined) return null;
  if (zone.type === "vlan") return `${zone.bridge}|${vnet.tag}`;
  return zone.type === "qinq" ? `${zone.bridge}|${zone.tag}.${vnet.tag}` : null;
}

function shared(subject: Subject, vnet: Vnet, zone: Zone, owner: Vnet, other: Zone): Problem {
  const meet = shareNode(zone, other, subject.facts);
  const effect = meet
    ? "On a node of both zones two bridges would fight for it; use another tag, or one zone."
    : "The zones share no node, so this is one network under two names; make sure that is meant.";
  const message = `VLAN ${vnet.tag} on ${zone.bridge} is VNet ${owner.id} of zone ${other.id} as well. ${effect}`;
  const at = [vnetKey(vnet.id), vnetKey(owner.id)];
  const more = { field: "tag", fix: freeTagFix(subject, vnet) };
  return problem("vlan-in-two-zones", meet ? "error" : "warning", at, message, more);
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
