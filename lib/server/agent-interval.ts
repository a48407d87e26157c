import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { ok, type Result } from "@/lib/core/result";
import { findCluster } from "@/lib/store/clusters";
import * as store from "@/lib/store/host-agents";
import { atWork } from "./agent-removal";
import type { AgentView } from "./agent-views";
import { agentSchema, viewOf } from "./agents";
import { appendAudit } from "./audit";
import { type Context, context } from "./context";
import { hostsOf } from "./host-agents";
import { parseInput } from "./input";
import { forbidden, missing, refused } from "./refusals";
import type { Actor } from "./views";

// The agent refuses a state with less or more (docs/reference/host-agent.md).
const [LEAST, MOST] = [5, 3600] as const;
const BOUNDS = `Give a whole number of seconds from ${LEAST} to ${MOST}.`;
const intervalSchema = agentSchema.extend({
  seconds: z.coerce.number(BOUNDS).int(BOUNDS).min(LEAST, BOUNDS).max(MOST, BOUNDS),
});

/**
 * How often an agent looks at its node by itself. It is told at once, with the very services it has: what layouts changed
 * meanwhile is left to their plans. Where it has none yet, or a person carries its state, it is told with the next one.
 */
export async function setRepairInterval(
  actor: Actor,
  input: z.input<typeof intervalSchema>,
): Promise<Result<AgentView, Failure>> {
  const no = forbidden(actor, "owner", "manage host agents");
  if (no) return no;
  const parsed = parseInput(intervalSchema, input);
  if (!parsed.ok) return parsed;
  const { clusterId, node, seconds } = parsed.value;
  const place = { clusterId, node };
  const ctx = await context();
  if (!(await findCluster(ctx.db, clusterId))) return missing("cluster");
  const row = await store.findAgent(ctx.db, place);
  if (!row) return missing("host agent");
  const busy = await atWork(ctx, clusterId, `change how often ${node} is repaired`);
  if (busy) return busy;
  const told = await tell(ctx, row, seconds);
  if (!told.ok) return told;
  await store.updateAgent(ctx.db, place, { repairSeconds: seconds });
  const detail = { node, before: row.repairSeconds, seconds };
  await appendAudit(ctx, actor, "agent.interval", `cluster/${clusterId}`, detail);
  return viewOf(ctx, place);
}

async function tell(ctx: Context, row: store.AgentRow, seconds: number): Promise<Result<unknown, Failure>> {
  const { clusterId, node, mode, state, revision } = row;
  if (mode !== "ssh" || state === null) return ok(null);
  const hosts = await hostsOf(ctx, clusterId);
  if (revision !== state.revision) {
    // A put had no clear outcome; what the node has decides whether the state that is known here is the one in force.
    const now = await hosts.status(node);
    if (!now.ok) return now;
    if (now.value.revision !== state.revision) {
      const message = `Could not change the interval: ${node} has another state than the one that was put last.`;
      return refused(message, "Apply the layout that it serves, then set the interval.");
    }
  }
  return hosts.put(node, { ...state, repairSeconds: seconds, revision: revision + 1 });
}
