import { isByAgent } from "@/lib/core/hosts/zone-abilities";
import type { HostService } from "@/lib/core/layout/model";
import { parseCidr, readCidr } from "@/lib/core/net/cidr";
import { hostServiceKey, subnetKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";
import { type HostServiceInPlace, problem, type Rule, removeFix, setFix } from "../subject";

/** What an agent lets through and says on a VNet: SNAT exclusions, guard, traffic between VNets, router advertisements. */
export const hostPolicy: Rule = ({ hostServices }) => {
  const homes = new Map<string, HostServiceInPlace[]>();
  return hostServices.flatMap((item) => {
    if (!isByAgent(item.service)) return [];
    const earlier = homes.get(item.service.vnet) ?? [];
    homes.set(item.service.vnet, [...earlier, item]);
    return [
      ...unsupported(item),
      ...differences(item, earlier),
      ...exclusions(item),
      ...exceptions(item),
      ...advertisement(item),
    ];
  });
};

/**
 * In an EVPN zone every node has the gateway's address and one MAC for it (PVE::Network::SDN::Zones::EvpnPlugin, anycast
 * gateway). The agent would claim both for one node, so it stays away from such VNets.
 */
function unsupported({ key, service, zone }: HostServiceInPlace): Problem[] {
  if (zone?.type !== "evpn" || service.snat) return [];
  const message = `The agent does not serve EVPN zones: the gateway of ${service.cidr} is on every node, and an agent would claim it for one. Let a guest provide ${service.dhcp ? "DHCP" : "this"} (provider: guest), or use another zone.`;
  const fix = setFix("Let a guest provide it", key, "provider", "guest");
  const at = [key, subnetKey(service.vnet, service.cidr)];
  return [problem("host-service-unsupported", "warning", at, message, { field: "provider", fix })];
}

/** What belongs to the VNet and is written on its subnets. Left out means "as the others say". */
const SHARED = ["guard", "forward", "ra"] as const;
const WORDS: Readonly<Record<(typeof SHARED)[number], string>> = {
  guard: "the guard",
  forward: "traffic to other VNets",
  ra: "router advertisements",
};

function differences({ key, service }: HostServiceInPlace, earlier: readonly HostServiceInPlace[]): Problem[] {
  return SHARED.flatMap((field) => {
    const own = service[field];
    const other = earlier.find((item) => item.service[field] !== undefined && item.service[field] !== own);
    if (own === undefined || !other) return [];
    const theirs = other.service[field];
    const message = `The subnets of VNet ${service.vnet} disagree on ${WORDS[field]}: ${said(theirs)} for ${other.service.cidr}, ${said(own)} for ${service.cidr}. It holds for the whole VNet, so set it once.`;
    const at = [key, hostServiceKey(other.service.vnet, other.service.cidr)];
    const fix = setFix(`Use ${said(theirs)}`, key, field, theirs);
    return [problem("host-services-differ", "error", at, message, { field, fix })];
  });
}

const said = (value: boolean | string | undefined): string =>
  value === true ? "on" : value === false ? "off" : String(value);

function exclusions({ key, service, place }: HostServiceInPlace): Problem[] {
  const field = "snatExclude";
  const list = service.snatExclude ?? [];
  if (list.length > 0 && !service.snat) {
    const message = `${service.cidr} has SNAT exclusions but no SNAT, so nothing is excluded from anything. Switch SNAT on or delete them.`;
    const fix = removeFix(key, field);
    return [problem("snat-exclude-invalid", "warning", key, message, { field, fix })];
  }
  const seen = new Set<string>();
  return list.flatMap((text) => {
    const wrong = (message: string) => [problem("snat-exclude-invalid", "error", key, message, { field })];
    const parsed = parseCidr(text);
    if (!parsed.ok) return wrong(`A network that SNAT leaves out does not work. ${parsed.error}`);
    const network = readCidr(parsed.value)?.network;
    if (place?.network && network && network.family !== place.network.family) {
      return wrong(`SNAT of ${service.cidr} cannot leave out ${parsed.value}: one is IPv4, the other IPv6.`);
    }
    if (network?.prefix === 0) {
      return wrong(
        `SNAT of ${service.cidr} leaves out ${parsed.value}, which is everything, so it would never happen. Name the networks that know the guests, or switch SNAT off.`,
      );
    }
    if (seen.has(parsed.value)) return wrong(`${parsed.value} is left out of SNAT twice; keep one.`);
    seen.add(parsed.value);
    return [];
  });
}

function exceptions({ key, service }: HostServiceInPlace): Problem[] {
  const field = "guardExceptions";
  const list = service.guardExceptions ?? [];
  if (list.length > 0 && service.guard === false) {
    const message = `The guard of VNet ${service.vnet} is off, so guests reach the node anyway and its exceptions mean nothing. Switch it on or delete them.`;
    return [problem("guard-exception-invalid", "warning", key, message, { field, fix: removeFix(key, field) })];
  }
  const seen = new Set<string>();
  return list.flatMap(({ protocol, port }) => {
    const wrong = (message: string) => [problem("guard-exception-invalid", "error", key, message, { field })];
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      return wrong(`${port} is not a port; write a whole number from 1 to 65535, such as 22 for SSH.`);
    }
    const name = `${protocol} ${port}`;
    if (seen.has(name)) return wrong(`The guard lets ${name} through twice; keep one.`);
    seen.add(name);
    return [];
  });
}

