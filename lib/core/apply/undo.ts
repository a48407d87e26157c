import type { Failure } from "../failure";
import { type Entity, subnetKey } from "../plan/entity";
import { stepEntity } from "../plan/step";
import type { IpamAddress, LiveConfig, PendingChange } from "../ports";
import { type Events, includes, isBase, note, phase, type RunContext, readPatiently } from "./context";
import { reserveAgain } from "./release";
import { invertStep, sendStep, undoLabel } from "./stage";
import { isAppliedMeanwhile, showsEffect, strangers } from "./staged";

/**
 * How an undo ended. `clean`: reading shows the configuration the run began with and nothing else pending. `left`: it
 * does not, and what is left is named. `applied`: somebody committed what was staged, so nothing was taken back.
 * `silent`: the cluster does not answer.
 */
export type Undone =
  | { readonly outcome: "clean" }
  | { readonly outcome: "left" | "applied"; readonly said: string }
  | { readonly outcome: "silent"; readonly failure: Failure };

/**
 * Takes back everything staged and proves it. First each step's inverse, newest first: Proxmox's own rollback does not
 * touch the IPAM, which registers a subnet as soon as it is created. When reading then still shows something of ours, the
 * rollback follows; but never when other people's pending changes are there, for it would drop them too.
 */
export async function* undo(run: RunContext): Events<Undone> {
  yield phase("undo", "started");
  // Waits for a cluster that does not answer, and settles whether the last step happened.
  const seen = await readPatiently(run, () => run.cluster.readConfig());
  if (!seen.ok) return yield* silent(seen.error);
  if (isAppliedMeanwhile(run, seen.value)) {
    yield phase("undo", "failed", "What was staged has been applied meanwhile.");
    return {
      outcome: "applied",
      said: "somebody applied the configuration meanwhile (a node that restarts does that), and what was staged with it",
    };
  }
  if (run.maybe && showsEffect(seen.value, run.maybe)) run.done.push(run.maybe);
  for (const step of [...run.done].reverse()) {
    const back = await sendStep(run, invertStep(step));
    if (back.ok) continue;
    yield note("warning", `${undoLabel(step)} did not work. ${back.error.message}`);
    break;
  }
  const reserved = yield* reserveAgain(run);
  let now = await readPatiently(run, () => run.cluster.readSnapshot());
  if (now.ok && !isBase(run, now.value) && (yield* mayRollBack(run, now.value))) {
    const rollback = await run.cluster.rollback(run.token);
    if (!rollback.ok && rollback.error.kind !== "unsupported") yield note("warning", rollback.error.message);
    now = await readPatiently(run, () => run.cluster.readSnapshot());
  }
  if (!now.ok) return yield* silent(now.error);
  yield* clearResidue(run, now.value.ipam);
  if (isBase(run, now.value) && reserved) {
    yield phase("undo", "done");
    return { outcome: "clean" };
  }
  yield phase("undo", "failed", "Not everything is as the run found it.");
  return { outcome: "left", said: whatIsLeft(run, now.value, reserved) };
}

async function* silent(failure: Failure): Events<Undone> {
  yield phase("undo", "failed", failure.message);
  return { outcome: "silent", failure };
}

/** The rollback drops everybody's pending changes, so nobody else's may be among them. */
async function* mayRollBack(run: RunContext, config: LiveConfig): Events<boolean> {
  if (includes(run)) {
    yield note("info", "No rollback: it would also drop the pending changes of others, which were to be kept.");
    return false;
  }
  const others = strangers(run, run.plan.steps.length, config);
  if (others.length > 0)
    yield note("warning", `No rollback: it would also drop what others left pending meanwhile (${named(others)}).`);
  return others.length === 0;
}

function whatIsLeft(run: RunContext, config: LiveConfig, reserved: boolean): string {
  const others = strangers(run, run.plan.steps.length, config);
  const ours = config.pending.filter((change) => !others.includes(change));
  const parts = [
    ours.length > 0 ? `these are still pending: ${named(ours)}` : "",
    others.length > 0 ? `others have changed meanwhile: ${named(others)}` : "",
    reserved ? "" : "an address could not be put back into the IPAM",
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join("; ") : "the configuration is not the one the run began with";
}

const named = (changes: readonly PendingChange[]): string => {
  const list = changes.slice(0, 5).map(({ kind, id, state }) => `${kind} ${id} (${state})`);
  return `${list.join(", ")}${changes.length > 5 ? ` and ${changes.length - 5} more` : ""}`;
};

/**
 * What the IPAM still holds, or lost, because of this run's subnets although the configuration is as before. Only
 * gateways count: other addresses belong to guests, which come and go by themselves.
 */
async function* clearResidue(run: RunContext, after: readonly IpamAddress[] | null): Events<void> {
  const before = run.snapshot?.ipam ?? null;
  if (!before || !after) return;
  const touched = new Set(run.plan.steps.map(stepEntity).flatMap(subnetPlace));
  const gateways = (list: readonly IpamAddress[]) =>
    list.filter((one) => one.gateway && touched.has(subnetKey(one.vnet, one.subnet)));
  const has = (list: readonly IpamAddress[], one: IpamAddress) =>
    list.some((other) => other.ip === one.ip && other.vnet === one.vnet && other.subnet === one.subnet);
  for (const address of gateways(after).filter((one) => !has(before, one))) {
    const cleaned = await run.cluster.releaseAddress(address);
    const fate = cleaned.ok ? "and was removed." : `and could not be removed: ${cleaned.error.message}`;
    yield note(cleaned.ok ? "info" : "warning", `Gateway ${address.ip} was left in the IPAM (${address.vnet}) ${fate}`);
  }
  for (const address of gateways(before).filter((one) => !has(after, one))) {
    yield note(
      "warning",
      `Gateway ${address.ip} of ${address.vnet} is missing in the IPAM now. Proxmox will refuse to remove its subnet; change the gateway away and back to register it again.`,
    );
  }
}

const subnetPlace = ({ kind, key }: Entity): string[] => (kind === "subnet" ? [key] : []);
