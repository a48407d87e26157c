import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { emptyLayout, type Layout, layoutSchema } from "@/lib/core/layout/model";
import { ok, type Result } from "@/lib/core/result";
import { findCluster } from "@/lib/store/clusters";
import { isStorable } from "@/lib/store/json";
import * as store from "@/lib/store/layouts";
import { countOwned } from "@/lib/store/ownership";
import { recordedOf } from "@/lib/store/recorded";
import { listRuns } from "@/lib/store/runs";
import { appendAudit } from "./audit";
import { type Context, context } from "./context";
import { nameSchema, parseInput } from "./input";
import { forbidden, missing, refused, rejected } from "./refusals";
import type { Actor, DraftView, LayoutSummary, RecordedView, RunState, SaveOutcome } from "./views";

const EDIT = "change layouts";

/** All layouts, the last changed first. */
export async function listLayouts(actor: Actor): Promise<Result<readonly LayoutSummary[], Failure>> {
  const no = forbidden(actor, "viewer", "see layouts");
  if (no) return no;
  const { db } = await context();
  const rows = await store.listLayouts(db);
  return ok(
    rows.map(
      ({
        id,
        name,
        clusterId,
        cluster,
        rev,
        version,
        recordedVersion,
        zones,
        vnets,
        subnets,
        updatedAt,
        updatedBy,
        lastRun,
      }) => ({
        id,
        name,
        clusterId,
        clusterName: cluster?.name ?? null,
        rev,
        version,
        recordedVersion,
        zones,
        vnets,
        subnets,
        updatedAt: updatedAt.toISOString(),
        updatedBy,
        lastRun: lastRun && {
          id: lastRun.id,
          number: lastRun.number,
          state: lastRun.state as RunState,
          endedAt: lastRun.endedAt?.toISOString() ?? null,
        },
      }),
    ),
  );
}

export async function loadDraft(actor: Actor, id: string): Promise<Result<DraftView, Failure>> {
  const no = forbidden(actor, "viewer", "see layouts");
  if (no) return no;
  const row = await store.findLayout((await context()).db, id);
  return row ? ok(draftView(row)) : missing("layout");
}

function draftView(row: store.LayoutWithCluster): DraftView {
  return {
    id: row.id,
    name: row.name,
    clusterId: row.clusterId,
    clusterName: row.cluster?.name ?? null,
    layout: store.layoutOf(row.draft),
    rev: row.rev,
    version: row.version,
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: row.updatedBy,
  };
}

const createSchema = z.object({
  name: nameSchema,
  clusterId: z.string().nullable(),
  layout: z.custom<Layout>().optional(),
});

/** Creates a layout, empty unless one is given; its document takes the given name. */
export async function createLayout(
  actor: Actor,
  input: { readonly name: string; readonly clusterId: string | null; readonly layout?: Layout | undefined },
): Promise<Result<{ readonly id: string }, Failure>> {
  const no = forbidden(actor, "operator", EDIT);
  if (no) return no;
  const parsed = parseInput(createSchema, input);
  if (!parsed.ok) return parsed;
  const { name, clusterId, layout = emptyLayout(name) } = parsed.value;
  const document = parseDocument({ ...layout, name });
  if (!document.ok) return document;
  const ctx = await context();
  if (clusterId !== null && !(await findCluster(ctx.db, clusterId))) return missing("cluster");
  const id = await store.insertLayout(ctx.db, { name, clusterId, layout: document.value, by: actor.name });
  await appendAudit(ctx, actor, "layout.create", `layout/${id}`, { name, clusterId });
  return ok({ id });
}

/** Checks the shape of a document and that the database can keep every character of it. */
function parseDocument(input: unknown): Result<Layout, Failure> {
  const parsed = layoutSchema.safeParse(input);
  if (!parsed.success) {
    const fields: Record<string, string> = {};
    for (const issue of parsed.error.issues) fields[`layout.${issue.path.map(String).join(".")}`] ??= issue.message;
    const named = Object.entries(fields).map(([field, reason]) => `${field}: ${reason}`);
    return rejected(`The layout is not usable. ${named.join("; ")}`, fields);
  }
  if (isStorable(parsed.data)) return ok(parsed.data);
  const message = "The layout contains a NUL character or a broken surrogate pair; remove it.";
  return rejected(message, { layout: message });
}

/**
 * Saves the draft when it still is at `baseRev`. Otherwise nothing is written and the answer carries what is stored
 * now, for the person to choose.
 */
