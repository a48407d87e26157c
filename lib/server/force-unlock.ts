import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { ok, type Result } from "@/lib/core/result";
import { isBusy } from "@/lib/store/clusters";
import { appendAudit } from "./audit";
import { openCluster } from "./clusters";
import { context } from "./context";
import { parseInput } from "./input";
import { forbidden, refused, rejected } from "./refusals";
import type { Actor } from "./views";

const schema = z.object({
  clusterId: z.string(),
  confirm: z.string().trim(),
  reason: z
    .string("Say why.")
    .trim()
    .min(1, "Say why nobody is working there any more; it is kept in the audit log.")
    .max(500, "Use at most 500 characters."),
});

/**
 * Releases the SDN lock of a cluster whoever holds it. Proxmox does not tell who that is, and whoever was working goes on
 * writing without a lock. For a lock that nobody will give back; refused while a run of ours is at work there.
 */
export async function forceUnlock(actor: Actor, input: z.input<typeof schema>): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "owner", "release a lock by force");
  if (no) return no;
  const parsed = parseInput(schema, input);
  if (!parsed.ok) return parsed;
  const { clusterId, confirm, reason } = parsed.value;
  const ctx = await context();
  const opened = await openCluster(ctx, clusterId);
  if (!opened.ok) return opened;
  const { cluster, row } = opened.value;
  if (confirm !== row.name) {
    const message = `Type the cluster's name, ${row.name}, to confirm.`;
    return rejected(message, { confirm: message });
  }
  if (await isBusy(ctx.db, clusterId)) {
    return refused(
      `Could not release the lock of ${row.name}: a run or a rehearsal of ours is at work there, and the lock may be its own.`,
      "Wait until it has ended, or stop it.",
    );
  }
  const released = await cluster.unlock(null, { force: true });
  const detail = { name: row.name, reason, released: released.ok };
  await appendAudit(ctx, actor, "cluster.force-unlock", `cluster/${clusterId}`, detail);
  return released.ok ? ok(null) : released;
}
