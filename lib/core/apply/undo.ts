import { type Entity, subnetKey } from "../plan/entity";
import { stepEntity } from "../plan/step";
import type { IpamAddress } from "../ports";
import { type Events, isBase, note, phase, type RunContext, readPatiently } from "./context";
import { reserveAgain } from "./release";
import { invertStep, sendStep, showsEffect, undoLabel } from "./stage";

/**
 * Takes back everything staged and proves it. First each step's inverse, newest first: Proxmox's own rollback does not
 * touch the IPAM, which registers a subnet as soon as it is created. Then the rollback, which is certain; but never when
 * other people's pending changes are to be kept, for it would drop them too. True when reading shows the configuration
 * the run began with and nothing else pending.
 */
export async function* undo(run: RunContext): Events<boolean> {
  yield phase("undo", "started");
  // Waits for a cluster that does not answer, and settles whether the last step happened.
  const seen = await readPatiently(run, () => run.cluster.readConfig());
  if (run.maybe && seen.ok && showsEffect(seen.value, run.maybe)) run.done.push(run.maybe);
  for (const step of [...run.done].reverse()) {
    const back = await sendStep(run, invertStep(step));
    if (back.ok) continue;
    yield note("warning", `${undoLabel(step)} did not work (${back.error.message}); leaving the rest to the rollback.`);
    break;
  }
  if (run.plan.pending.choice === "include" && run.plan.pending.changes.length > 0) {
    yield note("info", "No rollback: it would also drop the pending changes of others.");
  } else {
    const rollback = await run.cluster.rollback(run.token);
    if (!rollback.ok && rollback.error.kind !== "unsupported") yield note("warning", rollback.error.message);
  }
  const reserved = yield* reserveAgain(run);
  const now = await readPatiently(run, () => run.cluster.readSnapshot());
  const clean = now.ok && isBase(run, now.value);
  if (now.ok) yield* clearResidue(run, now.value.ipam);
  if (clean && reserved) yield phase("undo", "done");
  else yield phase("undo", "failed", now.ok ? "Not everything is as the run found it." : now.error.message);
  return clean && reserved;
}

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
