import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { ok, type Result } from "@/lib/core/result";
import { findCluster, isBusy } from "@/lib/store/clusters";
import * as store from "@/lib/store/host-agents";
import { unconfirmed } from "./agent-setup";
import { agentSchema, findReached } from "./agents";
import { appendAudit } from "./audit";
import { type Context, context } from "./context";
import { hostsOf } from "./host-agents";
import { parseInput } from "./input";
import { forbidden, missing, refused } from "./refusals";
import type { Actor } from "./views";

const MANAGE = "manage host agents";
const confirmedSchema = agentSchema.extend({ confirm: z.string().trim() });

/**
 * Has the agent take everything it owns off its node, and forgets it when that worked. Its program, the key and the user
 * stay there until the install script is run with --uninstall.
 */
export async function removeAgent(
  actor: Actor,
  input: z.input<typeof confirmedSchema>,
): Promise<Result<{ readonly changes: number }, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(confirmedSchema, input);
  if (!parsed.ok) return parsed;
  const { clusterId, node, confirm } = parsed.value;
  const ctx = await context();
  const found = await findReached(ctx, { clusterId, node });
  if (!found.ok) return found;
  if (confirm !== node) return unconfirmed(node);
  const busy = await atWork(ctx, clusterId, `remove the host services of ${node}`);
  if (busy) return busy;
  const removed = await (await hostsOf(ctx, clusterId)).remove(node);
  const changes = removed.ok ? removed.value.changes.length : null;
  await appendAudit(ctx, actor, "agent.remove", `cluster/${clusterId}`, { node, done: removed.ok, changes });
  if (!removed.ok) return removed;
  await store.deleteAgent(ctx.db, { clusterId, node });
  return ok({ changes: removed.value.changes.length });
}

/** Forgets an agent and its key. What it serves on the node goes on, and nobody here can change or remove it any more. */
export async function forgetAgent(
  actor: Actor,
  input: z.input<typeof confirmedSchema>,
): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(confirmedSchema, input);
  if (!parsed.ok) return parsed;
  const { clusterId, node, confirm } = parsed.value;
  const ctx = await context();
  if (!(await findCluster(ctx.db, clusterId))) return missing("cluster");
  const row = await store.findAgent(ctx.db, { clusterId, node });
  if (!row) return missing("host agent");
  if (confirm !== node) return unconfirmed(node);
  const busy = await atWork(ctx, clusterId, `forget the agent of ${node}`);
  if (busy) return busy;
  await store.deleteAgent(ctx.db, { clusterId, node });
  const detail = { node, mode: row.mode, serving: row.state?.vnets.length ?? 0 };
  await appendAudit(ctx, actor, "agent.forget", `cluster/${clusterId}`, detail);
  return ok(null);
}

/** The refusal of what must not meet a run or a rehearsal; null while neither is at work. `doing` follows "Could not". */
export async function atWork(ctx: Context, clusterId: string, doing: string): Promise<Result<never, Failure> | null> {
  if (!(await isBusy(ctx.db, clusterId))) return null;
  return refused(
    `Could not ${doing}: a run or a rehearsal is at work in the cluster.`,
    "Wait until it has ended, or stop it.",
  );
}
