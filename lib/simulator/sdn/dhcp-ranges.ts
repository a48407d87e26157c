import { badParameters } from "@/lib/simulator/http/refusal";
import { isInside, readAddress } from "@/lib/simulator/sdn/addresses";
import type { Section } from "@/lib/simulator/sdn/section";
import type { SubnetIdentity } from "@/lib/simulator/sdn/subnet-identity";

/** One range as the API gives it back. */
export interface DhcpRange {
  readonly "start-address": string;
  readonly "end-address": string;
}

/** The ranges of a subnet; empty when it has none. */
export function dhcpRanges(subnet: Section): readonly DhcpRange[] {
  const list = subnet["dhcp-range"];
  if (!Array.isArray(list)) return [];
  return list.map((entry: string) => {
    const parts = Object.fromEntries(entry.split(",").map((part) => part.trim().split("=")));
    return { "start-address": String(parts["start-address"]), "end-address": String(parts["end-address"]) };
  });
}

/** Refuses ranges that are no addresses, run backwards, leave the subnet or overlap. */
export function demandGoodRanges(subnet: Section, { network, mask, cidr }: SubnetIdentity): void {
  const refuse = (text: string) => badParameters({ "dhcp-range": text });
  const accepted: { from: bigint; to: bigint }[] = [];
  for (const range of dhcpRanges(subnet)) {
    const { "start-address": start, "end-address": end } = range;
    const from = readAddress(start);
    const to = readAddress(end);
    if (from === undefined) throw refuse(`start-address is not a valid IP ${start}`);
    if (to === undefined) throw refuse(`end-address is not a valid IP ${end}`);
    if (from.family === to.family && from.value > to.value)
      throw refuse(`start-address ${start} must be smaller than end-address ${end}`);
    for (const [name, address] of Object.entries(range))
      if (!isInside(address, network, Number(mask))) throw refuse(`${name} ${address} is not in subnet ${cidr}`);
    if (accepted.some((other) => from.value <= other.to && other.from <= to.value))
      throw refuse("dhcp ranges must not overlap");
    accepted.push({ from: from.value, to: to.value });
  }
}
