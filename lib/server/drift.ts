import * as z from "zod";
import { type Drift, type DriftItem, findDrift } from "@/lib/core/drift/drift";
import type { Failure } from "@/lib/core/failure";
import { adoptLive } from "@/lib/core/layout/adopt-live";
import type { Layout } from "@/lib/core/layout/model";
import { type EntityKey, toEntities } from "@/lib/core/plan/entity";
import { ok, type Result } from "@/lib/core/result";
import * as ignoring from "@/lib/store/ignored-drift";
import { canonicalJson, sha256 } from "@/lib/store/json";
import { findLayout, layoutOf } from "@/lib/store/layouts";
import * as store from "@/lib/store/recorded";
import { adopted } from "./adopted";
import { appendAudit } from "./audit";
import { context } from "./context";
import { type Ground, readGround } from "./ground";
import { parseInput } from "./input";
import type { DriftEntry, DriftView } from "./memory-views";
import { forbidden, missing, refused } from "./refusals";
import type { Actor } from "./views";

const SETTLE = "settle drift";

/** How a layout's objects differ from what was last applied, read now: what runs and what is only edited apart. */
export async function readDrift(
  actor: Actor,
  input: { readonly layoutId: string },
): Promise<Result<DriftView, Failure>> {
  const no = forbidden(actor, "viewer", "see drift");
  if (no) return no;
  const ctx = await context();
  const ground = await readGround(ctx, input.layoutId, "look for drift of");
  if (!ground.ok) return ground;
  const { row, clusterId, clusterName, readAt, recorded } = ground.value;
  const { items, foreignPending } = driftOn(ground.value);
  const ignored = await ignoring.listIgnored(ctx.db, row.id, clusterId);
  const draftOf = draftValues(layoutOf(row.draft));
  return ok({
    layoutId: row.id,
    layoutName: row.name,
    clusterId,
    clusterName,
    checkedAt: readAt.toISOString(),
    recordedVersion: recorded?.version ?? null,
    items: items.map((item): DriftEntry => {
      const fingerprint = fingerprintOf(item);
      const note = ignored.find((one) => one.key === item.key && one.where === item.where);
      const { by = "", at, reason = "" } = note ?? {};
      return {
        ...item,
        zone: zoneOf(item, ground.value),
        fingerprint,
        draft: draftOf(item),
        ignored: at && note?.fingerprint === fingerprint ? { by, at: at.toISOString(), reason } : null,
      };
    }),
    foreignPending,
  });
}

function driftOn({ recorded, owned, config }: Ground): Drift {
  if (recorded) return findDrift({ recorded: recorded.layout, owned, config });
  return { items: [], foreignPending: config.pending };
}

/** Names exactly this difference, so that another one of the same object is not taken for it. */
const fingerprintOf = ({ key, where, op, fields }: DriftItem): string =>
  sha256(canonicalJson([key, where, op, fields]));

/** The zone an object is in, or was in. */
function zoneOf({ key, kind, id }: DriftItem, { config, recorded }: Ground): string {
  if (kind === "zone") return id;
  const known = [...config.entities, ...config.running, ...toEntities(recorded?.layout ?? EMPTY)];
  return String(known.find((entity) => entity.key === key)?.props["zone"] ?? "");
}

const EMPTY: Layout = { version: 1, name: "", zones: [], vnets: [], subnets: [] };

function draftValues(draft: Layout): (item: DriftItem) => DriftEntry["draft"] {
  const entities = new Map(toEntities(draft).map((entity) => [entity.key, entity]));
  return ({ key, fields }) => fields.map(({ field }) => entities.get(key)?.props[field] ?? null);
}

const placeSchema = z.object({ layoutId: z.string(), key: z.string().max(300), where: z.enum(["applied", "pending"]) });
const ignoreSchema = placeSchema.extend({
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/, "Give the item's fingerprint."),
  reason: z
    .string("Say why.")
    .trim()
    .min(1, "Say why it may stay; it is kept with the drift.")
    .max(500, "Use at most 500 characters."),
});

