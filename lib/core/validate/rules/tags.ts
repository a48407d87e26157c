import { highestTag, sharesTags } from "@/lib/core/layout/free";
import type { Vnet, Zone } from "@/lib/core/layout/model";
import { A_ZONE } from "@/lib/core/layout/zone-words";
import { vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { Fix, Problem } from "@/lib/core/problem";
import { problem, type Rule, type Subject, setFix } from "../subject";

/** VLAN tags, service tags and VNIs: whether they are there, in range, and not used twice. */
export const tags: Rule = (subject) => {
  const problems: Problem[] = subject.layout.zones.flatMap(zoneTag);
  for (const vnet of subject.layout.vnets) {
    const zone = subject.zones.get(vnet.zone);
    if (zone) problems.push(...vnetTag(subject, vnet, zone));
  }
  return [...problems, ...duplicates(subject), ...vrfs(subject)];
};

const isTag = (tag: number, most: number): boolean => Number.isInteger(tag) && tag >= 1 && tag <= most;

/** A free tag as a repair. */
export function freeTagFix({ freeTag }: Subject, vnet: Vnet): Fix | null {
  const tag = freeTag(vnet.zone);
  return tag === null ? null : setFix(`Use tag ${tag}`, vnetKey(vnet.id), "tag", tag);
}

/** Proxmox takes any service tag from 0 up, without a maximum; the wire has 12 bits. */
function zoneTag(zone: Zone): Problem[] {
  if (zone.type !== "qinq" || zone.tag === undefined || isTag(zone.tag, 4094)) return [];
  const message = `The service tag ${zone.tag} of zone ${zone.id} is not a VLAN; it is a whole number from 1 to 4094.`;
  return [problem("tag-out-of-range", "error", zoneKey(zone.id), message, { field: "tag" })];
}

/** Sources: PVE::Network::SDN::Zones::{Vlan,QinQ,Vxlan,Simple}Plugin; Proxmox itself lets 4095 and 4096 pass. */
function vnetTag(subject: Subject, vnet: Vnet, zone: Zone): Problem[] {
  const key = vnetKey(vnet.id);
  const most = highestTag(zone.type);
  const word = sharesTags(zone.type) ? "VNI" : "VLAN tag";
  if (zone.type === "simple") {
    if (vnet.tag === undefined) return [];
    const message = `VNet ${vnet.id} has tag ${vnet.tag}, but a VNet of a simple zone has none: nothing leaves the node. Remove the tag.`;
    const fix = setFix("Remove the tag", key, "tag", undefined);
    return [problem("tag-not-allowed", "error", key, message, { field: "tag", fix })];
  }
  if (vnet.tag === undefined) {
    if (zone.type === "qinq") return [];
    const message = `VNet ${vnet.id} has no ${word}, and ${A_ZONE[zone.type]} needs one: a whole number from 1 to ${most}.`;
    return [problem("tag-missing", "error", key, message, { field: "tag", fix: freeTagFix(subject, vnet) })];
  }
  if (!isTag(vnet.tag, most)) {
    const message = `${vnet.tag} is not a ${word}: it is a whole number from 1 to ${most}.`;
    return [problem("tag-out-of-range", "error", key, message, { field: "tag", fix: freeTagFix(subject, vnet) })];
  }
  if (vnet.tag !== 1 || zone.type !== "vlan") return [];
  const message =
    "VLAN 1 is the native VLAN of most switches, so its frames may arrive without a tag. Any other tag is safer.";
  return [problem("tag-native-vlan", "info", key, message, { field: "tag" })];
}

/** A tag is unique in its zone; a VNI over all VXLAN and EVPN zones; a QinQ zone has at most one VNet without tag. */
function duplicates(subject: Subject): Problem[] {
  const owners = new Map<string, Vnet>();
  const problems: Problem[] = [];
  for (const vnet of subject.layout.vnets) {
    const zone = subject.zones.get(vnet.zone);
    if (!zone || zone.type === "simple" || (vnet.tag === undefined && zone.type !== "qinq")) continue;
    const name = `${sharesTags(zone.type) ? "vni" : `zone ${zone.id}`}|${vnet.tag ?? "none"}`;
    const owner = owners.get(name);
    if (!owner) {
      owners.set(name, vnet);
      continue;
    }
    const where =
      owner.zone === vnet.zone
        ? `in zone ${vnet.zone}`
        : `in zone ${owner.zone}; a VNI is unique over all VXLAN and EVPN zones`;
    const message =
      vnet.tag === undefined
        ? `VNet ${owner.id} has no tag already (${where}), and only one VNet may have none. Give ${vnet.id} a tag.`
        : `Tag ${vnet.tag} belongs to VNet ${owner.id} already (${where}). Give ${vnet.id} another one.`;
    const more = { field: "tag", fix: freeTagFix(subject, vnet) };
    problems.push(problem("tag-duplicate", "error", [vnetKey(vnet.id), vnetKey(owner.id)], message, more));
  }
  return problems;
}

/** A zone's vrf-vxlan is a VNI too, used between the nodes for routing: unique, and not the VNI of a VNet. */
function vrfs(subject: Subject): Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<number, Zone>();
  for (const zone of subject.layout.zones) {
    const vrf = zone["vrf-vxlan"];
    if (zone.type !== "evpn" || vrf === undefined) continue;
    const key = zoneKey(zone.id);
    const first = owners.get(vrf);
    if (!isTag(vrf, highestTag("evpn"))) {
      const message = `${vrf} is not a VNI: vrf-vxlan is a whole number from 1 to ${highestTag("evpn")}.`;
      problems.push(problem("tag-out-of-range", "error", key, message, { field: "vrf-vxlan" }));
    } else if (first) {
      const message = `vrf-vxlan ${vrf} belongs to zone ${first.id} already; give zone ${zone.id} another one.`;
      problems.push(problem("tag-duplicate", "error", [key, zoneKey(first.id)], message, { field: "vrf-vxlan" }));
    } else owners.set(vrf, zone);
  }
  return [...problems, ...vrfMeetsVni(subject, owners)];
}

function vrfMeetsVni(subject: Subject, owners: ReadonlyMap<number, Zone>): Problem[] {
  const problems: Problem[] = [];
  if (owners.size === 0) return problems;
  for (const vnet of subject.layout.vnets) {
    const zone = subject.zones.get(vnet.zone);
    const owner = vnet.tag === undefined ? undefined : owners.get(vnet.tag);
    if (!zone || !owner || !sharesTags(zone.type)) continue;
    const message = `VNI ${vnet.tag} of VNet ${vnet.id} is the vrf-vxlan of zone ${owner.id}. Proxmox does not notice; use another VNI.`;
    const more = { field: "tag", fix: freeTagFix(subject, vnet) };
    problems.push(problem("vni-equals-vrf", "error", [vnetKey(vnet.id), zoneKey(owner.id)], message, more));
  }
  return problems;
}
