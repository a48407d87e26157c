import * as z from "zod";
import { layoutSchema } from "@/lib/core/layout/model";
import { SCHEMA_KEY } from "./layout-text";

/** What an editor shows beside a key, by its place in the document. Keys that only repeat Proxmox's own word have none. */
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  version: "Version of the layout format: 1.",
  name: "Name of the layout, for people.",
  site: "Inventory data; never sent to Proxmox.",
  status: "Inventory data; never sent to Proxmox.",
  "zones.id": "2 to 8 letters and digits, the first a letter.",
  "zones.nodes": "Nodes the zone is on; left out: every node.",
  "zones.ipam": "Name of an IPAM known to the cluster, such as pve.",
  "zones.dhcp": "Proxmox's own DHCP server; simple zones only.",
  "zones.bridge": "Bridge that carries the VLANs; VLAN and QinQ zones.",
  "zones.tag": "Service tag of a QinQ zone.",
  "zones.peers": "Addresses of the VXLAN tunnel's ends.",
  "zones.vrf-vxlan": "VXLAN number of the zone's routing table; EVPN zones.",
  "zones.proxmox": "Properties Proxmox returned that this schema does not model; sent back unchanged.",
  "vnets.id": "2 to 8 letters and digits, the first a letter; unique in the cluster.",
  "vnets.zone": "The id of a zone.",
  "vnets.tag": "VLAN tag, or VXLAN number in VXLAN and EVPN zones.",
  "vnets.alias": "A name for people.",
  "vnets.vlanaware": "Guests may use VLAN tags of their own on this VNet.",
  "vnets.site": "Inventory data; never sent to Proxmox.",
  "vnets.status": "Inventory data; never sent to Proxmox.",
  "vnets.role": "Inventory data; never sent to Proxmox.",
  "vnets.proxmox": "Properties Proxmox returned that this schema does not model; sent back unchanged.",
  "subnets.vnet": "The id of a VNet.",
  "subnets.cidr": "The network, such as 10.10.0.0/24.",
  "subnets.gateway": "The gateway's address; a VLAN, QinQ or VXLAN zone only records it.",
  "subnets.snat": "Proxmox's own SNAT; simple and EVPN zones only. Elsewhere use hostServices.",
  "subnets.dhcp-range": "Ranges of Proxmox's own DHCP server; simple zones only. Elsewhere use hostServices.",
  "subnets.proxmox": "Properties Proxmox returned that this schema does not model; sent back unchanged.",
  hostServices: "Gateway, SNAT and DHCP where Proxmox provides none.",
  "hostServices.vnet": "The id of a VNet.",
  "hostServices.cidr": "The CIDR of one of its subnets.",
  "hostServices.provider": "Who routes: agent (default), guest or edge. Guest and edge only document it.",
  "hostServices.gatewayNode": "The node that has the gateway's address; the same for all subnets of a VNet.",
  "hostServices.uplink": "The interface towards the outside.",
  "hostServices.snat": "Guests leave through the uplink under the node's own address.",
  "hostServices.snatExclude": "Networks that guests reach under their own address.",
  "hostServices.dhcp.ranges":
    "Addresses to hand out; left out or empty: the usual range of the network, but an empty list beside reservations means those alone.",
  "hostServices.dhcp.lease": "Lease time, such as 24h.",
  "hostServices.dhcp.options": "ntp-servers, search, static-routes, tftp-server, boot-file, mtu.",
  "hostServices.guard": "Guests of the VNet reach nothing of the node but DHCP and ping; on unless false.",
  "hostServices.guardExceptions": "Ports of the node that guests may reach all the same.",
  "hostServices.forward": "Whether guests of the VNet reach other VNets of the node: allow (default) or deny.",
  "hostServices.ra":
    "IPv6 router advertisements: slaac, stateless (name servers by DHCP) or stateful (addresses by DHCP).",
  "hostServices.routes": "Routes the node sets, each to a destination via a router in one of its subnets.",
  exceptions: "Problems the author accepts.",
  "exceptions.problem": "Code of the problem, such as subnet-overlap.",
  "exceptions.at": "Keys of the objects concerned, such as subnet/vnetmgmt/10.10.0.0/24.",
};

type Schema = z.core.JSONSchema.BaseSchema;

/**
 * The layout document as JSON Schema, for editors and other programs. It judges the shape only, as `parseLayoutText`
 * does. Draft 7, because that is what editors read best.
 */
export function layoutJsonSchema(): object {
  const schema = z.toJSONSchema(layoutSchema, { target: "draft-7" });
  const { $schema, properties, ...rest } = schema;
  return described(
    {
      ...($schema ? { $schema } : {}),
      title: "Trunkline layout",
      ...rest,
      properties: {
        [SCHEMA_KEY]: { type: "string", description: "Where this schema is, for editors." },
        ...properties,
      },
    },
    [],
  );
}

/** A list and its entries have one place; the words go to the list. */
function described(node: Schema, path: readonly string[], words = FIELD_WORDS[path.join(".")]): Schema {
  const { properties, items } = node;
  const inner = Object.entries(properties ?? {}).map(([key, value]) => [
    key,
    described(value as Schema, [...path, key]),
  ]);
  return {
    ...node,
    ...(words ? { description: words } : {}),
    ...(properties ? { properties: Object.fromEntries(inner) } : {}),
    ...(items ? { items: described(items as Schema, path, "") } : {}),
  };
}
