import type { ClusterFacts, GuestNic } from "../ports";
import type { Difference } from "./diff";
import { differenceKey } from "./diff";
import type { Entity } from "./entity";
import type { Change, Risk } from "./step";

/** Guest interfaces by the bridge they hang on; a vnet's bridge has the vnet's id. */
export function nicsByBridge(facts: ClusterFacts): ReadonlyMap<string, readonly GuestNic[]> | null {
  if (!facts.guests) return null;
  const map = new Map<string, GuestNic[]>();
  for (const nic of facts.guests) map.set(nic.bridge, [...(map.get(nic.bridge) ?? []), nic]);
  return map;
}

/** A difference as people see it: what changes, who hangs on it, how risky it is and why. */
export function toChange(difference: Difference, nics: ReadonlyMap<string, readonly GuestNic[]> | null): Change {
  const entity = difference.op === "delete" ? difference.before : difference.after;
  const vnet = entity.kind === "vnet" ? entity.id : String(entity.props["vnet"] ?? "");
  const attached = nics && vnet ? (nics.get(vnet) ?? []) : [];
  const count = { total: attached.length, running: attached.filter((nic) => nic.running).length };
  const { risk, reasons } = judge(difference, entity, count, nics !== null);
  return {
    op: difference.op,
    key: differenceKey(difference),
    kind: entity.kind,
    id: entity.kind === "subnet" ? entity.key.split("/").slice(2).join("/") : entity.id,
    zone: entity.kind === "zone" ? entity.id : String(entity.props["zone"] ?? ""),
    fields: "fields" in difference ? difference.fields : [],
    risk,
    reasons: [...difference.reasons, ...reasons],
    nics: entity.kind === "zone" || nics === null ? null : count,
  };
}

function judge(
  difference: Difference,
  entity: Entity,
  nics: { total: number; running: number },
  guestsKnown: boolean,
): { risk: Risk; reasons: string[] } {
  if (difference.op === "create") return { risk: "low", reasons: [] };
  const used = nics.total > 0;
  const onGuests = `${count(nics.total, "guest interface")}, ${nics.running} running`;
  if (difference.op === "delete" || difference.op === "replace") {
    const verb = difference.op === "delete" ? "Removed" : "Removed and made again";
    if (entity.kind === "zone") return { risk: "medium", reasons: [`${verb} on every node of the zone.`] };
    if (!guestsKnown) return { risk: "high", reasons: [`${verb}, and it cannot be proven unused: guests are not readable.`] };
    return used
      ? { risk: "high", reasons: [`${verb} under ${onGuests}.`] }
      : { risk: "low", reasons: [] };
  }
  const changed = new Set(difference.fields.map((change) => change.field));
  const reasons: string[] = [];
  let risk: Risk = "low";
  const raise = (to: Risk, reason: string) => {
    reasons.push(reason);
    if (to === "high" || risk === "low") risk = to;
  };
  if (changed.has("tag")) raise(used ? "high" : "medium", used ? `The tag changes under ${onGuests}.` : "The tag changes.");
  if (changed.has("bridge")) raise("high", "Every VNet of the zone moves to another bridge.");
  if (changed.has("zone")) raise(used ? "high" : "medium", "The VNet moves to another zone.");
  if (changed.has("gateway")) raise(used ? "high" : "medium", "Guests know the old gateway until they renew.");
  if (changed.has("controller") || changed.has("vrf-vxlan")) raise("high", "Routing of the whole zone changes.");
  if (changed.has("exitnodes") || changed.has("exitnodes-primary")) raise("high", "Traffic leaves on other nodes.");
  if (changed.has("nodes")) raise(leavesNodes(difference) ? "high" : "low", nodeReason(difference));
  if (changed.has("mtu")) raise("medium", "Guests do not learn a new MTU by themselves.");
  if (changed.has("snat")) raise("medium", "Address translation changes for running connections.");
  if (changed.has("dhcp-range")) raise("medium", "Leases outside the new ranges are not renewed.");
  if (changed.has("isolate-ports")) raise("medium", "Guests of this VNet may lose sight of each other.");
  return { risk, reasons };
}

function nodeLists(difference: Difference): { before: readonly string[] | null; after: readonly string[] | null } {
  const list = (entity: Entity | null) => (entity?.props["nodes"] as readonly string[] | undefined) ?? null;
  return {
    before: list(difference.op === "create" ? null : difference.before),
    after: list(difference.op === "delete" ? null : difference.after),
  };
}

function leavesNodes(difference: Difference): boolean {
  const { before, after } = nodeLists(difference);
  return after !== null && (before === null || before.some((node) => !after.includes(node)));
}

function nodeReason(difference: Difference): string {
  const { before, after } = nodeLists(difference);
  if (!after) return "The zone now spans every node.";
  const gone = before?.filter((node) => !after.includes(node)) ?? [];
  if (gone.length > 0) return `The zone leaves ${gone.join(", ")}; guests there lose it.`;
  return before ? "The zone reaches more nodes." : "The zone is limited to the listed nodes; guests elsewhere lose it.";
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
