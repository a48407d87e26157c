import type { Failure } from "@/lib/core/failure";
import { ok, type Result } from "@/lib/core/result";
import * as store from "@/lib/store/audit";
import { type Context, context } from "./context";
import { forbidden } from "./refusals";
import type { Actor } from "./views";

/** Writes down who did what. `detail` holds plain values and never a secret. */
export function appendAudit(
  ctx: Context,
  actor: Pick<Actor, "id" | "name">,
  action: string,
  target: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  return store.appendAudit(ctx.db, {
    at: new Date(ctx.clock.now()),
    actorId: actor.id,
    actor: actor.name,
    action,
    target,
    detail,
  });
}

export interface AuditView {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly detail: unknown;
}

/** The audit chain, newest first, for everybody who may sign in. `next` continues below; null at the end. */
export async function listAudit(
  actor: Actor,
  page: { readonly before?: number; readonly limit?: number } = {},
): Promise<Result<{ readonly entries: readonly AuditView[]; readonly next: number | null }, Failure>> {
  const no = forbidden(actor, "viewer", "read the audit log");
  if (no) return no;
  const { db } = await context();
  const limit = Math.min(Math.max(page.limit ?? 50, 1), 500);
  const rows = await store.listAudit(db, { ...page, limit });
  const entries = rows.map(({ seq, at, actor: by, action, target, detail }) => ({
    seq,
    at: at.toISOString(),
    actor: by,
    action,
    target,
    detail,
  }));
  return ok({ entries, next: rows.length < limit ? null : (rows.at(-1)?.seq ?? null) });
}
