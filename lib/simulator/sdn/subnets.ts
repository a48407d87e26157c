import type { Caller } from "@/lib/simulator/access/accounts";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { badParameters, died, Refusal } from "@/lib/simulator/http/refusal";
import { splitList } from "@/lib/simulator/schema/formats";
import { optionalText, type Parameters, text, without } from "@/lib/simulator/schema/parameters";
import { isInside } from "@/lib/simulator/sdn/addresses";
import { demandGoodRanges } from "@/lib/simulator/sdn/dhcp-ranges";
import { demandDigest } from "@/lib/simulator/sdn/digest";
import { addressBook } from "@/lib/simulator/sdn/ipam-plugin";
import { guarded } from "@/lib/simulator/sdn/lock";
import {
  checkOptions,
  isSet,
  type OptionTable,
  option,
  type Section,
  updateSection,
} from "@/lib/simulator/sdn/section";
import { subnetIdentity } from "@/lib/simulator/sdn/subnet-identity";
import { demandVnetAccess } from "@/lib/simulator/sdn/vnets";

const subnetOptions: OptionTable = {
  vnet: "optional",
  gateway: "optional",
  snat: "optional",
  dnszoneprefix: "optional",
  "dhcp-range": "optional",
  "dhcp-dns-server": "optional",
};

function zoneOfVnet(cluster: Cluster, vnet: string): string {
  return option(cluster.files.vnets.get(vnet), "zone");
}

/**
 * Checks a subnet about to be written and tells the zone's ipam about it and its gateway, at once.
 * `zone` is the zone of the vnet in the path. Throws a refusal.
 */
function acceptSubnet(cluster: Cluster, zone: string, id: string, after: Section, before: Section | undefined): void {
  const identity = subnetIdentity(id);
  const vnet = cluster.files.vnets.get(option(after, "vnet"));
  if (isSet(vnet, "vlanaware")) throw badParameters({ vnet: "you can't add a subnet on a vlanaware vnet" });
  const gateway = option(after, "gateway");
  const pointToPoint = gateway !== "" && identity.mask === "32";
  if (gateway !== "" && !pointToPoint && !isInside(gateway, identity.network, Number(identity.mask)))
    throw badParameters({ gateway: `${gateway} is not in subnet ${identity.cidr}` });
  demandGoodRanges(after, identity);

  const book = addressBook(cluster, option(cluster.files.zones.get(zone), "ipam"));
  if (book === undefined) return;
  book.addSubnet(identity.zone, identity.cidr);
  if (pointToPoint) return;
  const old = option(before, "gateway");
  if (gateway !== "" && gateway !== old) book.addAddress(identity.zone, identity.cidr, gateway, { gateway: 1 });
  if (old !== "" && gateway !== old) {
    try {
      book.removeAddress(identity.zone, identity.cidr, old);
    } catch (cause) {
      // The real service only warns when the old gateway was not registered.
      if (!(cause instanceof Refusal)) throw cause;
    }
  }
}

/** POST /cluster/sdn/vnets/{vnet}/subnets. */
export function createSubnet(cluster: Cluster, caller: Caller, parameters: Parameters): null {
  const vnet = text(parameters, "vnet");
  demandVnetAccess(cluster, caller, vnet, ["SDN.Allocate"]);
  return guarded(cluster, parameters, "create sdn subnet object failed", () => {
    const { subnets } = cluster.files;
    const zone = zoneOfVnet(cluster, vnet);
    const id = `${zone}-${text(parameters, "subnet").replace("/", "-")}`;
    const sent = checkOptions(subnetOptions, without(parameters, ["subnet", "type", "lock-token"]), true);
    if (subnets.has(id)) throw died(`sdn subnet object ID '${id}' already defined`);
    const subnet = { type: "subnet", ...sent };
    acceptSubnet(cluster, zone, id, subnet, undefined);
    subnets.put(id, subnet, subnetOptions);
  });
}

/** PUT /cluster/sdn/vnets/{vnet}/subnets/{subnet}. The subnet moves to the vnet of the path. */
export function updateSubnet(cluster: Cluster, caller: Caller, parameters: Parameters): null {
  const id = text(parameters, "subnet");
  const vnet = text(parameters, "vnet");
  demandVnetAccess(cluster, caller, vnet, ["SDN.Allocate"]);
  return guarded(cluster, parameters, "update sdn subnet object failed", () => {
    const { subnets } = cluster.files;
    demandDigest(subnets, parameters);
    const sent = checkOptions(subnetOptions, without(parameters, ["subnet", "lock-token", "digest", "delete"]), false);
    const before = subnets.get(id);
    if (before === undefined) throw died(`sdn subnet '${id}' does not exist`);
    const after = updateSection(subnetOptions, before, sent, splitList(optionalText(parameters, "delete") ?? ""));
    acceptSubnet(cluster, zoneOfVnet(cluster, vnet), id, after, before);
    subnets.put(id, after, subnetOptions);
  });
}

/** DELETE /cluster/sdn/vnets/{vnet}/subnets/{subnet}. Works through any vnet's path, as the real one. */
export function deleteSubnet(cluster: Cluster, caller: Caller, parameters: Parameters): null {
  const id = text(parameters, "subnet");
  const vnet = text(parameters, "vnet");
  demandVnetAccess(cluster, caller, vnet, ["SDN.Allocate"]);
  return guarded(cluster, parameters, "delete sdn subnet object failed", () => {
    const { subnets, zones } = cluster.files;
    const known = subnets.get(id) !== undefined;
    const { zone, cidr } = subnetIdentity(id);
    const book = addressBook(cluster, option(zones.get(zoneOfVnet(cluster, vnet)), "ipam"));
    book?.removeSubnet(known ? zone : "", cidr);
    subnets.remove(id);
  });
}
