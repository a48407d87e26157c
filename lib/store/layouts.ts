import { type Layout, layoutSchema } from "@/lib/core/layout/model";
import type { Layout as LayoutRow, LayoutVersion } from "@/prisma/generated/client";
import { canonicalJson, sha256, toJson } from "./json";
import type { Db, Tx } from "./store";

export type LayoutWithCluster = LayoutRow & { readonly cluster: { readonly name: string } | null };

export interface LastRun {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly endedAt: Date | null;
}

/** Every layout without its document, the last changed first, with its newest run. */
export async function listLayouts(
  db: Db,
): Promise<readonly (Omit<LayoutWithCluster, "draft"> & { readonly lastRun: LastRun | null })[]> {
  const rows = await db.layout.findMany({
    omit: { draft: true },
    include: {
      cluster: { select: { name: true } },
      runs: { orderBy: { number: "desc" }, take: 1, select: { id: true, number: true, state: true, endedAt: true } },
    },
    orderBy: { updatedAt: "desc" },
  });
  return rows.map(({ runs, ...row }) => ({ ...row, lastRun: runs[0] ?? null }));
}

/** The draft's revision, or null for no such layout. */
export async function findRevision(db: Db, id: string): Promise<number | null> {
  const row = await db.layout.findUnique({ where: { id }, select: { rev: true } });
  return row?.rev ?? null;
}

export function findLayout(db: Db | Tx, id: string): Promise<LayoutWithCluster | null> {
  return db.layout.findUnique({ where: { id }, include: { cluster: { select: { name: true } } } });
}

/** The document of a row. Everything stored was parsed before, so a mismatch is a bug and throws. */
export const layoutOf = (json: unknown): Layout => layoutSchema.parse(json);

export async function insertLayout(
  db: Db | Tx,
  input: { readonly name: string; readonly clusterId: string | null; readonly layout: Layout; readonly by: string },
): Promise<string> {
  const row = await db.layout.create({
    data: {
      name: input.name,
      clusterId: input.clusterId,
      draft: toJson(input.layout),
      ...countsOf(input.layout),
      createdBy: input.by,
      updatedBy: input.by,
    },
  });
  return row.id;
}

const countsOf = (layout: Layout) => ({
  zones: layout.zones.length,
  vnets: layout.vnets.length,
  subnets: layout.subnets.length,
});

/** Saves a draft when it still has the revision it was made from; gives the new revision, or null when it has not. */
export async function saveDraft(
  db: Db,
  input: {
    readonly id: string;
    readonly baseRev: number;
    readonly layout: Layout;
    readonly by: string;
    readonly at: Date;
  },
): Promise<number | null> {
  const { count } = await db.layout.updateMany({
    where: { id: input.id, rev: input.baseRev },
    data: {
      draft: toJson(input.layout),
      ...countsOf(input.layout),
      rev: { increment: 1 },
      updatedAt: input.at,
      updatedBy: input.by,
    },
  });
  return count === 1 ? input.baseRev + 1 : null;
}

/** Gives a layout another name, in its list entry and in its document; a new revision, so that open editors notice. */
export async function renameLayout(
  db: Db,
  input: { readonly id: string; readonly name: string; readonly by: string; readonly at: Date },
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const row = await lockLayout(tx, input.id);
    if (!row) return false;
    await tx.layout.update({
      where: { id: input.id },
      data: {
        name: input.name,
        draft: toJson({ ...layoutOf(row.draft), name: input.name }),
        rev: { increment: 1 },
        updatedAt: input.at,
        updatedBy: input.by,
      },
    });
    return true;
  });
}

export async function assignCluster(
  db: Db,
  input: { readonly id: string; readonly clusterId: string | null; readonly by: string; readonly at: Date },
): Promise<void> {
  await db.layout.update({
    where: { id: input.id },
    data: {
      clusterId: input.clusterId,
      // What was brought to one cluster says nothing about another.
      recordedVersion: null,
      recordedAt: null,
      updatedAt: input.at,
      updatedBy: input.by,
    },
  });
}

