import type { Entity, EntityKey } from "../plan/entity";
import { fingerprintOf } from "../plan/fingerprint";
import { changedFields, type Step, stepEntity } from "../plan/step";
import type { LiveConfig, PendingChange } from "../ports";
import { includedIn, isBase, type RunContext } from "./context";
import type { RunEvent } from "./events";

/** Whether a configuration shows the effect of a step. */
export function showsEffect(config: LiveConfig, step: Step): boolean {
  const found = config.entities.find((entity) => entity.key === stepEntity(step).key);
  if (step.op === "delete") return found === undefined;
  if (!found || found.id !== step.after.id) return false;
  // Proxmox may have filled in more than was sent; everything that was sent must be there.
  const sent = step.op === "create" ? Object.keys(step.after.props) : step.changes.map((change) => change.field);
  return changedFields(found.props, step.after.props).every((change) => !sent.includes(change.field));
}

/** The configuration that steps lead to, taken one after another. */
function afterSteps(entities: readonly Entity[], steps: readonly Step[]): Entity[] {
  const world = new Map<EntityKey, Entity>(entities.map((entity) => [entity.key, entity]));
  for (const step of steps) {
    if (step.op === "delete") world.delete(step.before.key);
    else world.set(step.after.key, step.after);
  }
  return [...world.values()];
}

/** Pending changes that neither the plan's first `count` steps nor a choice of a person explain. */
export function strangers(run: RunContext, count: number, config: LiveConfig): readonly PendingChange[] {
  const name = ({ kind, id }: { readonly kind: string; readonly id: string }) => `${kind} ${id}`;
  const ours = run.plan.steps.slice(0, count).flatMap((step) => {
    if (step.op === "update") return [name(step.before), name(step.after)];
    return [name(stepEntity(step))];
  });
  const explained = new Set([...ours, ...includedIn(run).map(name)]);
  return config.pending.filter((change) => !explained.has(name(change)));
}

/**
 * How many of the plan's steps are staged, when the cluster is exactly what the run found with its first steps taken and
 * nothing else is pending; null otherwise, for then nobody knows what a commit would bring. The journal says where to
 * look: it names at most one step too few, and any number too many once the run has begun to undo them.
 */
export function stagedSteps(run: RunContext, journal: readonly RunEvent[], config: LiveConfig): number | null {
  const { plan, snapshot, fingerprint } = run;
  if (isBase(run, config)) return 0;
  if (!snapshot) return null;
  const start = run.discarded ? snapshot.running : snapshot.entities;
  const now = fingerprintOf(config.entities, fingerprint);
  const done = stepsDone(journal);
  const lowest = journal.some((event) => event.type === "phase" && event.phase === "undo") ? 1 : done;
  for (let count = Math.min(done + 1, plan.steps.length); count >= lowest; count -= 1) {
    if (fingerprintOf(afterSteps(start, plan.steps.slice(0, count)), fingerprint) !== now) continue;
    return strangers(run, count, config).length === 0 ? count : null;
  }
  return null;
}

/** Steps that a journal knows to have been taken; they are taken in the plan's order. */
export const stepsDone = (journal: readonly RunEvent[]): number =>
  journal.reduce(
    (most, event) => (event.type === "step" && event.state === "done" ? Math.max(most, event.index + 1) : most),
    0,
  );

/**
 * What runs is not what ran when this run took its lock: somebody committed meanwhile, and with it whatever was staged.
 * A node that restarts does that by itself (pve-sdn-commit). Looked for among the objects that are not pending, because
 * only of those Proxmox shows for certain what runs: beside a pending change it gives the edited `type` and `vnet`, and
 * the subnets of a vnet that is about to be removed cannot be listed.
 */
export function isAppliedMeanwhile(run: RunContext, config: LiveConfig): boolean {
  const { snapshot, fingerprint } = run;
  if (!snapshot) return false;
  const pending = new Set([...snapshot.pending, ...config.pending].map(({ kind, id }) => `${kind} ${id}`));
  const certain = ({ kind, id, props }: Entity) =>
    !pending.has(`${kind} ${id}`) && (kind !== "subnet" || !pending.has(`vnet ${props["vnet"]}`));
  const runs = (entities: readonly Entity[]) => fingerprintOf(entities.filter(certain), fingerprint);
  return runs(config.running) !== runs(snapshot.running);
}
