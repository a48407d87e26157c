import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { letGo } from "@/lib/core/layout/let-go";
import { type EntityKey, toEntities } from "@/lib/core/plan/entity";
import { keyName } from "@/lib/core/plan/key-name";
import { ok, type Result } from "@/lib/core/result";
import { findLayout } from "@/lib/store/layouts";
import { ownedBy } from "@/lib/store/ownership";
import * as store from "@/lib/store/recorded";
import { adopted } from "./adopted";
import { toClusterObject } from "./cluster-object";
import { context } from "./context";
import { parseInput } from "./input";
import type { ClusterObject } from "./memory-views";
import { forbidden, missing, refused } from "./refusals";
import type { Actor } from "./views";

/** What a layout owns in its cluster, as it was last applied, imported or adopted. */
export async function listOwned(
  actor: Actor,
  input: { readonly layoutId: string },
): Promise<Result<readonly ClusterObject[], Failure>> {
  const no = forbidden(actor, "viewer", "see layouts");
  if (no) return no;
  const { db } = await context();
  const row = await findLayout(db, input.layoutId);
  if (!row) return missing("layout");
  const recorded = await store.recordedOf(db, row);
  if (!recorded || row.clusterId === null) return ok([]);
  const owned = await ownedBy(db, row.clusterId, row.id);
  return ok(toEntities(recorded.layout).flatMap((entity) => (owned.has(entity.key) ? [toClusterObject(entity)] : [])));
}

const letGoSchema = z.object({ layoutId: z.string(), keys: z.array(z.string()).min(1, "Choose at least one object.") });

/**
 * Lets go of objects that a layout owns, with what lives in them: out of its draft, and owned by nobody from then on.
 * Changes nothing in the cluster.
 */
export async function letGoObjects(
  actor: Actor,
  input: { readonly layoutId: string; readonly keys: readonly EntityKey[] },
): Promise<Result<{ readonly rev: number }, Failure>> {
  const no = forbidden(actor, "operator", "let go of objects");
  if (no) return no;
  const parsed = parseInput(letGoSchema, input);
  if (!parsed.ok) return parsed;
  const { layoutId, keys } = parsed.value;
  const ctx = await context();
  const row = await findLayout(ctx.db, layoutId);
  if (!row) return missing("layout");
  const { clusterId } = row;
  if (clusterId === null) return refused(`${row.name} has no cluster, so it owns nothing.`);
  const owned = await ownedBy(ctx.db, clusterId, layoutId);
  const strange = keys.find((key) => !owned.has(key));
  if (strange !== undefined) return refused(`${keyName(strange)} does not belong to ${row.name}.`, "Reload the page.");
  const at = new Date(ctx.clock.now());
  const note = `Let go of ${keys.length === 1 ? keyName(keys[0] ?? "") : `${keys.length} objects`}`;
  const done = await store.adopt(ctx.db, { layoutId, clusterId, by: actor.name, at, note }, (held) => ({
    ...letGo({ ...held, keys }),
    take: [],
  }));
  return adopted(ctx, actor, row, done, "layout.let-go", keys);
}
