import { type Events, isBase, note, phase, type RunContext, readPatiently } from "./context";
import { invertStep, undoLabel } from "./stage";

/**
 * Takes back everything staged and proves it. First each step's inverse, newest first: Proxmox's own rollback does not
 * touch the IPAM, which registers a subnet as soon as it is created. Then the rollback, which is certain. True when
 * reading shows the configuration the run began with and nothing pending.
 */
export async function* undo(run: RunContext): Events<boolean> {
  yield phase("undo", "started");
  for (const step of [...run.done].reverse()) {
    const back = await run.cluster.write(invertStep(step), run.token);
    if (back.ok) continue;
    yield note("warning", `${undoLabel(step)} did not work (${back.error.message}); leaving the rest to the rollback.`);
    break;
  }
  const rollback = await run.cluster.rollback(run.token);
  if (!rollback.ok && rollback.error.kind !== "unsupported") yield note("warning", rollback.error.message);
  const config = await readPatiently(run, () => run.cluster.readConfig());
  const clean = config.ok && isBase(run, config.value);
  yield clean
    ? phase("undo", "done")
    : phase(
        "undo",
        "failed",
        config.ok ? "The configuration is not the one the run began with." : config.error.message,
      );
  return clean;
}

/** Gives the lock back, if there is one. Releasing twice does no harm, so a lost answer is simply asked again. */
export async function* unlock(run: RunContext): Events<boolean> {
  if (!run.locked) return true;
  if (run.token === null) {
    run.locked = false;
    return true;
  }
  yield phase("unlock", "started");
  const released = await readPatiently(run, () => run.cluster.unlock(run.token));
  if (!released.ok) {
    yield phase("unlock", "failed", released.error.message);
    return false;
  }
  run.locked = false;
  yield { type: "unlocked" };
  yield phase("unlock", "done");
  return true;
}
