import { toLayout } from "../layout/import-layout";
import type { Layout } from "../layout/model";
import type { ClusterFacts, LiveConfig, Owned } from "../ports";
import type { Problem } from "../problem";
import { validateLayout } from "../validate/validate";
import { runChecks } from "./checks";
import { takenVnets } from "./checks/guests";
import { releasable } from "./checks/ipam";
import { type Diff, type Difference, diffEntities, differenceKey } from "./diff";
import { type Entity, toEntities } from "./entity";
import { type Digest, fingerprintOf } from "./fingerprint";
import { type KnownHosts, planHosts } from "./host-targets";
import { orderSteps } from "./order";
import { type Part, wantedIn } from "./part";
import type { PendingChoice, Placement, Plan } from "./plan";
import { nicsByBridge, toChange } from "./risk";

export interface PlanInput {
  readonly layout: Layout;
  readonly config: LiveConfig;
  readonly facts: ClusterFacts;
  /** Keys this layout owns in this cluster. */
  readonly owned: Owned;
  readonly fingerprint: Digest;
  /** What to do with pending changes of others; default `stop`. */
  readonly pending?: PendingChoice;
  /** Release stale IPAM addresses that stand in the way of a deletion. */
  readonly release?: boolean;
  /** Plan these objects alone; whatever else the layout owns stays as it is. Everything when left out. */
  readonly only?: Part;
  /** The agents of the cluster's nodes; left out where none can be reached. */
  readonly hosts?: KnownHosts;
  /** The layout as it was last applied, null when it never was; left out where nobody keeps that. */
  readonly recorded?: Layout | null;
  /** Problems found before, e.g. what a revert may not overwrite. */
  readonly problems?: readonly Problem[];
}

/**
 * The plan that leads from the live configuration to the layout. Never fails: whatever stands in the way is in
 * `problems` and `checks`, and `isApplicable` says whether the plan may be run.
 */
export function makePlan(input: PlanInput): Plan {
  const { layout, config, facts, owned, fingerprint, pending = "stop", only } = input;
  // What others left pending is dropped first where they are discarded, so the way begins at what runs.
  const live = pending === "discard" ? config.running : config.entities;
  const wanted = toEntities(layout);
  const desired = only ? wantedIn(only, { live, owned }) : wanted;
  const diff = diffEntities(live, desired, owned);
  const ordered = orderSteps(diff.differences, live, diff.goal);
  // Of a part, what the cluster will be like counts, not what the layout says elsewhere.
  const found = validateLayout(only ? inOrderOf(wanted, desired, layout.name, layout) : layout, { facts });
  const hosts = planHosts(layout, facts, input.hosts ?? null);
  const ours = live.filter(({ key }) => owned.has(key));
  const problems: Problem[] = [
    ...(input.problems ?? []),
    ...asTheyAre(found, diff, () => validateLayout(inOrderOf(wanted, ours, layout.name), { facts })),
    ...diff.problems,
    ...hosts.problems,
    ...(ordered.ok ? [] : [ordered.error]),
  ];
  const nics = nicsByBridge(facts);
  const prove = provenNodes(diff.differences, diff.goal, facts);
  const releases = input.release ? releasable(diff.differences, facts) : [];
  const notOurs = new Set(diff.problems.filter((p) => p.code === "already-exists").flatMap((p) => p.at));
  return {
    version: 1,
    base: fingerprintOf(live, fingerprint),
    goal: fingerprintOf(diff.goal, fingerprint),
    steps: ordered.ok ? ordered.value : [],
    changes: diff.differences.map((difference) => toChange(difference, nics)),
    unchanged: diff.unchanged,
    foreign: diff.foreign.length,
    problems,
    checks: runChecks({
      config,
      facts,
      problems,
      differences: diff.differences,
      goal: diff.goal,
      mine: new Set(desired.map(({ key }) => key)),
      prove,
      nics,
      pending,
      releases,
      hosts: hosts.targets,
      scripted: hosts.scripted,
      silent: new Map(input.hosts?.agents.flatMap(({ node, failure }) => (failure ? [[node, failure]] : []))),
      firewalls: input.hosts?.firewalls ?? null,
    }),
    pending: { choice: pending, changes: config.pending },
    releases,
    localChanges: facts.nodes.flatMap(({ name, pendingInterfaces }) =>
      pendingInterfaces === null ? [] : [{ node: name, diff: pendingInterfaces }],
    ),
    taken: takenVnets({ config, facts, differences: diff.differences, goal: diff.goal, nics, pending }),
    placement: placements(live, diff.goal, desired, facts),
    owns: wanted.map((entity) => entity.key).filter((key) => !notOurs.has(key)),
    prove,
    nodes: facts.nodes.map((node) => node.name),
    hosts: hosts.targets,
    notProvided: hosts.notProvided,
    records: input.recorded !== undefined && servicesOf(layout) !== servicesOf(input.recorded),
  };
}

