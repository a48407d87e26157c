import { isBusy } from "@/lib/store/clusters";
import * as store from "@/lib/store/host-agents";
import type { Context } from "./context";
import { hostsOf } from "./host-agents";

/** How often to see who is due. */
const LOOK_MS = 60_000;
/** An agent that was heard of within this time is not asked again: it repairs by itself, so news are seldom urgent. */
const DUE_MS = 5 * 60_000;

export interface AgentWatch {
  stop(): void;
}

/**
 * Keeps what is known of host agents young while nobody looks at them, so that a node that stopped serving is on the
 * pages, and in the log, before its guests call. Several servers may do this at once: who is due stands in the database.
 */
export function startAgentWatch(ctx: Context): AgentWatch {
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    lookAtAgents(ctx)
      .catch((cause: unknown) => ctx.log.error({ err: cause }, "Could not look at the host agents; trying again."))
      .finally(() => {
        looking = false;
      });
  }, LOOK_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/**
 * Asks every agent that is due how its node is, one after the other. What it answers is remembered as always; a change
 * for the worse is logged. Agents of a cluster with a run at work are left to the run.
 */
export async function lookAtAgents(ctx: Context): Promise<void> {
  for (const { clusterId, node } of await store.listDueAgents(ctx.db, new Date(ctx.clock.now() - DUE_MS))) {
    const place = { clusterId, node };
    // Read again, for the agents before this one took their time.
    const before = await store.findAgent(ctx.db, place);
    if (before === null || (await isBusy(ctx.db, clusterId))) continue;
    await (await hostsOf(ctx, clusterId)).status(node);
    const after = await store.findAgent(ctx.db, place);
    const wrong = after && whatIsWrong(after);
    if (wrong !== null && wrong !== whatIsWrong(before))
      ctx.log.warn({ ...place, wrong }, "A host agent needs a look.");
  }
}

/** In a word that stays the same while nothing changes; null when all is well. */
function whatIsWrong({ failure, report }: store.AgentRow): string | null {
  if (failure) return failure.kind;
  if (report?.error) return "error";
  return report && report.changes.length > 0 ? "differs" : null;
}
