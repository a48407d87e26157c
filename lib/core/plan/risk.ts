import { plural } from "../plural";
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

interface Judgement {
  readonly risk: Risk;
  readonly reasons: readonly string[];
}

function judge(
  difference: Difference,
  entity: Entity,
  nics: { total: number; running: number },
  guestsKnown: boolean,
): Judgement {
  const onGuests = nics.total > 0 ? `${plural(nics.total, "guest interface")}, ${nics.running} running` : null;
  switch (difference.op) {
    case "create":
      return { risk: "low", reasons: [] };
    case "delete":
      return judgeRemoval("Removed", entity, onGuests, guestsKnown);
    case "replace":
      return judgeRemoval("Removed and made again", entity, onGuests, guestsKnown);
    case "update": {
      const changed = new Set(difference.fields.map((change) => change.field));
      const found = FIELD_RISKS.filter(({ field }) => changed.has(field)).map((rule) =>
        rule.judge(onGuests, difference),
      );
      const worst = RISKS.findLast((risk) => found.some((one) => one.risk === risk)) ?? "low";
      return { risk: worst, reasons: found.map((one) => one.reason) };
    }
  }
}

const RISKS = ["low", "medium", "high"] as const;

function judgeRemoval(verb: string, entity: Entity, onGuests: string | null, guestsKnown: boolean): Judgement {
  if (entity.kind === "zone") return { risk: "medium", reasons: [`${verb} on every node of the zone.`] };
  if (!guestsKnown) {
    return { risk: "high", reasons: [`${verb}, and it cannot be proven unused: guests are not readable.`] };
  }
  return onGuests ? { risk: "high", reasons: [`${verb} under ${onGuests}.`] } : { risk: "low", reasons: [] };
}

interface FieldRisk {
  readonly field: string;
  readonly judge: (onGuests: string | null, difference: Difference) => { risk: Risk; reason: string };
}

const always = (field: string, risk: Risk, reason: string): FieldRisk => ({ field, judge: () => ({ risk, reason }) });
/** High when guests hang on the object, else medium. */
const withGuests = (field: string, reason: string): FieldRisk => ({
  field,
  judge: (onGuests) => ({
    risk: onGuests ? "high" : "medium",
    reason: onGuests ? `${reason}, under ${onGuests}.` : `${reason}.`,
  }),
});

/** What a change of one property means for what is running. A property that is not listed is harmless. */
const FIELD_RISKS: readonly FieldRisk[] = [
  withGuests("tag", "The tag changes"),
  withGuests("zone", "The VNet moves to another zone"),
  withGuests("gateway", "Guests know the old gateway until they renew"),
  always("bridge", "high", "Every VNet of the zone moves to another bridge."),
  always("controller", "high", "Routing of the whole zone changes."),
  always("vrf-vxlan", "high", "Routing of the whole zone changes."),
  always("exitnodes", "high", "Traffic leaves on other nodes."),
  always("exitnodes-primary", "high", "Traffic leaves on other nodes."),
  always("mtu", "medium", "Guests do not learn a new MTU by themselves."),
  always("snat", "medium", "Address translation changes for running connections."),
  always("dhcp-range", "medium", "Leases outside the new ranges are not renewed."),
  always("isolate-ports", "medium", "Guests of this VNet may lose sight of each other."),
  {
    field: "nodes",
    judge: (_, difference) => ({ risk: leavesNodes(difference) ? "high" : "low", reason: nodeReason(difference) }),
  },
];

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
