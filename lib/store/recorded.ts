import type { Layout } from "@/lib/core/layout/model";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { Owned } from "@/lib/core/ports";
import { addVersion, type Frozen, findVersion, insertLayout, layoutOf, lockLayout, replaceDraft } from "./layouts";
import { ownedBy, ownersIn } from "./ownership";
import type { Db, Tx } from "./store";
import { unlessTaken } from "./unique";

/**
 * What a layout last brought to its cluster, or found there when it was imported or adopted: the measure for drift, and
 * what a revert starts from. It moves on with each run, import and adoption; plans made before that are overtaken.
 */
export async function recordedOf(
  db: Db | Tx,
  row: { readonly id: string; readonly recordedVersion: number | null },
): Promise<Frozen | null> {
  if (row.recordedVersion === null) return null;
  const layout = await findVersion(db, row.id, row.recordedVersion);
  return layout && { version: row.recordedVersion, layout };
}

/** The layouts of a cluster as they were last brought there, by name: what its nodes shall serve follows from all of them. */
export async function recordedIn(
  db: Db,
  clusterId: string,
): Promise<readonly { readonly id: string; readonly name: string; readonly layout: Layout }[]> {
  const rows = await db.layout.findMany({
    where: { clusterId, recordedVersion: { not: null } },
    select: { id: true, name: true, recordedVersion: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const found = await Promise.all(rows.map(async (row) => ({ row, recorded: await recordedOf(db, row) })));
  return found.flatMap(({ row: { id, name }, recorded }) => (recorded ? [{ id, name, layout: recorded.layout }] : []));
}

export function setRecorded(tx: Tx, layoutId: string, version: number, at: Date): Promise<unknown> {
  return tx.layout.update({ where: { id: layoutId }, data: { recordedVersion: version, recordedAt: at } });
}

interface Writing {
  readonly by: string;
  readonly at: Date;
  readonly note: string;
}

/** Makes a layout of what was found in a cluster, which it owns from then on; null when another layout was quicker. */
export function insertImported(
  db: Db,
  input: Writing & {
    readonly name: string;
    readonly clusterId: string;
    readonly draft: Layout;
    readonly recorded: Layout;
    readonly keys: readonly EntityKey[];
  },
): Promise<string | null> {
  const { name, clusterId, draft, recorded, keys, ...writing } = input;
  const inserted = db.$transaction(async (tx) => {
    const layoutId = await insertLayout(tx, { name, clusterId, layout: draft, by: writing.by });
    await setRecorded(tx, layoutId, await addVersion(tx, layoutId, recorded, writing), writing.at);
    await tx.ownership.createMany({ data: keys.map((key) => ({ clusterId, layoutId, key, since: writing.at })) });
    return layoutId;
  });
  return unlessTaken(inserted);
}

/** What an adoption starts from, read under the layout's lock, and what it makes of that. */
export interface Held {
  readonly draft: Layout;
  readonly recorded: Layout | null;
  readonly owned: Owned;
}
export interface Adoption {
  readonly draft: Layout;
  readonly recorded: Layout | null;
  /** Keys that become owned, and keys that are not any more. */
  readonly take: readonly EntityKey[];
  readonly drop: readonly EntityKey[];
}

export type Adopted =
  | { readonly done: true; readonly rev: number }
  /** `busy`: a run of this layout is open. `taken`: another layout owns one of the keys. `gone`: no such layout. */
  | { readonly done: false; readonly why: "busy" | "gone" }
  | { readonly done: false; readonly why: "taken"; readonly key: EntityKey | null; readonly by: string };

/** Changes draft, recorded layout and ownership of a layout together, or nothing of it. */
export async function adopt(
  db: Db,
  input: Writing & { readonly layoutId: string; readonly clusterId: string },
  make: (held: Held) => Adoption,
): Promise<Adopted> {
  const { layoutId, clusterId, ...writing } = input;
  const adopted = db.$transaction(async (tx): Promise<Adopted> => {
    const row = await lockLayout(tx, layoutId);
    if (!row || row.clusterId !== clusterId) return { done: false, why: "gone" };
    const open = await tx.run.count({ where: { layoutId, state: { in: ["queued", "running", "interrupted"] } } });
    if (open > 0) return { done: false, why: "busy" };
    const recorded = await recordedOf(tx, row);
    const owned = await ownedBy(tx, clusterId, layoutId);
    const next = make({ draft: layoutOf(row.draft), recorded: recorded?.layout ?? null, owned });
    const owners = await ownersIn(tx, clusterId);
    for (const key of next.take) {
      const owner = owners.get(key);
      if (owner && owner.layoutId !== layoutId) return { done: false, why: "taken", key, by: owner.name };
    }
    await tx.ownership.deleteMany({ where: { clusterId, layoutId, key: { in: [...next.drop] } } });
    const fresh = next.take.filter((key) => !owned.has(key));
    await tx.ownership.createMany({ data: fresh.map((key) => ({ clusterId, layoutId, key, since: writing.at })) });
    if (next.recorded) {
      await setRecorded(tx, layoutId, await addVersion(tx, layoutId, next.recorded, writing), writing.at);
    }
    return { done: true, rev: await replaceDraft(tx, { id: layoutId, layout: next.draft, ...writing }) };
  });
  return (await unlessTaken(adopted)) ?? { done: false, why: "taken", key: null, by: "another layout" };
}
