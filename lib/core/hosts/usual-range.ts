import type { HostService, Subnet } from "@/lib/core/layout/model";
import { type Address, parseAddress } from "@/lib/core/net/address";
import { type Cidr, parseCidr, readCidr } from "@/lib/core/net/cidr";
import { type AddressRange, defaultRange } from "@/lib/core/net/range";
import { isByAgent } from "./zone-abilities";

type Dhcp = NonNullable<HostService["dhcp"]>;

/**
 * The range that is served because none is written; null where some are, or where none fits. Reservations beside an empty
 * list mean that nobody else gets an address.
 */
export function usualRange(dhcp: Dhcp, cidr: Cidr, gateway: Address | undefined): AddressRange | null {
  const { ranges, reservations = [] } = dhcp;
  const silent = ranges === undefined || (ranges.length === 0 && reservations.length === 0);
  return silent ? defaultRange(cidr, gateway) : null;
}

/** The same for a service of a layout, as its node would serve it; null where no node gives out addresses for it. */
export function usualRangeOf(service: HostService, subnet: Subnet): AddressRange | null {
  const cidr = parseCidr(subnet.cidr);
  if (!service.dhcp || !isByAgent(service) || !cidr.ok) return null;
  // DHCPv6 gives out addresses only where guests are told to ask for one.
  if (readCidr(cidr.value)?.network.family === 6 && service.ra !== "stateful") return null;
  const gateway = subnet.gateway === undefined ? null : parseAddress(subnet.gateway);
  return usualRange(service.dhcp, cidr.value, gateway?.ok ? gateway.value : undefined);
}
