import { parseAddress } from "@/lib/core/net/address";
import { contains, firstHost, networkOf, parseCidr, readCidr, renderCidr } from "@/lib/core/net/cidr";
import { err, ok, type Result } from "@/lib/core/result";
import { parseRanges, readFlag } from "./cell-text";
import type { Subnet, Vnet, Zone } from "./model";
import { type Served, servesItself } from "./served";
import type { RowField } from "./table-text";

/** The cells of one row by what they mean; an empty text where the row says nothing. */
export type RowText = Readonly<Record<Exclude<RowField, "skip">, string>> & {
  /** Whether a network without a gateway gets its first host. */
  readonly firstHost: boolean;
};

export type NewSubnet = Omit<Subnet, "vnet">;

/** The network of a row and what its guests are served with. */
export interface RowNetwork {
  readonly subnet: NewSubnet;
  readonly served: Served;
}

/** The network of a row, null without one; the error says why it cannot be read. What was changed goes to `notes`. */
export function readNetwork(row: RowText, zone: Zone, notes: string[]): Result<RowNetwork | null, string> {
  if (row.cidr === "") {
    const needs = (["gateway", "snat", "dhcp", "dns"] as const).find((field) => row[field] !== "" && !isNo(row[field]));
    return needs === undefined ? ok(null) : err(`${NEEDS[needs]} needs a network.`);
  }
  const read = readCidr(row.cidr);
  if (!read) {
    const parsed = parseCidr(row.cidr);
    return err(parsed.ok ? `${row.cidr} is not a network.` : parsed.error);
  }
  const cidr = renderCidr(read.network);
  if (cidr !== row.cidr) notes.push(`Network ${row.cidr} became ${cidr}.`);
  const served = readServed(row, zone, notes);
  if (!served.ok) return served;
  if (row.gateway === "") {
    const { first, last } = networkOf(cidr);
    const gateway = row.firstHost && first !== last ? { gateway: firstHost(cidr) } : {};
    return ok({ subnet: { cidr, ...gateway }, served: served.value });
  }
  const gateway = parseAddress(row.gateway);
  if (!gateway.ok) return err(`${row.gateway} is not an address.`);
  return contains(cidr, gateway.value)
    ? ok({ subnet: { cidr, gateway: gateway.value }, served: served.value })
    : err(`Gateway ${row.gateway} is outside ${cidr}.`);
}

const NEEDS = { gateway: "A gateway", snat: "SNAT", dhcp: "A DHCP range", dns: "A DNS server" } as const;
const isNo = (text: string): boolean => {
  const flag = readFlag(text);
  return flag.ok && !flag.value;
};

function readServed(row: RowText, zone: Zone, notes: string[]): Result<Served, string> {
  const snat = readFlag(row.snat);
  if (!snat.ok) return err(`SNAT ${row.snat}: write yes or no.`);
  const ranges = parseRanges(row.dhcp);
  if (!ranges.ok) return ranges;
  const wrong = ranges.value.flatMap(({ start, end }) => [start, end]).find((each) => !parseAddress(each).ok);
  if (wrong !== undefined) return err(`${wrong} of the DHCP range is not an address.`);
  const servers = row.dns.split(/[\s,;]+/).filter((each) => each !== "");
  const stranger = servers.find((each) => !parseAddress(each).ok);
  if (stranger !== undefined) return err(`DNS server ${stranger} is not an address.`);
  const kept = servesItself(zone) ? servers.slice(0, 1) : servers;
  if (kept.length < servers.length) notes.push(`Only DNS server ${kept[0]}: Proxmox takes one here.`);
  return ok({
    ...(snat.value ? { snat: true } : {}),
    ...(ranges.value.length > 0 ? { ranges: ranges.value } : {}),
    ...(kept.length > 0 ? { dnsServers: kept } : {}),
  });
}

/** What a row says about the VNet besides its names and tag. */
export function readFlags(row: RowText): Result<Pick<Vnet, "vlanaware" | "isolate-ports">, string> {
  const aware = readFlag(row.vlanaware);
  if (!aware.ok) return err(`VLAN-aware ${row.vlanaware}: write yes or no.`);
  const isolated = readFlag(row.isolate);
  if (!isolated.ok) return err(`Isolated ports ${row.isolate}: write yes or no.`);
  return ok({
    ...(aware.value ? { vlanaware: true } : {}),
    ...(isolated.value ? { "isolate-ports": true } : {}),
  });
}