/** Leaves a drift as it is until it differs in another way. It stays in the list, marked. */
export async function ignoreDrift(actor: Actor, input: z.input<typeof ignoreSchema>): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "operator", SETTLE);
  if (no) return no;
  const parsed = parseInput(ignoreSchema, input);
  if (!parsed.ok) return parsed;
  const place = await placeOf(parsed.value);
  if (!place.ok) return place;
  const ctx = await context();
  const { fingerprint, reason } = parsed.value;
  const at = new Date(ctx.clock.now());
  await ignoring.ignoreDrift(ctx.db, { ...place.value, fingerprint, reason, by: actor.name, at });
  const { layoutId, key, where } = place.value;
  await appendAudit(ctx, actor, "drift.ignore", `layout/${layoutId}`, { key, where, reason });
  return ok(null);
}

export async function unignoreDrift(actor: Actor, input: z.input<typeof placeSchema>): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "operator", SETTLE);
  if (no) return no;
  const parsed = parseInput(placeSchema, input);
  if (!parsed.ok) return parsed;
  const place = await placeOf(parsed.value);
  if (!place.ok) return place;
  const ctx = await context();
  const { layoutId, key, where } = place.value;
  if (!(await ignoring.unignoreDrift(ctx.db, place.value))) return refused("This drift was not ignored.");
  await appendAudit(ctx, actor, "drift.unignore", `layout/${layoutId}`, { key, where });
  return ok(null);
}

async function placeOf({
  layoutId,
  key,
  where,
}: z.output<typeof placeSchema>): Promise<Result<ignoring.DriftPlace, Failure>> {
  const row = await findLayout((await context()).db, layoutId);
  if (!row) return missing("layout");
  if (row.clusterId === null) return refused(`${row.name} has no cluster, so it cannot drift.`);
  return ok({ layoutId, clusterId: row.clusterId, key, where });
}

const adoptSchema = z.object({ layoutId: z.string(), keys: z.array(z.string()).min(1, "Choose at least one object.") });

/**
 * Takes drifted objects into the draft as they are in the cluster now. What runs counts as applied from then on; what is
 * only edited does not. An object that is gone leaves the draft, and is not owned any more. Changes nothing in the cluster.
 */
export async function adoptDrift(
  actor: Actor,
  input: { readonly layoutId: string; readonly keys: readonly EntityKey[] },
): Promise<Result<{ readonly rev: number }, Failure>> {
  const no = forbidden(actor, "operator", SETTLE);
  if (no) return no;
  const parsed = parseInput(adoptSchema, input);
  if (!parsed.ok) return parsed;
  const { layoutId, keys } = parsed.value;
  const ctx = await context();
  const ground = await readGround(ctx, layoutId, "adopt the drift of");
  if (!ground.ok) return ground;
  const { row, clusterId, config } = ground.value;
  const items = driftOn(ground.value).items.filter(({ key }) => keys.includes(key));
  if (items.length === 0) return refused("There is no such drift any more.", "Reload the page.");
  const applied = items.filter(({ where }) => where === "applied").map(({ key }) => key);
  const there = new Set([...config.entities, ...config.running].map(({ key }) => key));
  const at = new Date(ctx.clock.now());
  const note = items.length === 1 ? "Drift of one object adopted" : `Drift of ${items.length} objects adopted`;
  const done = await store.adopt(ctx.db, { layoutId, clusterId, by: actor.name, at, note }, ({ draft, recorded }) => ({
    draft: adoptLive({ layout: draft, live: config.entities, keys: items.map(({ key }) => key) }).layout,
    recorded: recorded && adoptLive({ layout: recorded, live: config.running, keys: applied }).layout,
    take: [],
    drop: applied.filter((key) => !there.has(key)),
  }));
  return adopted(ctx, actor, row, done, "drift.adopt", keys);
}