/** A host makes itself an address only in a /64 (RFC 4862), and dnsmasq advertises no other prefix. */
const ADVERTISED = 64;

interface Fault {
  readonly field: "ra" | "dhcp";
  readonly message: string;
  /** What to set instead; null removes the field. */
  readonly instead?: HostService["ra"] | null;
}

function advertisement({ key, service, place }: HostServiceInPlace): Problem[] {
  const network = place?.network;
  if (!network) return [];
  const fault = network.family === 4 ? ipv4Fault(service) : ipv6Fault(service, network.prefix, place.subnet.gateway);
  if (!fault) return [];
  const { field, message, instead } = fault;
  const fix = instead ? setFix(`Use ${instead}`, key, field, instead) : instead === null ? removeFix(key, field) : null;
  return [problem("ra-invalid", "error", key, message, { field, fix })];
}

function ipv4Fault({ cidr, ra }: HostService): Fault | null {
  if (ra === undefined) return null;
  const message = `${cidr} is IPv4, which has no router advertisements; set them on an IPv6 subnet.`;
  return { field: "ra", message, instead: null };
}

function ipv6Fault(service: HostService, prefix: number, gateway: string | undefined): Fault | null {
  const { cidr, ra, dhcp } = service;
  if (prefix !== ADVERTISED && (ra || dhcp)) {
    const what = ra ? "be advertised to guests" : "have DHCPv6";
    const message = `${cidr} cannot ${what}: that works in a /64 only. Use a /64, or give guests their addresses by hand.`;
    return { field: ra ? "ra" : "dhcp", message };
  }
  if (ra && gateway === undefined) {
    return {
      field: "ra",
      message: `${cidr} has no gateway, so there is no router to advertise. Set one on the subnet.`,
    };
  }
  return addressingFault(service);
}

/** What guests are told of addresses and what DHCPv6 has for them must agree. */
function addressingFault({ cidr, ra, dhcp }: HostService): Fault | null {
  if (ra === "stateful" && !dhcp) {
    const message = `Guests of ${cidr} are told to ask for an address (stateful), but there is no DHCP. Switch DHCP on, or let them make their own.`;
    return { field: "ra", message, instead: "slaac" };
  }
  if (dhcp && (ra === undefined || ra === "slaac")) {
    const why = ra ? "guests are not told to ask for it" : "nothing advertises the router, which DHCPv6 cannot name";
    const message = `${cidr} has DHCPv6, but ${why}. Set router advertisements to stateful, or to stateless for name servers only.`;
    return { field: "ra", message, instead: "stateful" };
  }
  return null;
}
