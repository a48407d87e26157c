import { parseAddress, readAddress } from "@/lib/core/net/address";
import { broadcastOf, type Network, renderCidr } from "@/lib/core/net/cidr";
import { defaultRange, type NumericRange, type RangeFault, rangesOverlap, readRange } from "@/lib/core/net/range";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { Fix, Problem } from "@/lib/core/problem";
import type { ProblemCode } from "../codes";
import { problem, type Rule, type SubnetInPlace, setFix } from "../subject";

/** DHCP ranges of subnets and of host services. Proxmox checks "inside" and "not reversed", and nothing else. */
export const dhcpRanges: Rule = ({ subnets, hostServices }) => {
  const problems: Problem[] = [];
  for (const place of subnets) {
    const ranges = place.subnet["dhcp-range"];
    if (!ranges || !place.network) continue;
    const plain = ranges.map((range) => ({ start: range["start-address"], end: range["end-address"] }));
    const render = (start: string, end: string) => [{ "start-address": start, "end-address": end }];
    problems.push(
      ...judge({ place, key: place.key, field: "dhcp-range", network: place.network, ranges: plain, render }),
    );
  }
  for (const { key, service, place } of hostServices) {
    const dhcp = service.dhcp;
    if (!dhcp || !place?.network) continue;
    const render = (start: string, end: string) => [{ start, end }];
    const ranges = dhcp.ranges ?? [];
    problems.push(...judge({ place, key, field: "dhcp.ranges", network: place.network, ranges, render }));
    if (ranges.length === 0 && suggestion(place) === null && (dhcp.reservations ?? []).length === 0) {
      const message = `${service.cidr} is too small for DHCP: no address is left beside the gateway. Use a larger network or switch DHCP off.`;
      problems.push(problem("range-no-room", "error", key, message, { field: "dhcp" }));
    }
  }
  return problems;
};

interface Ranges {
  readonly place: SubnetInPlace;
  readonly key: EntityKey;
  readonly field: string;
  readonly network: Network;
  readonly ranges: readonly { readonly start: string; readonly end: string }[];
  /** Writes one range the way this place stores them. */
  readonly render: (start: string, end: string) => unknown;
}

function judge(input: Ranges): Problem[] {
  const { key, field, ranges } = input;
  const good: { readonly text: string; readonly range: NumericRange }[] = [];
  return ranges.flatMap(({ start, end }): Problem[] => {
    const text = `${start || "(nothing)"} to ${end || "(nothing)"}`;
    const range = readRange(start, end);
    if (!range.ok) return [unreadable(input, text, start, end, range.error)];
    const other = good.find((earlier) => rangesOverlap(earlier.range, range.value));
    good.push({ text, range: range.value });
    const message = `The ranges ${other?.text} and ${text} overlap; every address may be in one only.`;
    const overlap = other ? [problem("range-overlap", "error", key, message, { field })] : [];
    return [...placement(input, text, range.value), ...overlap];
  });
}

function unreadable(input: Ranges, text: string, start: string, end: string, fault: RangeFault): Problem {
  if (fault === "reversed") {
    const fix =
      input.ranges.length === 1 ? setFix("Swap start and end", input.key, input.field, input.render(end, start)) : null;
    const message = `The range ${text} ends before it starts; swap the two.`;
    return problem("range-reversed", "error", input.key, message, { field: input.field, fix });
  }
  const reason = fault === "mixed" ? "mixes IPv4 and IPv6" : "is not made of two addresses";
  return wrong(input, "range-invalid", `The range ${text} ${reason}.`);
}

/** Where a range lies. One problem per range: the first that holds makes the others pointless. */
function placement(input: Ranges, text: string, range: NumericRange): Problem[] {
  const { network, place } = input;
  const cidr = renderCidr(network);
  if (range.family !== network.family || range.start < network.first || range.end > network.last) {
    return [wrong(input, "range-outside", `The range ${text} does not lie within ${cidr}.`)];
  }
  const holds = (address: bigint | null) => address !== null && address >= range.start && address <= range.end;
  const broadcast = broadcastOf(network);
  if (holds(broadcast) || (broadcast !== null && holds(network.first))) {
    return [
      wrong(
        input,
        "range-holds-network",
        `The range ${text} contains the network or broadcast address of ${cidr}, which no guest can have.`,
      ),
    ];
  }
  const gateway = place.subnet.gateway === undefined ? null : readAddress(place.subnet.gateway);
  if (gateway && gateway.family === range.family && holds(gateway.value)) {
    return [
      wrong(
        input,
        "range-holds-gateway",
        `The range ${text} contains the gateway ${place.subnet.gateway}, which a guest would then get too.`,
      ),
    ];
  }
  return [];
}

function wrong(input: Ranges, code: ProblemCode, reason: string): Problem {
  const offer = suggestion(input.place);
  const advice = offer ? ` ${offer.start} to ${offer.end} would do.` : "";
  const fix: Fix | null =
    offer && input.ranges.length === 1
      ? setFix(`Use ${offer.start} to ${offer.end}`, input.key, input.field, input.render(offer.start, offer.end))
      : null;
  return problem(code, "error", input.key, `${reason}${advice}`, { field: input.field, fix });
}

function suggestion({ network, subnet }: SubnetInPlace) {
  if (!network) return null;
  const gateway = subnet.gateway === undefined ? null : parseAddress(subnet.gateway);
  return defaultRange(renderCidr(network), gateway?.ok ? gateway.value : undefined);
}
