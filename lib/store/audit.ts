import type { AuditEntry } from "@/prisma/generated/client";
import { canonicalJson, sha256, toJson } from "./json";
import type { Db, Tx } from "./store";

export interface AuditInput {
  readonly at: Date;
  readonly actorId: string;
  readonly actor: string;
  /** `layout.create`, `run.start`, … */
  readonly action: string;
  /** What it was done to: `layout/<id>`, `cluster/<id>`, … */
  readonly target: string;
  /** Plain values; never a secret. */
  readonly detail: Readonly<Record<string, unknown>>;
}

// One writer at a time extends the chain, on whichever server; the number only has to be the same everywhere.
const CHAIN_LOCK = 7260419;
const START = "0".repeat(64);

/** Appends one entry to the chain. The hash covers the entry and the hash of the one before. */
export async function appendAudit(db: Db, input: AuditInput): Promise<void> {
  await db.$transaction(async (tx: Tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK}::bigint)::text`;
    const last = await tx.auditEntry.findFirst({ orderBy: { seq: "desc" } });
    const detail = toJson(input.detail);
    const entry = { ...input, detail, seq: (last?.seq ?? 0) + 1, prev: last?.hash ?? START };
    await tx.auditEntry.create({ data: { ...entry, hash: hashOf(entry) } });
  });
}

type Hashed = Omit<AuditInput, "detail"> & { readonly detail: unknown; readonly seq: number; readonly prev: string };

const hashOf = (entry: Hashed): string =>
  sha256(
    canonicalJson([
      entry.seq,
      entry.at.toISOString(),
      entry.actorId,
      entry.actor,
      entry.action,
      entry.target,
      entry.detail,
      entry.prev,
    ]),
  );

/** Newest first; `before` is a sequence number to continue below. */
export function listAudit(db: Db, page: { readonly before?: number; readonly limit: number }): Promise<AuditEntry[]> {
  return db.auditEntry.findMany({
    ...(page.before === undefined ? {} : { where: { seq: { lt: page.before } } }),
    orderBy: { seq: "desc" },
    take: page.limit,
  });
}

/** Checks the whole chain; gives the number of the first entry that does not fit, or null when all do. */
export async function firstBrokenAudit(db: Db): Promise<number | null> {
  let prev = START;
  let seq = 0;
  for (;;) {
    const entries = await db.auditEntry.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: "asc" }, take: 500 });
    for (const entry of entries) {
      if (entry.seq !== seq + 1 || entry.prev !== prev || entry.hash !== hashOf(entry)) return entry.seq;
      prev = entry.hash;
      seq = entry.seq;
    }
    if (entries.length === 0) return null;
  }
}
