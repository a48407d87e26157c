import type { RunEvent, StoredEvent } from "@/lib/core/apply/events";
import { toJson } from "./json";
import { insertSnapshot, snapshotOfRun } from "./snapshots";
import type { Db, Tx } from "./store";

export interface JournalLine {
  readonly runId: string;
  readonly runner: string;
  readonly seq: number;
  readonly at: Date;
  readonly event: RunEvent;
}

/**
 * Appends one event to the journal, on disk when this resolves. False when the run belongs to somebody else by now:
 * the caller must stop, whatever it was about to do.
 */
export async function appendEvent(db: Db, line: JournalLine): Promise<boolean> {
  const { event } = line;
  if (event.type === "snapshot") return appendSnapshot(db, line, event);
  if (event.type === "phase" && event.state === "started") return withMessage(db, line, `Phase ${event.phase}.`);
  if (event.type === "committing") return withMessage(db, line, "Committing.", { committed: true });
  return insertEvent(db, line, event);
}

/** One statement, so that a run of thousands of steps stays quick: the insert happens only for the run's own runner. */
export async function insertEvent(db: Db | Tx, line: JournalLine, event: unknown): Promise<boolean> {
  const count = await db.$executeRaw`
    INSERT INTO "RunEvent" ("runId", "seq", "at", "event")
    SELECT ${line.runId}, ${line.seq}::int, ${line.at}, ${JSON.stringify(toJson(event))}::jsonb
    WHERE EXISTS (SELECT 1 FROM "Run" WHERE "id" = ${line.runId} AND "runner" = ${line.runner} AND "state" = 'running')`;
  return count === 1;
}

async function withMessage(
  db: Db,
  line: JournalLine,
  message: string,
  more: { committed?: true } = {},
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.run.updateMany({
      where: { id: line.runId, runner: line.runner, state: "running" },
      // With its first event a run has started: how long it took counts from there, wherever that is said.
      data: { message, heartbeatAt: line.at, ...more, ...(line.seq === 1 ? { startedAt: line.at } : {}) },
    });
    return count === 1 && insertEvent(tx, line, line.event);
  });
}

/** The configuration goes to its own table; the journal keeps its fingerprint, and readers put the two together. */
async function appendSnapshot(
  db: Db,
  line: JournalLine,
  event: Extract<RunEvent, { type: "snapshot" }>,
): Promise<boolean> {
  const { type: _, fingerprint, ...data } = event;
  return db.$transaction(async (tx) => {
    const run = await tx.run.findFirst({ where: { id: line.runId, runner: line.runner, state: "running" } });
    if (!run) return false;
    const { clusterId, actor: takenBy } = run;
    await insertSnapshot(tx, { clusterId, runId: run.id, takenBy, at: line.at, fingerprint, data });
    return insertEvent(tx, line, { type: "snapshot", fingerprint });
  });
}

/** The events after `after`, in order, at most `limit`. */
export async function readEvents(db: Db, runId: string, after: number, limit = 20_000): Promise<StoredEvent[]> {
  const rows = await db.runEvent.findMany({
    where: { runId, seq: { gt: after } },
    orderBy: { seq: "asc" },
    take: limit,
  });
  const events = rows.map((row) => ({
    ...(row.event as unknown as RunEvent),
    seq: row.seq,
    at: row.at.toISOString(),
  }));
  if (!events.some((event) => event.type === "snapshot")) return events;
  const snapshot = await snapshotOfRun(db, runId);
  return events.map((event) => (event.type === "snapshot" && snapshot ? { ...event, ...snapshot } : event));
}
