import type { Cluster } from "@/lib/simulator/cluster/cluster";
import type { Context, Handlers } from "@/lib/simulator/http/context";
import { diedAt } from "@/lib/simulator/http/refusal";
import { optionalNumber, optionalText, text } from "@/lib/simulator/schema/parameters";
import { isInside } from "@/lib/simulator/sdn/addresses";
import type { RegisteredAddress } from "@/lib/simulator/sdn/ipam-database";
import { addressBook } from "@/lib/simulator/sdn/ipam-plugin";
import { committed } from "@/lib/simulator/sdn/sdn-config";
import { option } from "@/lib/simulator/sdn/section";
import { type SubnetIdentity, subnetIdentity } from "@/lib/simulator/sdn/subnet-identity";

/** The running subnet of the vnet an address belongs to; refuses (500) when there is none. */
function subnetFor(cluster: Cluster, vnet: string, ip: string): SubnetIdentity {
  for (const [id, subnet] of committed(cluster.running, "subnets")) {
    const identity = subnetIdentity(id);
    if (option(subnet ?? undefined, "vnet") === vnet && isInside(ip, identity.network, Number(identity.mask)))
      return identity;
  }
  throw diedAt(`can't find any subnet for ip ${ip}`, "Network/SDN/Subnets", 115);
}

function bookOf(cluster: Cluster, subnet: SubnetIdentity) {
  const zone = committed(cluster.running, "zones").get(subnet.zone);
  return addressBook(cluster, option(zone ?? undefined, "ipam"));
}

function entryFrom({ parameters }: Context): RegisteredAddress {
  const mac = optionalText(parameters, "mac");
  const vmid = optionalNumber(parameters, "vmid");
  return { ...(mac === undefined ? {} : { mac }), ...(vmid === undefined ? {} : { vmid }) };
}

function add(context: Context): null {
  const { cluster, parameters } = context;
  const ip = text(parameters, "ip");
  const subnet = subnetFor(cluster, text(parameters, "vnet"), ip);
  bookOf(cluster, subnet)?.addAddress(subnet.zone, subnet.cidr, ip, entryFrom(context));
  cluster.onChange(false);
  return null;
}

/** Moves the address registered for the MAC to another one. A MAC without an address is refused (500). */
function move(context: Context): null {
  const { cluster, parameters } = context;
  const vnet = text(parameters, "vnet");
  const mac = optionalText(parameters, "mac");
  const ip = text(parameters, "ip");
  for (const [id, subnet] of committed(cluster.running, "subnets")) {
    const identity = subnetIdentity(id);
    if (option(subnet ?? undefined, "vnet") !== vnet) continue;
    const old = cluster.ipam.addressesOf(identity.zone, identity.cidr).find(([, entry]) => entry.mac === mac)?.[0];
    if (old === undefined) continue;
    const target = subnetFor(cluster, vnet, ip);
    const book = bookOf(cluster, target);
    const { vmid: _, ...entry } = entryFrom(context);
    book?.addAddress(target.zone, target.cidr, ip, entry);
    book?.removeAddress(identity.zone, identity.cidr, old);
    cluster.onChange(false);
    return null;
  }
  throw diedAt("can't find any subnet for ip ", "Network/SDN/Subnets", 115);
}

function remove({ cluster, parameters }: Context): null {
  const ip = text(parameters, "ip");
  const subnet = subnetFor(cluster, text(parameters, "vnet"), ip);
  bookOf(cluster, subnet)?.removeAddress(subnet.zone, subnet.cidr, ip);
  cluster.onChange(false);
  return null;
}

/** Addresses of a vnet: they need an applied subnet, take effect at once and ignore the lock. */
export const addressHandlers: Handlers = {
  "POST /cluster/sdn/vnets/{vnet}/ips": add,
  "PUT /cluster/sdn/vnets/{vnet}/ips": move,
  "DELETE /cluster/sdn/vnets/{vnet}/ips": remove,
};
