import type { Caller } from "@/lib/simulator/access/accounts";
import { demandAny } from "@/lib/simulator/access/check";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { badParameters, died } from "@/lib/simulator/http/refusal";
import { splitList } from "@/lib/simulator/schema/formats";
import { optionalText, type Parameters, text, without } from "@/lib/simulator/schema/parameters";
import { demandDigest } from "@/lib/simulator/sdn/digest";
import { guarded } from "@/lib/simulator/sdn/lock";
import {
  checkOptions,
  isSet,
  type OptionTable,
  option,
  type Section,
  updateSection,
} from "@/lib/simulator/sdn/section";
import { demandZoneRules } from "@/lib/simulator/sdn/vnet-tags";

/** The options of a vnet. */
const vnetOptions: OptionTable = {
  zone: "required",
  tag: "optional",
  alias: "optional",
  vlanaware: "optional",
  "isolate-ports": "optional",
};

/**
 * An alias outside ASCII passes every check and is lost all the same: the file is read back as bytes,
 * which no longer fit the pattern, and the option is skipped.
 */
function withReadableAlias(vnet: Section): Section {
  const alias = option(vnet, "alias");
  return Buffer.byteLength(alias) === alias.length ? vnet : without(vnet, ["alias"]);
}

/** Refuses a missing vnet (500) before missing rights on it (403), in the order of the real service. */
export function demandVnetAccess(cluster: Cluster, caller: Caller, vnet: string, privileges: readonly string[]): void {
  const section = cluster.files.vnets.get(vnet);
  if (section === undefined) throw died(`sdn vnet '${vnet}' does not exist`);
  demandAny(caller, `/sdn/zones/${option(section, "zone")}/${vnet}`, privileges);
}

/** True when any subnet belongs to the vnet. */
export function vnetHasSubnets(cluster: Cluster, vnet: string): boolean {
  return cluster.files.subnets.where("vnet", vnet).length > 0;
}

/** POST /cluster/sdn/vnets. */
export function createVnet(cluster: Cluster, parameters: Parameters): null {
  const id = text(parameters, "vnet");
  return guarded(cluster, parameters, "create sdn vnet object failed", () => {
    const { vnets } = cluster.files;
    const sent = checkOptions(vnetOptions, without(parameters, ["vnet", "type", "lock-token"]), true);
    if (vnets.has(id)) throw died(`sdn vnet object ID '${id}' already defined`);
    const vnet = { type: "vnet", ...sent };
    demandZoneRules(cluster, id, vnet);
    vnets.put(id, withReadableAlias(vnet), vnetOptions);
  });
}

/** PUT /cluster/sdn/vnets/{vnet}. */
export function updateVnet(cluster: Cluster, caller: Caller, parameters: Parameters): null {
  const id = text(parameters, "vnet");
  demandVnetAccess(cluster, caller, id, ["SDN.Allocate"]);
  return guarded(cluster, parameters, "update sdn vnet object failed", () => {
    const { vnets } = cluster.files;
    demandDigest(vnets, parameters);
    const before = vnets.get(id) ?? {};
    const sent = checkOptions(vnetOptions, without(parameters, ["vnet", "lock-token", "digest", "delete"]), false);
    const after = updateSection(vnetOptions, before, sent, splitList(optionalText(parameters, "delete") ?? ""));
    const subnets = vnetHasSubnets(cluster, id);
    if (subnets && option(before, "zone") !== option(after, "zone"))
      throw badParameters({ zone: "can't change zone if subnets exist" });
    demandZoneRules(cluster, id, after);
    if (subnets && isSet(after, "vlanaware"))
      throw badParameters({ vlanaware: "vlanaware vnet is not compatible with subnets" });
    vnets.put(id, withReadableAlias(after), vnetOptions);
  });
}

/** DELETE /cluster/sdn/vnets/{vnet}. */
export function deleteVnet(cluster: Cluster, caller: Caller, parameters: Parameters): null {
  const id = text(parameters, "vnet");
  demandVnetAccess(cluster, caller, id, ["SDN.Allocate"]);
  return guarded(cluster, parameters, "delete sdn vnet object failed", () => {
    if (vnetHasSubnets(cluster, id)) throw badParameters({ vnet: "Can't delete vnet if subnets exists" });
    cluster.files.vnets.remove(id);
  });
}
