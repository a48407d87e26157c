import type { Failure } from "../failure";
import { CANCELLED, type Events, isRunningGoal, isStagedGoal, phase, type RunContext, readPatiently } from "./context";
import { findReload } from "./watch-reload";

/** `silent`: the cluster does not answer any more. `unknown`: it answers, and shows neither the goal nor what was staged. */
export type Committed =
  | { readonly outcome: "committed"; readonly task: string | null }
  | { readonly outcome: "not-committed" | "unknown" | "silent"; readonly failure: Failure };

/**
 * The one commit. It is sent exactly once; after any failure only reading decides, because Proxmox makes the
 * configuration valid before it starts the reload ("got no worker upid" can follow a commit that happened).
 */
export async function* commit(run: RunContext): Events<Committed> {
  if (run.cancelled()) return { outcome: "not-committed", failure: CANCELLED };
  yield phase("commit", "started");
  yield { type: "committing" };
  const answer = await run.cluster.commit(run.token);
  if (answer.ok) {
    yield { type: "committed", task: answer.value };
    yield phase("commit", "done");
    return { outcome: "committed", task: answer.value };
  }
  const config = await readPatiently(run, () => run.cluster.readConfig());
  if (config.ok && isRunningGoal(run, config.value)) {
    const task = await findReload(run);
    yield { type: "committed", task };
    yield phase("commit", "done", "The answer was lost; reading back showed that it is committed.");
    return { outcome: "committed", task };
  }
  yield phase("commit", "failed", answer.error.message);
  if (!config.ok) return { outcome: "silent", failure: answer.error };
  const stillStaged = config.value.pending.length > 0 && isStagedGoal(run, config.value);
  return { outcome: stillStaged ? "not-committed" : "unknown", failure: answer.error };
}
