import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { badParameters, diedAt } from "@/lib/simulator/http/refusal";
import { option, type Section } from "@/lib/simulator/sdn/section";

const highestVlan = 4096;

/** Another vnet of the zone with the tag; an empty tag looks for one without. */
function otherWithTag(cluster: Cluster, zone: string, self: string, tag: string): string | undefined {
  const { vnets } = cluster.files;
  const candidates = tag === "" ? vnets.where("zone", zone) : vnets.where("tag", tag);
  const clash = ([id, vnet]: readonly [string, Section]) =>
    id !== self && option(vnet, "zone") === zone && option(vnet, "tag") === tag;
  return candidates.find(clash)?.[0];
}

function vlanRules(cluster: Cluster, id: string, zone: string, tag: string): void {
  if (tag === "") throw badParameters({ tag: "missing vlan tag" });
  if (Number(tag) > highestVlan) throw badParameters({ tag: "vlan tag max value is 4096" });
  const other = otherWithTag(cluster, zone, id, tag);
  if (other !== undefined) throw badParameters({ tag: `tag ${tag} already exist in vnet ${other}` });
}

function qinqRules(cluster: Cluster, id: string, zone: string, tag: string): void {
  if (tag !== "" && Number(tag) > highestVlan) throw badParameters({ tag: "VLAN tag maximal value is 4096" });
  const other = otherWithTag(cluster, zone, id, tag);
  if (other === undefined) return;
  const clash = tag === "" ? "tag-less vnet already exists" : `tag ${tag} already exist`;
  throw badParameters({ tag: `${clash} in zone ${zone} vnet ${other}` });
}

/** VXLAN identifiers are unique over all vxlan and evpn zones. */
function vxlanRules(cluster: Cluster, id: string, tag: string): void {
  if (tag === "") throw badParameters({ tag: "missing vxlan tag" });
  for (const [other, section] of cluster.files.vnets.where("tag", tag)) {
    const zone = option(section, "zone");
    const type = option(cluster.files.zones.get(zone), "type");
    if (other !== id && (type === "vxlan" || type === "evpn"))
      throw badParameters({ tag: `vxlan tag ${tag} already exist in vnet ${other} in zone ${zone} ` });
  }
}

/** What the type of its zone demands of a vnet about to be written. Throws a refusal. */
export function demandZoneRules(cluster: Cluster, id: string, vnet: Section): void {
  const zone = option(vnet, "zone");
  const tag = option(vnet, "tag");
  switch (option(cluster.files.zones.get(zone), "type")) {
    case "simple":
      if (tag !== "") throw badParameters({ tag: "vlan tag is not allowed on simple zone" });
      return;
    case "vlan":
      vlanRules(cluster, id, zone, tag);
      return;
    case "qinq":
      qinqRules(cluster, id, zone, tag);
      return;
    case "evpn":
      if (option(vnet, "vlanaware") === "1")
        throw badParameters({ "vlan-aware": "vlan-aware option can't be enabled with evpn" });
      vxlanRules(cluster, id, tag);
      return;
    case "vxlan":
      vxlanRules(cluster, id, tag);
      return;
    case "faucet":
      return;
    default:
      throw diedAt("cannot lookup undefined type!", "API2/Network/SDN/Vnets", 326);
  }
}
