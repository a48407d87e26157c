import type { Check } from "../plan";
import { type CheckInput, check } from "./check";

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

/** A vnet whose tag equals a node's own VLAN interface takes that interface over and cuts the node's address off. */
export function hostVlanCheck({ facts, differences, goal, prove }: CheckInput): Check {
  const title = "VLANs of the nodes themselves";
  const bridges = new Map(goal.filter((e) => e.kind === "zone").map((e) => [e.id, e.props["bridge"]]));
  const clashes: string[] = [];
  const at: string[] = [];
  for (const difference of differences) {
    if (difference.op === "delete" || difference.after.kind !== "vnet") continue;
    const zone = String(difference.after.props["zone"]);
    const bridge = bridges.get(zone);
    const wanted = `${bridge}.${difference.after.props["tag"]}`;
    for (const name of prove[zone] ?? []) {
      const own = facts.nodes
        .find((node) => node.name === name)
        ?.interfaces.find((face) => face.name === wanted && face.addresses.length > 0);
      if (!own) continue;
      clashes.push(`${wanted} on ${name} holds ${own.addresses.join(", ")} (vnet ${difference.after.id})`);
      at.push(difference.after.key);
    }
  }
  if (clashes.length > 0)
    return check(
      "host-vlans",
      title,
      "block",
      `The VNet would take over an address of a node: ${clashes.join("; ")}. Use another tag.`,
      at,
    );
  const unseen = facts.nodes.filter((node) => node.bridges === null).map((node) => node.name);
  if (unseen.length > 0) return check("host-vlans", title, "unknown", `Not checked on ${unseen.join(", ")}.`);
  return check("host-vlans", title, "pass", "No tag meets a node's own VLAN interface.");
}
