import type { HostService, Layout, Subnet, Vnet } from "@/lib/core/layout/model";
import { addressBits, renderAddress } from "@/lib/core/net/address";
import {
  addressCount,
  type Cidr,
  firstHost,
  networkAround,
  networkOf,
  parseCidr,
  renderCidr,
} from "@/lib/core/net/cidr";
import { defaultRange } from "@/lib/core/net/range";
import { err, invariant, ok, type Result } from "@/lib/core/result";
import type { ParameterValue, ParameterValues } from "./parameter";

/** IPAM metadata the starters are documented with. */
const SITE = "onprem-hybridhub";
const STATUS = "active";

/** The name server that guests get when nobody says otherwise, and how long a lease lasts. */
const DNS_SERVER = "8.8.8.8";
const LEASE = "24h";

export function textOf(values: ParameterValues, id: string): string {
  const value = values[id];
  invariant(typeof value === "string", `parameter ${id} is a text`);
  return value;
}

export function numberOf(values: ParameterValues, id: string): number {
  const value = values[id];
  invariant(typeof value === "number", `parameter ${id} is a number`);
  return value;
}

export function namesOf(values: ParameterValues, id: string): string[] {
  const value: ParameterValue | undefined = values[id];
  invariant(typeof value === "object", `parameter ${id} is a list`);
  return [...value];
}

export function cidrOf(values: ParameterValues, id: string): Cidr {
  const cidr = parseCidr(textOf(values, id));
  invariant(cidr.ok, `parameter ${id} is a network`);
  return cidr.value;
}

/**
 * A network out of an address block: the block is divided into 256 parts, and the network of length `prefix` begins with
 * part `part`. So 10.0.0.0/8 gives 10.20.0.0/24 for 20, and 192.168.0.0/16 gives 192.168.20.0/24.
 */
export function networkIn(block: Cidr, part: number, prefix: number): Result<Cidr, string> {
  const whole = networkOf(block);
  const size = addressCount(whole) / 256n;
  const first = whole.first + size * BigInt(part);
  const network = networkAround(whole.family, first, prefix);
  const text = `/${prefix} number ${part}`;
  if (network.first !== first || network.last > whole.last) return err(`${block} has no room for the ${text}.`);
  return ok(renderCidr(network));
}

export interface Frame {
  readonly name: string;
  readonly description: string;
  readonly zone: string;
  readonly bridge: string;
  readonly nodes: string[];
}

/** A layout of one VLAN zone with everything the starters have in common. */
export function vlanLayout(frame: Frame, vnets: Vnet[], subnets: Subnet[], hostServices: HostService[]): Layout {
  return {
    version: 1,
    name: frame.name,
    description: frame.description,
    site: SITE,
    status: STATUS,
    zones: [{ id: frame.zone, type: "vlan", nodes: frame.nodes, ipam: "pve", bridge: frame.bridge }],
    vnets,
    subnets,
    ...(hostServices.length > 0 ? { hostServices } : {}),
  };
}

export const subnetOf = (vnet: string, cidr: Cidr): Subnet => ({ vnet, cidr, gateway: firstHost(cidr) });

/** Gateway and SNAT on a node; with a domain also DHCP with the default range. */
export function routedOn(
  node: string,
  { vnet, cidr, uplink, domain }: { vnet: string; cidr: Cidr; uplink: string; domain?: string },
): HostService {
  const range = defaultRange(cidr, firstHost(cidr));
  return {
    vnet,
    cidr,
    gatewayNode: node,
    uplink,
    snat: true,
    ...(domain === undefined
      ? {}
      : { dhcp: { ranges: range ? [{ ...range }] : [], domain, lease: LEASE, dnsServers: [DNS_SERVER] } }),
  };
}

/** The address `n` places after the network address, for a sentence. */
export const nth = (cidr: Cidr, n: bigint): string => {
  const network = networkOf(cidr);
  invariant(addressBits(network.family) - network.prefix >= 2, `${cidr} has room`);
  return renderAddress({ family: network.family, value: network.first + n });
};
