import type { ClusterFacts } from "../../ports";
import type { Entity, EntityKey } from "../entity";
import type { Check } from "../plan";
import { type CheckInput, check, few, liveEntities, nodeFacts, touchedZones, zoneNodes } from "./check";
import { type VlanOnBridge, vlansOnBridges } from "./claims";

/**
 * A node without the zone's bridge does not fail an apply; the VNet is just missing there. So it is looked at before. A
 * zone that lacks it already can be worked with, for nothing gets worse.
 */
export function bridgeCheck(input: CheckInput): Check {
  const [id, title] = ["bridges", "Bridges"];
  const places = bridgesNeeded(input.goal, input).filter(({ zone }) => zone.id in input.prove);
  // A bridge that the token may not see looks like one that is missing (PVE::API2::Network lists those it may use).
  const audit = input.facts.privileges?.find((one) => one.path === "/sdn" && one.privilege === "SDN.Audit");
  const hidden = audit !== undefined && !audit.granted;
  const absent = places.filter((place) => hasBridge(place, input) === false);
  const missing = hidden ? [] : absent;
  if (missing.length > 0) {
    const before = new Set(bridgesNeeded(liveEntities(input), input).map(placeText));
    const news = missing.filter((place) => !before.has(placeText(place)));
    const told = news.length > 0 ? news : missing;
    const at = [...new Set(told.map(({ zone }) => zone.key))];
    const list = few(told.map(placeText), 8);
    if (news.length > 0) {
      const detail = `Missing: ${list}. Create the bridge or take the node out of the zone.`;
      return check(id, title, "block", detail, at);
    }
    const detail = `Missing: ${list}, so the run can only end as partially applied. It is already so in the cluster.`;
    return check(id, title, "warn", detail, at);
  }
  const unread = places.filter((place) => hasBridge(place, input) === null);
  const unseen = [...new Set([...unread, ...(hidden ? absent : [])].map(({ node }) => node))];
  if (unseen.length === 0) return check(id, title, "pass", "Every bridge exists where it is needed.");
  const rights = hidden ? ", or the token may not see their bridges" : "";
  const detail = `Not checked on ${unseen.join(", ")}: the network of these nodes is not readable${rights}.`;
  return check(id, title, "unknown", detail, [], hidden ? [audit.grant] : []);
}

/** A bridge that a zone needs on a node. */
interface Place {
  readonly zone: Entity;
  readonly bridge: string;
  readonly node: string;
}

const bridgesNeeded = (entities: readonly Entity[], { facts }: CheckInput): Place[] =>
  entities.flatMap((zone) => {
    const bridge = zone.kind === "zone" ? zone.props["bridge"] : undefined;
    return typeof bridge === "string" ? zoneNodes(zone, facts).map((node) => ({ zone, bridge, node })) : [];
  });

const placeText = ({ zone, bridge, node }: Place): string => `${bridge} on ${node} (zone ${zone.id})`;

/** Null when the node's network could not be read. */
function hasBridge({ bridge, node }: Place, input: CheckInput): boolean | null {
  return nodeFacts(input, node)?.bridges?.some(({ name }) => name === bridge) ?? null;
}

/**
 * A VLAN that a node itself has an address in: Proxmox takes that interface over for the VNet and cuts the address off
 * (proxmox.md section 13: a Ceph monitor was lost that way).
 */
export function hostVlanCheck(input: CheckInput): Check[] {
  const [id, title] = ["host-vlans", "VLANs of the nodes themselves"];
  const touched = new Set(touchedZones(input).map((zone) => zone.id));
  const claims = vlansOnBridges(input.goal).filter(({ zone }) => touched.has(zone.id));
  if (claims.length === 0) return [];
  const clashes = claims.flatMap((claim) => ownVlans(claim, input.facts));
  const before = new Set(
    vlansOnBridges(liveEntities(input)).flatMap((claim) => ownVlans(claim, input.facts).map(textOf)),
  );
  const news = clashes.filter((clash) => !before.has(clash.text));
  const told = news.length > 0 ? news : clashes;
  const at = [...new Set(told.map(({ key }) => key))];
  const list = few(told.map(textOf), 5, "; ");
  if (news.length > 0) {
    const detail = `Proxmox would take over an address of a node: ${list}. Use another tag.`;
    return [check(id, title, "block", detail, at)];
  }
  if (told.length > 0) return [check(id, title, "warn", `${list}. It is already so in the cluster.`, at)];
  const nodes = new Set(claims.flatMap(({ zone }) => zoneNodes(zone, input.facts)));
  const unseen = [...nodes].filter((name) => (nodeFacts(input, name)?.bridges ?? null) === null);
  if (unseen.length > 0) return [check(id, title, "unknown", `Not checked on ${unseen.join(", ")}.`)];
  return [check(id, title, "pass", "No tag meets a node's own VLAN interface.")];
}

interface OwnVlan {
  readonly key: EntityKey;
  readonly text: string;
}

const textOf = ({ text }: OwnVlan): string => text;

/** Where nodes of the claim's zone have an address in that VLAN of the bridge, or of one of its ports. */
function ownVlans({ entity, zone, vlan }: VlanOnBridge, facts: ClusterFacts): OwnVlan[] {
  const names = new Set(zoneNodes(zone, facts));
  return facts.nodes.flatMap(({ name, interfaces, bridges }) => {
    const found = names.has(name)
      ? interfaces.filter((face) => face.addresses.length > 0 && face.vlan?.tag === vlan.tag)
      : [];
    return found.flatMap((face): OwnVlan[] => {
      const device = face.vlan?.device ?? "";
      const isPort = bridges?.some((bridge) => bridge.name === vlan.bridge && bridge.ports.includes(device)) ?? false;
      if (device !== vlan.bridge && !isPort) return [];
      const what = `${entity.kind === "zone" ? "service tag of zone" : "VNet"} ${entity.id}`;
      return [{ key: entity.key, text: `${face.name} on ${name} holds ${face.addresses.join(", ")} (${what})` }];
    });
  });
}

/**
 * Whether a VNet has the name of a node's interface, or a network that a node is in, is among the rules of a layout; they
 * cannot judge a node whose network is not readable.
 */
export function nodeNetworkCheck({ facts, differences, problems }: CheckInput): Check[] {
  const [id, title] = ["interface-names", "Names and networks of the nodes"];
  const comes = differences.some(({ op }) => op !== "delete");
  if (!comes || problems.some(({ code }) => code === "id-collision" || code === "subnet-overlaps-node")) return [];
  const unseen = facts.nodes.filter(({ bridges }) => bridges === null).map(({ name }) => name);
  if (unseen.length > 0) {
    const detail = `Not checked on ${few(unseen, 5)}: whether an interface there has the name of a VNet, or an address in one of the networks.`;
    return [check(id, title, "unknown", detail)];
  }
  return [check(id, title, "pass", "No VNet has the name of an interface, and no node is in one of the networks.")];
}
