import { purposeWords } from "@/components/plan/purpose-words";
import { hostWords } from "@/lib/core/plan/host-words";
import { csvText } from "@/lib/exchange/csv";
import type { RunSummary } from "@/lib/server/views";

const COLUMNS = [
  ["run", (run) => run.number],
  ["state", (run) => run.state],
  ["created", (run) => run.counts.create],
  ["changed", (run) => run.counts.update],
  ["removed", (run) => run.counts.delete],
  ["replaced", (run) => run.counts.replace],
  ["host services", (run) => hostWords(run.hosts) ?? ""],
  ["person", (run) => run.actor],
  ["source", (run) => run.source],
  ["layout", (run) => run.layoutName],
  ["layout version", (run) => run.layoutVersion],
  ["cluster", (run) => run.clusterName],
  ["purpose", (run) => purposeWords(run.purpose) ?? ""],
  ["reason", (run) => run.reason ?? ""],
  ["queued at", (run) => run.createdAt],
  ["started at", (run) => run.startedAt ?? ""],
  ["ended at", (run) => run.endedAt ?? ""],
  ["nodes proven", (run) => run.proven],
  ["nodes", (run) => run.nodes],
  ["message", (run) => run.message],
] as const satisfies readonly (readonly [string, (run: RunSummary) => string | number])[];

/** Runs as CSV (RFC 4180) with a heading line. */
export const runsCsv = (runs: readonly RunSummary[]): string =>
  csvText([COLUMNS.map(([name]) => name), ...runs.map((run) => COLUMNS.map(([, value]) => value(run)))]);
