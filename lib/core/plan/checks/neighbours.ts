import { type Network, readCidr } from "../../net/cidr";
import { findOverlaps } from "../../net/overlap";
import type { Entity, EntityKey } from "../entity";
import type { Check } from "../plan";
import { type CheckInput, check, few, liveEntities, zoneNodes } from "./check";
import { type Claim, claimsOf, nameOf } from "./claims";

/**
 * What this plan shares with objects of others. The rules of a layout see that layout alone; Proxmox looks at hardly any
 * of it (proxmox.md section 4: same bridge and tag in two zones, overlapping subnets are accepted).
 */

const SO_ALREADY = "It is already so in the cluster.";

/** The same VLAN on the same bridge through a zone of others: on a node of both, two bridges fight for one interface. */
export const sharedVlanCheck = (input: CheckInput): Check[] =>
  verdict(input, (entities) => sharedClaims(input, entities, "vlan"), {
    id: "shared-vlans",
    title: "VLANs of other zones",
    fresh: "block",
    advice: "Use another tag, or have the other one leave these nodes.",
  });

/** A VNI is one over the whole cluster: refused when two VNets have it, and not noticed when it is also that of a VRF. */
export const sharedVniCheck = (input: CheckInput): Check[] =>
  verdict(input, (entities) => sharedClaims(input, entities, "vni"), {
    id: "shared-vnis",
    title: "VNIs of other zones",
    fresh: "block",
    advice: "Use another VNI.",
  });

function sharedClaims(input: CheckInput, entities: readonly Entity[], kind: Claim["kind"]): Clash[] {
  const { mine, facts } = input;
  const claims = claimsOf(entities).filter((claim) => claim.kind === kind);
  const foreign = new Map<string, Claim[]>();
  for (const claim of claims) {
    if (mine.has(claim.entity.key)) continue;
    const list = foreign.get(claim.name);
    if (list) list.push(claim);
    else foreign.set(claim.name, [claim]);
  }
  if (foreign.size === 0) return [];
  return claims.flatMap((own) => {
    const others = mine.has(own.entity.key) ? (foreign.get(own.name) ?? []) : [];
    return others.flatMap((other): Clash[] => {
      const theirs = zoneNodes(other.zone, facts);
      // A VLAN is one per node, a VNI one per cluster.
      const where = kind === "vni" ? [] : zoneNodes(own.zone, facts).filter((node) => theirs.includes(node));
      if (kind === "vlan" && where.length === 0) return [];
      const text = `${own.name} is ${nameOf(own)} and ${nameOf(other)}, which is not ours`;
      return [{ key: own.entity.key, text, where, fatal: false }];
    });
  });
}

/** Networks of ours that overlap networks of others. They may be isolated from each other, so a person can allow it. */
export const foreignNetworkCheck = (input: CheckInput): Check[] =>
  verdict(input, (entities) => sharedNetworks(entities, input.mine), {
    id: "foreign-networks",
    title: "Networks of other zones",
    fresh: "confirm",
    advice: "Change one of them, or tick that the two are isolated from each other.",
  });

function sharedNetworks(entities: readonly Entity[], mine: ReadonlySet<EntityKey>): Clash[] {
  const items = entities.flatMap((entity): { network: Network; item: Placed }[] => {
    const read = entity.kind === "subnet" ? readCidr(cidrOf(entity)) : null;
    return read ? [{ network: read.network, item: { entity, network: read.network } }] : [];
  });
  if (!items.some(({ item }) => !mine.has(item.entity.key))) return [];
  return findOverlaps(items).flatMap(({ item, inside }) =>
    inside.flatMap((outer): Clash[] => {
      const [own, other] = mine.has(item.entity.key) ? [item, outer] : [outer, item];
      if (!mine.has(own.entity.key) || mine.has(other.entity.key)) return [];
      return [overlapOf(own, other)];
    }),
  );
}

interface Placed {
  readonly entity: Entity;
  readonly network: Network;
}

function overlapOf(own: Placed, other: Placed): Clash {
  const gateway = own.entity.props["gateway"];
  const same = gateway !== undefined && gateway === other.entity.props["gateway"];
  const both = same ? `, both with the gateway ${gateway}` : "";
  // Proxmox takes a network once per zone.
  const fatal =
    own.entity.props["zone"] === other.entity.props["zone"] &&
    own.network.first === other.network.first &&
    own.network.prefix === other.network.prefix &&
    own.network.family === other.network.family;
  const word = fatal ? "is the same network as" : "overlaps";
  const text = `${subnetName(own.entity)} ${word} ${subnetName(other.entity)}, which is not ours${both}`;
  return { key: own.entity.key, text, where: [], fatal };
}

const cidrOf = ({ key }: Entity): string => key.split("/").slice(2).join("/");

const subnetName = (subnet: Entity): string =>
  `${cidrOf(subnet)} (VNet ${subnet.props["vnet"]}, zone ${subnet.props["zone"]})`;

/** Something of ours that meets something of others. */
interface Clash {
  readonly key: EntityKey;
  readonly text: string;
  /** Nodes on which the two meet; none where that does not matter. */
  readonly where: readonly string[];
  /** Refused by Proxmox, so that nobody can allow it. */
  readonly fatal: boolean;
}

interface Words {
  readonly id: string;
  readonly title: string;
  readonly fresh: "block" | "confirm";
  readonly advice: string;
}

/** What the plan makes stands in its way; what is so in the cluster already, and stays, is only told. */
function verdict(
  input: CheckInput,
  find: (entities: readonly Entity[]) => readonly Clash[],
  { id, title, fresh, advice }: Words,
): Check[] {
  if (input.differences.length > 0 && !seesOthers(input))
    return [check(id, title, "unknown", "Not checked: the token may not see the objects of others.")];
  const clashes = find(input.goal);
  if (clashes.length === 0) return [];
  const before = new Map(find(liveEntities(input)).map((clash) => [clash.text, clash.where]));
  const news = clashes.filter(({ text, where }) => {
    const known = before.get(text);
    return known === undefined || where.some((node) => !known.includes(node));
  });
  const told = news.length > 0 ? news : clashes;
  const texts = told.map(({ text, where }) => (where.length > 0 ? `${text} (on ${few(where, 3)})` : text));
  const at = [...new Set(told.map(({ key }) => key))];
  const text = few(texts, 5, "; ");
  if (news.length === 0) return [check(id, title, "warn", `${text}. ${SO_ALREADY}`, at)];
  if (news.some(({ fatal }) => fatal))
    return [check(id, title, "block", `${text}. Proxmox takes a network once per zone; change ours.`, at)];
  return [check(id, title, fresh, `${text}. ${advice}`, at)];
}

/** Lists hold only what the token may see, without saying that there is more (proxmox.md section 9). */
function seesOthers({ facts }: CheckInput): boolean {
  const rights = facts.privileges?.filter(({ path, privilege }) => path === "/sdn" && /^SDN\./.test(privilege));
  return rights === undefined || rights.length === 0 || rights.some(({ granted }) => granted);
}
