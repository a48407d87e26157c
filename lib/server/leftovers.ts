import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import type { SeedReport } from "@/lib/core/hosts/seed-report";
import type { Result } from "@/lib/core/result";
import { unconfirmed } from "./agent-setup";
import { agentSchema, findReached } from "./agents";
import { appendAudit } from "./audit";
import { context } from "./context";
import { hostsOf } from "./host-agents";
import { parseInput } from "./input";
import { forbidden } from "./refusals";
import type { Actor } from "./views";

/** What the Terraform module terraform-proxmox-sdn left on a node. The agent's key reaches it; nothing is changed. */
export async function readLeftovers(
  actor: Actor,
  input: z.input<typeof agentSchema>,
): Promise<Result<SeedReport, Failure>> {
  const no = forbidden(actor, "operator", "look for leftovers");
  if (no) return no;
  const ctx = await context();
  const found = await findReached(ctx, input);
  return found.ok ? (await hostsOf(ctx, input.clusterId)).scanSeed(input.node) : found;
}

const removeSchema = agentSchema.extend({
  ids: z.array(z.string().max(1_000)).min(1, "Choose at least one.").max(5_000, "Choose fewer at once."),
  confirm: z.string().trim(),
});

/** Removes what a scan found and a person chose. Ids of anything else are ignored on the node. */
export async function removeLeftovers(
  actor: Actor,
  input: z.input<typeof removeSchema>,
): Promise<Result<SeedReport, Failure>> {
  const no = forbidden(actor, "owner", "remove leftovers");
  if (no) return no;
  const parsed = parseInput(removeSchema, input);
  if (!parsed.ok) return parsed;
  const { clusterId, node, ids, confirm } = parsed.value;
  const ctx = await context();
  const found = await findReached(ctx, { clusterId, node });
  if (!found.ok) return found;
  if (confirm !== node) return unconfirmed(node);
  const removed = await (await hostsOf(ctx, clusterId)).removeSeed(node, ids);
  const done = removed.ok
    ? { removed: removed.value.removed.map(({ id }) => id), failed: removed.value.failed.map(({ id }) => id) }
    : { done: false, asked: ids };
  await appendAudit(ctx, actor, "agent.remove-leftovers", `cluster/${clusterId}`, { node, ...done });
  return removed;
}
