import { isByAgent } from "@/lib/core/hosts/zone-abilities";
import type { HostService } from "@/lib/core/layout/model";

/** A guess for the form alone; the rules read the network. */
export const isIpv6 = (cidr: string): boolean => cidr.includes(":");

const DHCP = ["ranges", "domain", "lease", "dnsServers", "reservations", "options"].map((name) => `dhcp.${name}`);

/** The fields, as problems name them, at which the form of a service says what is wrong with them. */
export function shownFields(service: HostService): string[] {
  const dhcp = service.dhcp ? DHCP : [];
  if (!isByAgent(service)) return ["provider", ...dhcp];
  const node = ["gatewayNode", "uplink", ...(service.snat || service.snatExclude ? ["snatExclude"] : [])];
  const policy = ["forward", "routes", ...(service.guardExceptions ? ["guardExceptions"] : [])];
  return ["provider", ...node, ...dhcp, ...policy, ...(isIpv6(service.cidr) || service.ra ? ["ra"] : [])];
}
