import { may } from "@/lib/simulator/access/check";
import type { Context, Handlers } from "@/lib/simulator/http/context";
import { diedAt } from "@/lib/simulator/http/refusal";
import { dryRun } from "@/lib/simulator/nodes/dry-run";
import { optionalText, text } from "@/lib/simulator/schema/parameters";
import { applyConfig, rollbackConfig } from "@/lib/simulator/sdn/commit";
import { dhcpRanges } from "@/lib/simulator/sdn/dhcp-ranges";
import { giveLockBack, takeLock } from "@/lib/simulator/sdn/lock";
import { option } from "@/lib/simulator/sdn/section";
import { subnetIdentity } from "@/lib/simulator/sdn/subnet-identity";
import { createSubnet, deleteSubnet, updateSubnet } from "@/lib/simulator/sdn/subnets";
import {
  requestedView,
  type ViewedObject,
  viewFields,
  viewObject,
  viewObjects,
  viewObjectsWhere,
} from "@/lib/simulator/sdn/views";
import { createVnet, deleteVnet, demandVnetAccess, updateVnet } from "@/lib/simulator/sdn/vnets";
import { createZone, deleteZone, updateZone } from "@/lib/simulator/sdn/zones";

const readers = ["SDN.Audit", "SDN.Allocate"] as const;

function listZones({ cluster, caller, parameters }: Context) {
  const type = optionalText(parameters, "type");
  return viewObjects(cluster, "zones", requestedView(parameters))
    .filter((zone) => type === undefined || option(zone.values, "type") === type)
    .filter((zone) => may(caller, `/sdn/zones/${zone.id}`, readers, true))
    .map((zone) => ({ ...viewFields(zone), zone: zone.id }));
}

/** The zone of a vnet, running or edited: a new vnet has it only among its pending values. */
function zoneOf(vnet: ViewedObject): string {
  return option(vnet.values, "zone") || option(vnet.pending, "zone");
}

function listVnets({ cluster, caller, parameters }: Context) {
  return viewObjects(cluster, "vnets", requestedView(parameters))
    .filter((vnet) => may(caller, `/sdn/zones/${zoneOf(vnet)}/${vnet.id}`, readers, true))
    .map((vnet) => ({ ...viewFields(vnet), vnet: vnet.id }));
}

function subnetFields(subnet: ViewedObject): Record<string, unknown> {
  return {
    ...viewFields(subnet),
    ...subnetIdentity(subnet.id),
    id: subnet.id,
    subnet: subnet.id,
    "dhcp-range": dhcpRanges(subnet.values),
  };
}

function listSubnets({ cluster, caller, parameters }: Context) {
  const vnet = text(parameters, "vnet");
  demandVnetAccess(cluster, caller, vnet, readers);
  return viewObjectsWhere(cluster, "subnets", requestedView(parameters), "vnet", vnet).map(subnetFields);
}

function readSubnet({ cluster, caller, parameters }: Context) {
  const vnet = text(parameters, "vnet");
  demandVnetAccess(cluster, caller, vnet, readers);
  const subnet = viewObject(cluster, "subnets", text(parameters, "subnet"), requestedView(parameters));
  if (option(subnet.values, "vnet") !== vnet) throw diedAt("wrong vnet", "API2/Network/SDN/Subnets", 1);
  return subnetFields(subnet);
}

/** Zones, vnets, subnets, and what concerns the whole configuration. */
export const sdnHandlers: Handlers = {
  "GET /cluster/sdn": () => ["vnets", "zones", "controllers", "ipams", "dns", "fabrics"].map((id) => ({ id })),
  "PUT /cluster/sdn": ({ cluster, caller, parameters }) => applyConfig(cluster, caller, parameters),
  "POST /cluster/sdn/lock": ({ cluster, parameters }) => takeLock(cluster, parameters),
  "DELETE /cluster/sdn/lock": ({ cluster, parameters }) => giveLockBack(cluster, parameters),
  "POST /cluster/sdn/rollback": ({ cluster, parameters }) => rollbackConfig(cluster, parameters),
  "GET /cluster/sdn/dry-run": ({ cluster, parameters }) => dryRun(cluster, cluster.node(text(parameters, "node"))),

  "GET /cluster/sdn/zones": listZones,
  "POST /cluster/sdn/zones": ({ cluster, parameters }) => createZone(cluster, parameters),
  "GET /cluster/sdn/zones/{zone}": ({ cluster, parameters }) => {
    const zone = viewObject(cluster, "zones", text(parameters, "zone"), requestedView(parameters));
    return { ...viewFields(zone), zone: zone.id };
  },
  "PUT /cluster/sdn/zones/{zone}": ({ cluster, parameters }) => updateZone(cluster, parameters),
  "DELETE /cluster/sdn/zones/{zone}": ({ cluster, parameters }) => deleteZone(cluster, parameters),

  "GET /cluster/sdn/vnets": listVnets,
  "POST /cluster/sdn/vnets": ({ cluster, parameters }) => createVnet(cluster, parameters),
  "GET /cluster/sdn/vnets/{vnet}": ({ cluster, caller, parameters }) => {
    const id = text(parameters, "vnet");
    demandVnetAccess(cluster, caller, id, readers);
    return { ...viewFields(viewObject(cluster, "vnets", id, requestedView(parameters))), vnet: id };
  },
  "PUT /cluster/sdn/vnets/{vnet}": ({ cluster, caller, parameters }) => updateVnet(cluster, caller, parameters),
  "DELETE /cluster/sdn/vnets/{vnet}": ({ cluster, caller, parameters }) => deleteVnet(cluster, caller, parameters),

  "GET /cluster/sdn/vnets/{vnet}/subnets": listSubnets,
  "POST /cluster/sdn/vnets/{vnet}/subnets": ({ cluster, caller, parameters }) =>
    createSubnet(cluster, caller, parameters),
  "GET /cluster/sdn/vnets/{vnet}/subnets/{subnet}": readSubnet,
  "PUT /cluster/sdn/vnets/{vnet}/subnets/{subnet}": ({ cluster, caller, parameters }) =>
    updateSubnet(cluster, caller, parameters),
  "DELETE /cluster/sdn/vnets/{vnet}/subnets/{subnet}": ({ cluster, caller, parameters }) =>
    deleteSubnet(cluster, caller, parameters),
};