/** What no object of Proxmox holds: it is only known from the version that was applied last. */
const servicesOf = (layout: Layout | null): string => JSON.stringify(layout?.hostServices ?? []);

/** Whether a plan changes nothing: neither the cluster's configuration, nor what a node serves, nor what is declared. */
export const isEmptyPlan = ({
  steps,
  hosts = [],
  pending,
  records = false,
}: Pick<Plan, "steps" | "hosts" | "pending" | "records">): boolean =>
  steps.length === 0 && hosts.length === 0 && !records && !(pending.choice === "discard" && pending.changes.length > 0);

/**
 * Whether a plan may be run: no error problem, no blocking check, every check that wants a tick has one (`accepted` holds
 * ids of checks). A plan without steps is applicable and does nothing.
 */
export function isApplicable(plan: Plan, accepted: readonly string[] = []): boolean {
  return (
    plan.problems.every((problem) => problem.severity !== "error") &&
    plan.checks.every(({ id, status }) => status !== "block" && (status !== "confirm" || accepted.includes(id)))
  );
}

/**
 * A fault of objects that are in the cluster exactly so, and stay, is no reason to refuse: nothing gets worse. It is told
 * as a warning, so that an imported network can be worked with. That an object stays is not enough, for what surrounds it
 * may change: the fault has to be found in the cluster as it is, too.
 */
function asTheyAre(problems: readonly Problem[], diff: Diff, findLive: () => readonly Problem[]): Problem[] {
  const touched = new Set([...diff.differences.map(differenceKey), ...diff.problems.flatMap(({ at }) => at)]);
  const candidates = new Set(
    problems.filter(({ severity, at }) => severity === "error" && at.length > 0 && !at.some((key) => touched.has(key))),
  );
  if (candidates.size === 0) return [...problems];
  const live = new Set(findLive().map(faultOf));
  return problems.map((problem) => {
    if (!candidates.has(problem) || !live.has(faultOf(problem))) return problem;
    return { ...problem, severity: "warning", message: `${problem.message} It is already so in the cluster.` };
  });
}

const faultOf = ({ code, field, at }: Problem): string => [code, field ?? "", ...[...at].sort()].join("\n");

/** Objects as the rules look at a layout, in the order of the wanted ones: of two that clash the later is at fault. */
function inOrderOf(wanted: readonly Entity[], entities: readonly Entity[], name: string, keep?: Layout): Layout {
  const places = new Map(wanted.map(({ key }, place) => [key, place]));
  const placeOf = ({ key }: Entity): number => places.get(key) ?? wanted.length;
  return toLayout(
    [...entities].sort((a, b) => placeOf(a) - placeOf(b)),
    name,
    keep,
  ).layout;
}

/** Where every zone of the layout, and every zone that goes, is and will be. */
function placements(
  live: readonly Entity[],
  goal: readonly Entity[],
  desired: readonly Entity[],
  facts: ClusterFacts,
): Placement[] {
  const everywhere = facts.nodes.map((node) => node.name);
  const nodesOf = (entities: readonly Entity[]) =>
    new Map(
      entities
        .filter((entity) => entity.kind === "zone")
        .map((zone) => [zone.id, (zone.props["nodes"] as readonly string[] | undefined) ?? everywhere]),
    );
  const before = nodesOf(live);
  const after = nodesOf(goal);
  const gone = [...before.keys()].filter((zone) => !after.has(zone));
  const wanted = desired.filter((entity) => entity.kind === "zone").map((zone) => zone.id);
  return [...new Set([...wanted, ...gone])]
    .sort()
    .map((zone) => ({ zone, before: before.get(zone) ?? null, after: after.get(zone) ?? null }));
}

/** Each zone that is touched and still there afterwards, with the nodes it has to be proven on. */
function provenNodes(
  differences: readonly Difference[],
  goal: readonly Entity[],
  facts: ClusterFacts,
): Record<string, readonly string[]> {
  const everywhere = facts.nodes.map((node) => node.name);
  const zones = new Map(goal.filter((entity) => entity.kind === "zone").map((zone) => [zone.id, zone]));
  const prove: Record<string, readonly string[]> = {};
  for (const entity of differences.flatMap(touchedBy)) {
    const id = entity.kind === "zone" ? entity.id : String(entity.props["zone"]);
    const zone = zones.get(id);
    if (zone) prove[id] = (zone.props["nodes"] as readonly string[] | undefined) ?? everywhere;
  }
  return prove;
}

/** An object as it was and as it shall be; only one of them when it comes or goes. */
function touchedBy(difference: Difference): Entity[] {
  if (difference.op === "create") return [difference.after];
  return difference.op === "delete" ? [difference.before] : [difference.before, difference.after];
}
