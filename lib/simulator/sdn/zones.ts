import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { badParameters, died, diedAt } from "@/lib/simulator/http/refusal";
import { splitList } from "@/lib/simulator/schema/formats";
import { optionalText, type Parameters, text, without } from "@/lib/simulator/schema/parameters";
import { demandDigest } from "@/lib/simulator/sdn/digest";
import { guarded } from "@/lib/simulator/sdn/lock";
import { checkOptions, type OptionTable, option, type Section, updateSection } from "@/lib/simulator/sdn/section";
import { vnetHasSubnets } from "@/lib/simulator/sdn/vnets";
import { zoneTypes } from "@/lib/simulator/sdn/zone-types";

function tableOf(type: string): OptionTable {
  const table = zoneTypes[type];
  if (table === undefined) throw diedAt("cannot lookup undefined type!", "API2/Network/SDN/Zones", 1);
  return table;
}

/** References of a zone that must exist. Only what the request itself sends is looked up. */
function demandServices(cluster: Cluster, sent: Section): void {
  const dns = option(sent, "dns");
  const reverse = option(sent, "reversedns");
  const ipam = option(sent, "ipam");
  if (dns !== "" && !cluster.files.dns.has(dns)) throw badParameters({ dns: `${dns} don't exist` });
  if (reverse !== "" && !cluster.files.dns.has(reverse)) throw badParameters({ reversedns: `${reverse} don't exist` });
  if (option(sent, "dnszone") !== "" && dns === "") throw badParameters({ dnszone: "missing dns server" });
  if (ipam !== "" && !cluster.files.ipams.has(ipam)) throw badParameters({ ipam: `${ipam} not existing` });
}

function randomMac(cluster: Cluster): string {
  const part = () =>
    Math.floor(cluster.surroundings.random() * 256)
      .toString(16)
      .padStart(2, "0")
      .toUpperCase();
  return `BC:24:11:${part()}:${part()}:${part()}`;
}

/** Rules a type adds to a zone about to be written; may complete it (an EVPN zone draws its own MAC). */
function typeRules(cluster: Cluster, id: string, zone: Section): Section {
  const type = option(zone, "type");
  if (type === "vxlan" && (option(zone, "peers") === "") === (option(zone, "fabric") === "")) {
    const text = "must have exactly one of peers / fabric defined";
    throw badParameters({ peers: text, fabric: text });
  }
  if (type !== "evpn") return zone;
  const controller = option(zone, "controller");
  const found = cluster.files.controllers.get(controller);
  if (found === undefined) throw diedAt(`controller ${controller} don't exist`, "Network/SDN/Zones/EvpnPlugin", 354);
  if (option(found, "type") !== "evpn")
    throw diedAt(`${controller} is not a evpn controller type`, "Network/SDN/Zones/EvpnPlugin", 357);
  const vrf = option(zone, "vrf-vxlan");
  for (const [other] of cluster.files.zones.where("vrf-vxlan", vrf))
    if (other !== id)
      throw diedAt(`vrf-vxlan ${vrf} is already declared in ${other}`, "Network/SDN/Zones/EvpnPlugin", 368);
  return option(zone, "mac") === "" ? { ...zone, mac: randomMac(cluster) } : zone;
}

/** POST /cluster/sdn/zones. */
export function createZone(cluster: Cluster, parameters: Parameters): null {
  const id = text(parameters, "zone");
  const type = text(parameters, "type");
  const table = tableOf(type);
  const sent = checkOptions(table, without(parameters, ["zone", "type", "lock-token"]), true);
  return guarded(cluster, parameters, "create sdn zone object failed", () => {
    const { zones } = cluster.files;
    if (zones.get(id) !== undefined) throw died(`sdn zone object ID '${id}' already defined`);
    demandServices(cluster, sent);
    zones.put(id, typeRules(cluster, id, { type, ...sent }), table);
  });
}

function zoneHasSubnets(cluster: Cluster, zone: string): boolean {
  return cluster.files.vnets.where("zone", zone).some(([vnet]) => vnetHasSubnets(cluster, vnet));
}

/** PUT /cluster/sdn/zones/{zone}. */
export function updateZone(cluster: Cluster, parameters: Parameters): null {
  const id = text(parameters, "zone");
  return guarded(cluster, parameters, "update sdn zone object failed", () => {
    const { zones } = cluster.files;
    demandDigest(zones, parameters);
    const before = zones.get(id);
    if (before === undefined) throw died(`sdn '${id}' does not exist`);
    const table = tableOf(option(before, "type"));
    const sent = checkOptions(table, without(parameters, ["zone", "lock-token", "digest", "delete"]), false);
    const after = updateSection(table, before, sent, splitList(optionalText(parameters, "delete") ?? ""));
    if (option(before, "ipam") !== option(after, "ipam") && zoneHasSubnets(cluster, id))
      throw badParameters({ ipam: "can't change ipam if a subnet is already defined in this zone" });
    demandServices(cluster, sent);
    zones.put(id, typeRules(cluster, id, after), table);
  });
}

/** DELETE /cluster/sdn/zones/{zone}. */
export function deleteZone(cluster: Cluster, parameters: Parameters): null {
  const id = text(parameters, "zone");
  return guarded(cluster, parameters, "delete sdn zone object failed", () => {
    const { zones, vnets } = cluster.files;
    if (zones.get(id) === undefined) throw died(`sdn '${id}' does not exist`);
    const user = vnets.where("zone", id)[0]?.[0];
    if (user !== undefined) throw diedAt(`zone ${id} is used by vnet ${user}`, "Network/SDN/Zones/Plugin", 149);
    zones.remove(id);
  });
}
