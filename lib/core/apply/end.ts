import type { Failure } from "../failure";
import { type EndEvent, type Events, ended, type RunContext } from "./context";
import { unlock } from "./lock";
import { undo } from "./undo";
import type { Proof } from "./verify";

/** Ends a run that fails before its commit: undo, prove, unlock. */
export async function* giveUp(run: RunContext, failure: Failure): Events<EndEvent> {
  const clean = yield* undo(run);
  const released = yield* unlock(run);
  const others = run.discarded ? " The pending changes of others were discarded, as chosen." : "";
  if (clean && released)
    return ended("failed", `${failure.message} Everything staged was undone; the cluster is unchanged.${others}`, {
      failure,
    });
  const left = clean ? "the lock could not be released" : "it could not be proven that everything staged was undone";
  return ended("needs-attention", `${failure.message} Nothing was committed, but ${left}.${others}`, { failure });
}

/** The end of a run whose commit happened, from what could be proven. */
export function conclude(run: RunContext, proof: Proof, released: boolean): EndEvent {
  const counts = { proven: proof.proven.length, nodes: proof.nodes.length };
  const missing = proof.nodes.filter((node) => !proof.proven.includes(node));
  const services = run.plan.notProvided.length > 0 ? " Host services not provided." : "";
  if (!proof.goalReached) {
    return ended(
      "needs-attention",
      "Committed, but what runs now could not be shown to be what was planned. Look at the drift before the next change.",
      counts,
    );
  }
  if (missing.length > 0) {
    return ended(
      "partially-applied",
      `Committed, proven on ${counts.proven} of ${counts.nodes} nodes. Not proven: ${missing.join(", ")}.${services}`,
      counts,
    );
  }
  const said = `Applied and verified on ${counts.proven} of ${counts.nodes} nodes`;
  if (!released) return ended("needs-attention", `${said}, but the lock could not be released.${services}`, counts);
  return ended("applied", `${said}.${services}`, counts);
}
