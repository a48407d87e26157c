import { type Network, readCidr } from "../../net/cidr";
import { findOverlaps } from "../../net/overlap";
import { differenceKey } from "../diff";
import type { Entity } from "../entity";
import type { Check } from "../plan";
import { type CheckInput, check, few, zoneNodes } from "./check";

/**
 * What this plan shares with zones of others. The rules of a layout see that layout alone; Proxmox looks at neither
 * (proxmox.md section 4: same bridge and tag in two zones, overlapping subnets are accepted).
 */

const SO_ALREADY = "It is already so in the cluster.";

/** A VLAN of a bridge, and what occupies it. */
interface Wire {
  readonly name: string;
  readonly entity: Entity;
  readonly zone: Entity;
}

/** The same VLAN on the same bridge through a zone of others: on a node of both, two bridges fight for one interface. */
export function sharedVlanCheck(input: CheckInput): Check[] {
  const { goal, mine, facts } = input;
  const zones = new Map(goal.filter(({ kind }) => kind === "zone").map((zone) => [zone.id, zone]));
  const wires = goal.flatMap((entity) => wireOf(entity, zones));
  const foreign = new Map<string, Wire[]>();
  for (const wire of wires) {
    if (!mine.has(wire.entity.key)) foreign.set(wire.name, [...(foreign.get(wire.name) ?? []), wire]);
  }
  const clashes = wires.flatMap((wire) => {
    if (!mine.has(wire.entity.key)) return [];
    const nodes = zoneNodes(wire.zone, facts);
    return (foreign.get(wire.name) ?? [])
      .filter(({ zone }) => zone.id !== wire.zone.id && zoneNodes(zone, facts).some((node) => nodes.includes(node)))
      .map((other) => ({
        key: wire.entity.key,
        text: `${wire.name} is ${nameOf(wire)} and ${nameOf(other)}, which is not ours`,
      }));
  });
  return verdict(input, clashes, {
    id: "shared-vlans",
    title: "VLANs of other zones",
    fresh: "block",
    advice: "Use another tag, or have the other zone leave these nodes.",
  });
}

function wireOf(entity: Entity, zones: ReadonlyMap<string, Entity>): Wire[] {
  const zone = entity.kind === "zone" ? entity : zones.get(String(entity.props["zone"]));
  const bridge = zone?.props["bridge"];
  const tag = entity.props["tag"];
  if (!zone || bridge === undefined || tag === undefined || entity.kind === "subnet") return [];
  // A QinQ zone occupies its service tag; its VNets live inside that.
  const occupies = zone.props["type"] === (entity.kind === "zone" ? "qinq" : "vlan");
  return occupies ? [{ name: `VLAN ${tag} on ${bridge}`, entity, zone }] : [];
}

const nameOf = ({ entity, zone }: Wire): string =>
  entity.kind === "zone" ? `the service tag of zone ${zone.id}` : `VNet ${entity.id} of zone ${zone.id}`;

/** Networks of ours that overlap networks of others. They may be isolated from each other, so a person can allow it. */
export function foreignNetworkCheck(input: CheckInput): Check[] {
  const items = input.goal.flatMap((entity): { network: Network; item: Entity }[] => {
    const read = entity.kind === "subnet" ? readCidr(entity.key.split("/").slice(2).join("/")) : null;
    return read ? [{ network: read.network, item: entity }] : [];
  });
  if (!items.some(({ item }) => !input.mine.has(item.key))) return [];
  const clashes = findOverlaps(items).flatMap(({ item, inside }) =>
    inside.flatMap((outer) => {
      const [own, other] = input.mine.has(item.key) ? [item, outer] : [outer, item];
      if (!input.mine.has(own.key) || input.mine.has(other.key)) return [];
      const gateway = own.props["gateway"] !== undefined && own.props["gateway"] === other.props["gateway"];
      const same = gateway ? `, both with the gateway ${own.props["gateway"]}` : "";
      return [{ key: own.key, text: `${subnetName(own)} overlaps ${subnetName(other)}, which is not ours${same}` }];
    }),
  );
  return verdict(input, clashes, {
    id: "foreign-networks",
    title: "Networks of other zones",
    fresh: "confirm",
    advice: "Change one of them, or tick that the two are isolated from each other.",
  });
}

const subnetName = ({ key, props }: Entity): string =>
  `${key.split("/").slice(2).join("/")} (VNet ${props["vnet"]}, zone ${props["zone"]})`;

interface Clash {
  readonly key: string;
  readonly text: string;
}

/** New clashes stand in the way; what is so in the cluster already, and stays, is only told. */
function verdict(
  { differences }: CheckInput,
  clashes: readonly Clash[],
  { id, title, fresh, advice }: { id: string; title: string; fresh: "block" | "confirm"; advice: string },
): Check[] {
  if (clashes.length === 0) return [];
  const changed = new Set(differences.map(differenceKey));
  const news = clashes.filter(({ key }) => changed.has(key));
  const told = news.length > 0 ? news : clashes;
  const text = few(
    told.map((clash) => clash.text),
    5,
    "; ",
  );
  const at = [...new Set(told.map(({ key }) => key))];
  if (news.length > 0) return [check(id, title, fresh, `${text}. ${advice}`, at)];
  return [check(id, title, "warn", `${text}. ${SO_ALREADY}`, at)];
}
