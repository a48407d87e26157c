import type { ClusterFacts } from "../../ports";
import type { EntityKey } from "../entity";
import type { Check } from "../plan";
import { type CheckInput, check, few, liveEntities, nodeFacts, touchedZones, zoneNodes } from "./check";
import { type VlanOnBridge, vlansOnBridges } from "./claims";

/** A node without the zone's bridge does not fail an apply; the vnet is just missing there. So it is looked at before. */
export function bridgeCheck({ facts, goal, prove }: CheckInput): Check {
  const title = "Bridges";
  // A bridge that the token may not see looks like one that is missing (PVE::API2::Network lists those it may use).
  const audit = facts.privileges?.find(({ path, privilege }) => path === "/sdn" && privilege === "SDN.Audit");
  const seesBridges = audit === undefined || audit.granted;
  const missing: string[] = [];
  const unseen = new Set<string>();
  const at: string[] = [];
  for (const zone of goal) {
    const bridge = zone.props["bridge"];
    if (zone.kind !== "zone" || typeof bridge !== "string" || !(zone.id in prove)) continue;
    for (const name of prove[zone.id] ?? []) {
      const node = facts.nodes.find((candidate) => candidate.name === name);
      if (!node || node.bridges === null) unseen.add(name);
      else if (!node.bridges.some((candidate) => candidate.name === bridge)) {
        if (!seesBridges) unseen.add(name);
        else missing.push(`${bridge} on ${name} (zone ${zone.id})`);
        at.push(zone.key);
      }
    }
  }
  if (missing.length > 0)
    return check(
      "bridges",
      title,
      "block",
      `Missing: ${missing.join(", ")}. Create the bridge or take the node out of the zone.`,
      at,
    );
  if (unseen.size > 0)
    return check(
      "bridges",
      title,
      "unknown",
      `Not checked on ${[...unseen].join(", ")}: the network of these nodes is not readable${seesBridges ? "" : ", or the token may not see their bridges"}.`,
      [],
      seesBridges ? [] : [audit.grant],
    );
  return check("bridges", title, "pass", "Every bridge exists where it is needed.");
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