export async function saveDraft(
  actor: Actor,
  input: { readonly id: string; readonly baseRev: number; readonly layout: unknown },
): Promise<Result<SaveOutcome, Failure>> {
  const no = forbidden(actor, "operator", EDIT);
  if (no) return no;
  const document = parseDocument(input.layout);
  if (!document.ok) return document;
  const ctx = await context();
  const at = new Date(ctx.clock.now());
  const saved = { id: input.id, baseRev: input.baseRev, layout: document.value, by: actor.name, at };
  const rev = await store.saveDraft(ctx.db, saved);
  if (rev !== null) return ok({ saved: true, rev });
  const row = await store.findLayout(ctx.db, input.id);
  return row ? ok({ saved: false, conflict: draftView(row) }) : missing("layout");
}

export async function renameLayout(
  actor: Actor,
  input: { readonly id: string; readonly name: string },
): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "operator", EDIT);
  if (no) return no;
  const parsed = parseInput(z.object({ id: z.string(), name: nameSchema }), input);
  if (!parsed.ok) return parsed;
  const ctx = await context();
  const at = new Date(ctx.clock.now());
  if (!(await store.renameLayout(ctx.db, { ...parsed.value, by: actor.name, at }))) return missing("layout");
  await appendAudit(ctx, actor, "layout.rename", `layout/${input.id}`, { name: parsed.value.name });
  return ok(null);
}

/** Chooses the cluster a layout is for. Refused while it owns objects in another: nobody could remove them any more. */
export async function assignCluster(
  actor: Actor,
  input: { readonly id: string; readonly clusterId: string | null },
): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "operator", EDIT);
  if (no) return no;
  const ctx = await context();
  const row = await store.findLayout(ctx.db, input.id);
  if (!row) return missing("layout");
  if (row.clusterId === input.clusterId) return ok(null);
  if (input.clusterId !== null && !(await findCluster(ctx.db, input.clusterId))) return missing("cluster");
  const owned = await countOwned(ctx.db, input.id);
  if (owned > 0) {
    return refused(
      `Could not change the cluster of ${row.name}: it owns ${owned} objects in ${row.cluster?.name ?? "its cluster"}.`,
      "Apply an empty layout there first, or make a new layout for the other cluster.",
    );
  }
  await store.assignCluster(ctx.db, { ...input, by: actor.name, at: new Date(ctx.clock.now()) });
  await appendAudit(ctx, actor, "layout.assign", `layout/${input.id}`, { clusterId: input.clusterId });
  return ok(null);
}

/** Deletes a layout that neither owns objects nor has runs; its versions and unused plans go along. */
export async function deleteLayout(actor: Actor, input: { readonly id: string }): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "operator", EDIT);
  if (no) return no;
  const ctx = await context();
  const row = await store.findLayout(ctx.db, input.id);
  if (!row) return missing("layout");
  if (!(await store.deleteLayout(ctx.db, input.id))) return refused(...(await whyKept(ctx, row)));
  await appendAudit(ctx, actor, "layout.delete", `layout/${input.id}`, { name: row.name });
  return ok(null);
}

async function whyKept(ctx: Context, row: store.LayoutWithCluster): Promise<[string, string]> {
  const owned = await countOwned(ctx.db, row.id);
  if (owned > 0) {
    const where = row.cluster?.name ?? "a cluster";
    return [
      `Could not delete ${row.name}: it owns ${owned} objects in ${where}.`,
      "Remove them first: empty the layout and apply it.",
    ];
  }
  const runs = await listRuns(ctx.db, { layoutId: row.id, limit: 1 });
  const number = runs[0] ? ` (run ${runs[0].number})` : "";
  return [
    `Could not delete ${row.name}: it is part of the history${number}.`,
    "Layouts that have run are kept, so that the history stays complete.",
  ];
}

/** What was last applied, imported or adopted of a layout: what its draft is compared with. Null: nothing yet. */
export async function loadRecorded(actor: Actor, id: string): Promise<Result<RecordedView | null, Failure>> {
  const no = forbidden(actor, "viewer", "see layouts");
  if (no) return no;
  const { db } = await context();
  const row = await store.findLayout(db, id);
  return row ? ok(await recordedOf(db, row)) : missing("layout");
}

export interface VersionView {
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly note: string | null;
}

/** The numbered versions of a layout, newest first. */
export async function listVersions(actor: Actor, id: string): Promise<Result<readonly VersionView[], Failure>> {
  const no = forbidden(actor, "viewer", "see layouts");
  if (no) return no;
  const rows = await store.listVersions((await context()).db, id);
  return ok(
    rows.map(({ version, createdAt, createdBy, note }) => ({
      version,
      createdAt: createdAt.toISOString(),
      createdBy,
      note,
    })),
  );
}

export async function loadVersion(
  actor: Actor,
  input: { readonly id: string; readonly version: number },
): Promise<Result<Layout, Failure>> {
  const no = forbidden(actor, "viewer", "see layouts");
  if (no) return no;
  const layout = await store.findVersion((await context()).db, input.id, input.version);
  return layout ? ok(layout) : missing("version");
}
