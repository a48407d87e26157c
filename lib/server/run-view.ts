import type { StoredEvent } from "@/lib/core/apply/events";
import { hasServed } from "@/lib/core/apply/host-marks";
import { whyNotContinue } from "@/lib/core/apply/recover";
import { openNodes } from "@/lib/core/apply/retry";
import { invariant } from "@/lib/core/result";
import { purposeOf } from "@/lib/store/plans";
import { type RunRow, revertsOf } from "@/lib/store/runs";
import type { Db } from "@/lib/store/store";
import type { RunOffers, RunState, RunSummary } from "./views";

/** Runs as they are listed, each with the runs that were made to revert it. */
export async function summaries(db: Db, rows: readonly RunRow[]): Promise<RunSummary[]> {
  const reverts = await revertsOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    state: row.state as RunState,
    message: row.message,
    clusterId: row.clusterId,
    clusterName: row.clusterName,
    layoutId: row.layoutId,
    layoutName: row.layoutName,
    layoutVersion: row.layoutVersion,
    planId: row.planId,
    actor: row.actor,
    source: row.source as RunSummary["source"],
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    counts: { create: row.creates, update: row.updates, delete: row.deletes, replace: row.replaces },
    hosts: { changes: row.hostChanges, nodes: row.hostNodes, records: row.records },
    proven: row.proven,
    nodes: row.nodes,
    purpose: purposeOf(row.purpose),
    revertedBy: reverts
      .filter(({ reverted }) => reverted === row.id)
      .map(({ id, number, state }) => ({ id, number, state: state as RunState })),
  }));
}

export async function summaryOf(db: Db, row: RunRow): Promise<RunSummary> {
  const [summary] = await summaries(db, [row]);
  invariant(summary, "one row gives one summary");
  return summary;
}

/** What can be done with a run now, by its state and journal. */
export function offersOf(row: RunRow, events: readonly StoredEvent[]): RunOffers {
  const interrupted = row.state === "interrupted";
  return {
    retryNodes: row.state === "partially-applied" ? openNodes(events) : [],
    continue: interrupted ? (whyNotContinue(events) ?? true) : null,
    rollBack: interrupted ? true : null,
    revert: isRevertable(row, events) ? true : null,
  };
}

/** A run that has ended and has changed something can be taken back: in the cluster, on nodes, or in what is declared. */
export function isRevertable(row: RunRow, events: readonly StoredEvent[]): boolean {
  if (row.endedAt === null || row.state === "interrupted") return false;
  if (events.some(({ type }) => type === "committed"))
    return row.creates + row.updates + row.deletes + row.replaces > 0;
  return row.state !== "failed" && (hasServed(events) || (row.state === "applied" && row.records));
}

/** An event as people see it: whoever has the lock's token can release the lock, so it stays on the server. */
export const shown = (event: StoredEvent): StoredEvent =>
  event.type === "locked" && event.token !== null ? { ...event, token: "(kept on the server)" } : event;
