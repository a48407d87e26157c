import type { EndState, RunEvent } from "@/lib/core/apply/events";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { Purpose } from "@/lib/core/plan/purpose";
import type { Run } from "@/prisma/generated/client";
import { insertEvent, type JournalLine } from "./journal";
import { findVersion, isSameDocument, layoutOf, lockLayout, replaceDraft } from "./layouts";
import { replaceOwned } from "./ownership";
import { setRecorded } from "./recorded";
import type { Db, Tx } from "./store";

/** What a run leaves behind besides its journal. */
export interface Aftermath {
  /** What the layout owns now; null: as before. */
  readonly owned: readonly EntityKey[] | null;
  /** Whether the run's layout is what the cluster has been brought to. */
  readonly recorded: boolean;
}

/**
 * What became of the draft when a run took something back: it followed (`followed`), because it held nothing but what had
 * been applied, or it has edits of its own and stays (`stayed`).
 */
export type DraftFate = "followed" | "stayed" | "untouched";

const STAYED = " The draft has edits of its own, so it stays as it is and still says what was there before.";

/**
 * Ends a run: its last event, its row, the cluster's freedom, what the layout owns and has brought there, and the draft
 * after a way back; all or nothing. Null when the run is somebody else's by now.
 */
export async function finishRun(
  db: Db,
  line: JournalLine & { readonly event: Extract<RunEvent, { type: "ended" }> },
  { owned, recorded }: Aftermath,
): Promise<{ readonly draft: DraftFate } | null> {
  const { event, at } = line;
  return db.$transaction(async (tx) => {
    if (!(await insertEvent(tx, line, event))) return null;
    const { state, message, proven, nodes } = event;
    const run = await tx.run.update({
      where: { id: line.runId },
      data: { state: state satisfies EndState, message, proven, nodes, endedAt: at, runningOn: null },
    });
    const { clusterId, layoutId } = run;
    if (owned) await replaceOwned(tx, { clusterId, layoutId, keys: owned, at });
    if (!recorded) return { draft: "untouched" };
    const draft = await followWithDraft(tx, run, at);
    await setRecorded(tx, layoutId, run.layoutVersion, at);
    if (draft === "stayed") {
      await tx.run.update({ where: { id: run.id }, data: { message: `${message}${STAYED}` } });
    }
    return { draft };
  });
}

/** After a revert or a restore the draft follows, unless it has been edited since what was applied before. */
async function followWithDraft(tx: Tx, run: Run, at: Date): Promise<DraftFate> {
  const kind = (run.purpose as Purpose | null)?.kind ?? "apply";
  if (kind === "apply" || kind === "put-back") return "untouched";
  const row = await lockLayout(tx, run.layoutId);
  const after = await findVersion(tx, run.layoutId, run.layoutVersion);
  if (!row || !after) return "untouched";
  const draft = layoutOf(row.draft);
  if (isSameDocument(draft, after)) return "untouched";
  const before = run.beforeVersion === null ? null : await findVersion(tx, run.layoutId, run.beforeVersion);
  const unedited = before ? isSameDocument(draft, before) : draft.zones.length === 0;
  if (!unedited) return "stayed";
  await replaceDraft(tx, { id: row.id, layout: { ...after, name: draft.name }, by: run.actor, at });
  return "followed";
}
