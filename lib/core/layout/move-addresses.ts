import { readAddress, renderAddress } from "@/lib/core/net/address";
import { type Network, readCidr } from "@/lib/core/net/cidr";
import type { HostService, Subnet } from "./model";

/** Carries an address from one network to the same place in another; what does not fit stays as it is. */
export function addressMover(fromCidr: string, toCidr: string): (address: string) => string {
  const from = readCidr(fromCidr)?.network;
  const to = readCidr(toCidr)?.network;
  if (!from || !to || from.family !== to.family || from.first === to.first) return (address) => address;
  return (address) => movedAddress(address, from, to);
}

function movedAddress(address: string, from: Network, to: Network): string {
  const read = readAddress(address);
  if (!read || read.family !== from.family || read.value < from.first || read.value > from.last) return address;
  const value = to.first + (read.value - from.first);
  return value > to.last ? address : renderAddress({ family: to.family, value });
}

/** The subnet with its gateway and ranges carried along; its network is for the caller. */
export function movedSubnet(subnet: Subnet, move: (address: string) => string): Subnet {
  const next = { ...subnet };
  if (next.gateway !== undefined) next.gateway = move(next.gateway);
  if (next["dhcp-range"]) {
    next["dhcp-range"] = next["dhcp-range"].map((range) => ({
      "start-address": move(range["start-address"]),
      "end-address": move(range["end-address"]),
    }));
  }
  return next;
}

/** The service with its ranges and reservations carried along. */
export function movedService(service: HostService, move: (address: string) => string): HostService {
  const { dhcp } = service;
  if (!dhcp) return service;
  const next = { ...dhcp };
  if (next.ranges) next.ranges = next.ranges.map((range) => ({ start: move(range.start), end: move(range.end) }));
  if (next.reservations) next.reservations = next.reservations.map((lease) => ({ ...lease, ip: move(lease.ip) }));
  return { ...service, dhcp: next };
}