/** Removes a layout that never ran and owns nothing; false when it has meanwhile. */
export async function deleteLayout(db: Db, id: string): Promise<boolean> {
  const { count } = await db.layout.deleteMany({ where: { id, runs: { none: {} }, owned: { none: {} } } });
  return count === 1;
}

interface Writing {
  readonly by: string;
  readonly at: Date;
  readonly note: string | null;
}

export interface Frozen {
  readonly version: number;
  readonly layout: Layout;
}

/**
 * Freezes the draft as a numbered version and gives it; when the newest version is the same document, that one.
 * The draft is read under a row lock, so the version is exactly what was stored.
 */
export function freezeVersion(db: Db, { id, ...writing }: Writing & { readonly id: string }): Promise<Frozen | null> {
  return db.$transaction(async (tx) => {
    const row = await lockLayout(tx, id);
    if (!row) return null;
    const layout = layoutOf(row.draft);
    return { layout, version: await addVersion(tx, id, layout, writing) };
  });
}

/** Keeps a layout that is not the draft as a numbered version; null when the layout is gone. */
export function keepVersion(
  db: Db,
  { id, layout, ...writing }: Writing & { readonly id: string; readonly layout: Layout },
): Promise<Frozen | null> {
  return db.$transaction(async (tx) => {
    if (!(await lockLayout(tx, id))) return null;
    return { layout, version: await addVersion(tx, id, layout, writing) };
  });
}

/** Adds a version to a layout whose row is locked, unless the newest one is the same document; gives its number. */
export async function addVersion(tx: Tx, layoutId: string, layout: Layout, writing: Writing): Promise<number> {
  const hash = hashOf(layout);
  const newest = await tx.layoutVersion.findFirst({
    where: { layoutId },
    omit: { layout: true },
    orderBy: { version: "desc" },
  });
  if (newest?.hash === hash) return newest.version;
  const version = (newest?.version ?? 0) + 1;
  const { note, at: createdAt, by: createdBy } = writing;
  await tx.layoutVersion.create({
    data: { layoutId, version, layout: toJson(layout), hash, note, createdAt, createdBy },
  });
  await tx.layout.update({ where: { id: layoutId }, data: { version } });
  return version;
}

const hashOf = (layout: Layout): string => sha256(canonicalJson(layout));

/** Whether two layouts are the same apart from their names, which a person may change without changing a network. */
export const isSameDocument = (a: Layout, b: Layout): boolean =>
  canonicalJson({ ...a, name: "" }) === canonicalJson({ ...b, name: "" });

/** Puts a draft in place of the one there is, as the next revision, in a row that is locked; gives that revision. */
export async function replaceDraft(
  tx: Tx,
  input: { readonly id: string; readonly layout: Layout; readonly by: string; readonly at: Date },
): Promise<number> {
  const row = await tx.layout.update({
    where: { id: input.id },
    data: {
      draft: toJson(input.layout),
      ...countsOf(input.layout),
      rev: { increment: 1 },
      updatedAt: input.at,
      updatedBy: input.by,
    },
    select: { rev: true },
  });
  return row.rev;
}

/** A layout's row, locked until the transaction ends; null when there is none. */
export async function lockLayout(tx: Tx, id: string): Promise<LayoutRow | null> {
  await tx.$queryRaw`SELECT "id" FROM "Layout" WHERE "id" = ${id} FOR UPDATE`;
  return tx.layout.findUnique({ where: { id } });
}

/** The numbered versions without their documents, newest first. */
export function listVersions(db: Db, layoutId: string): Promise<Omit<LayoutVersion, "layout">[]> {
  return db.layoutVersion.findMany({ where: { layoutId }, omit: { layout: true }, orderBy: { version: "desc" } });
}

export async function findVersion(db: Db | Tx, layoutId: string, version: number): Promise<Layout | null> {
  const row = await db.layoutVersion.findUnique({ where: { layoutId_version: { layoutId, version } } });
  return row ? layoutOf(row.layout) : null;
}
