import type { Failure } from "../failure";
import { describeStep } from "../plan/step";
import { type EndEvent, type Events, ended, type RunContext } from "./context";
import type { EndState } from "./events";
import { restoreHosts, type Served } from "./hosts";
import { unlock } from "./lock";
import { undo } from "./undo";
import type { Proof } from "./verify";

/** What has happened to other people's changes, whatever became of the run itself. */
export const aside = (run: RunContext): string =>
  run.discarded ? " The pending changes of others were discarded, as chosen." : "";

const STILL_LOCKED = "the lock could not be released";

/** Ends a run that has changed nothing, giving the lock back. */
export async function* leave(
  run: RunContext,
  state: "blocked" | "failed",
  said: string,
  failure?: Failure,
): Events<EndEvent> {
  const released = yield* unlock(run);
  const more = failure ? { failure } : {};
  if (released) return ended(state, `${said}${aside(run)}`, more);
  return ended("needs-attention", `${said}${aside(run)} But ${STILL_LOCKED}.`, more);
}

/** Ends a run that fails before its commit: undo, prove, unlock. */
export async function* giveUp(run: RunContext, failure: Failure): Events<EndEvent> {
  const undone = yield* undo(run);
  if (undone.outcome === "silent") {
    // The lock stays, so that nobody else commits what is staged; the run can be rolled back once there is an answer.
    const text = `${failure.message} What is staged could not be undone, because the cluster does not answer.${aside(run)} Continue the run or roll it back when it answers again.`;
    return ended("interrupted", text, { failure });
  }
  const left = yield* restoreHosts(run);
  const released = yield* unlock(run);
  if (undone.outcome === "clean" && left.length > 0) {
    const text = `${failure.message} Everything staged was undone, but ${notRestored(left)}.${aside(run)}`;
    return ended("needs-attention", text, { failure });
  }
  if (undone.outcome === "clean") {
    const unchanged = run.discarded ? "what runs is unchanged" : "the cluster is unchanged";
    const said = `${failure.message} Everything staged was undone; ${unchanged}.${aside(run)}`;
    if (released) return ended("failed", said, { failure });
    return ended("needs-attention", `${said} But ${STILL_LOCKED}.`, { failure });
  }
  const lock = released ? "" : ` And ${STILL_LOCKED}.`;
  return ended(
    "needs-attention",
    `${failure.message} This run committed nothing, but ${undone.said}.${aside(run)}${lock}`,
    { failure },
  );
}

const notRestored = (nodes: readonly string[]): string =>
  `the host services of ${nodes.join(", ")} could not be given back`;

/** Ends a run that changes host services only, after its failure and with every node given back what could be. */
export async function* leaveHosts(run: RunContext, failure: Failure, left: readonly string[]): Events<EndEvent> {
  if (left.length === 0)
    return yield* leave(run, "failed", `${failure.message} Every node serves again what it did before.`, failure);
  yield* unlock(run);
  return ended("needs-attention", `${failure.message} And ${notRestored(left)}.${aside(run)}`, { failure });
}

/** Steps by name, the first few of them. */
export function listSteps(run: RunContext, count: number): string {
  const shown = run.plan.steps.slice(0, Math.min(count, 8)).map(describeStep);
  return `${shown.join(", ")}${count > shown.length ? ` and ${count - shown.length} more` : ""}`;
}

/** The end of a run whose commit happened, from what could be proven. */
export function conclude(run: RunContext, proof: Proof, released: boolean, served: Served): EndEvent {
  const counts = { proven: proof.proven.length, nodes: proof.nodes.length };
  const missing = proof.nodes.filter((node) => !proof.proven.includes(node));
  const services = `${hostWords(served)}${run.plan.notProvided.length > 0 ? " Host services not provided." : ""}`;
  const end = (state: EndState, said: string) => {
    const kept = released ? "" : ` But ${STILL_LOCKED}.`;
    const honest = state === "applied" && !released ? "needs-attention" : state;
    return ended(honest, `${said}${services}${aside(run)}${kept}`.trimStart(), counts);
  };
  const onNodes = run.plan.steps.length === 0 ? "" : `Committed, proven on ${counts.proven} of ${counts.nodes} nodes.`;
  switch (proof.goal) {
    case "unread":
      return end("needs-attention", "Committed, but the cluster does not answer, so it is not known what runs now.");
    case "changed":
      return end(
        "needs-attention",
        "Committed, but what runs now is not what was planned: somebody changed it meanwhile. Look at the drift before the next change.",
      );
    case "reached":
      if (served.unserved.some(({ restored }) => restored === false)) return end("needs-attention", onNodes);
      if (missing.length === 0 && served.unserved.length > 0) return end("partially-applied", onNodes);
      if (missing.length > 0) return end("partially-applied", `${onNodes} Not proven: ${missing.join(", ")}.`);
      if (run.plan.steps.length === 0)
        return end("applied", served.nodes.length > 0 ? "Applied." : "Applied: what is declared is in force now.");
      return end("applied", `Applied and verified on ${counts.proven} of ${counts.nodes} nodes.`);
  }
}

/** What became of the nodes' services, node by node where it is not as planned. */
function hostWords({ nodes, unserved }: Served): string {
  if (nodes.length === 0) return "";
  if (unserved.length === 0) return ` Host services as planned on ${nodes.join(", ")}.`;
  const each = unserved.map(({ node, reason, restored }) => {
    const after =
      restored === null
        ? ""
        : restored
          ? " It serves again what it did before."
          : " What it served before could not be given back.";
    return ` Host services of ${node} are not as planned: ${reason}${after}`;
  });
  return each.join("");
}
