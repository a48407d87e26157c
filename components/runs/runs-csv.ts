import type { RunSummary } from "@/lib/server/views";

const COLUMNS = [
  ["run", (run) => run.number],
  ["state", (run) => run.state],
  ["created", (run) => run.counts.create],
  ["changed", (run) => run.counts.update],
  ["removed", (run) => run.counts.delete],
  ["replaced", (run) => run.counts.replace],
  ["person", (run) => run.actor],
  ["source", (run) => run.source],
  ["layout", (run) => run.layoutName],
  ["layout version", (run) => run.layoutVersion],
  ["cluster", (run) => run.clusterName],
  ["reason", (run) => run.reason ?? ""],
  ["queued at", (run) => run.createdAt],
  ["started at", (run) => run.startedAt ?? ""],
  ["ended at", (run) => run.endedAt ?? ""],
  ["nodes proven", (run) => run.proven],
  ["nodes", (run) => run.nodes],
  ["message", (run) => run.message],
] as const satisfies readonly (readonly [string, (run: RunSummary) => string | number])[];

/** Runs as CSV (RFC 4180) with a heading line. */
export function runsCsv(runs: readonly RunSummary[]): string {
  const lines = [COLUMNS.map(([name]) => name), ...runs.map((run) => COLUMNS.map(([, value]) => value(run)))];
  return `${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  // A spreadsheet runs text that begins like a formula; the apostrophe makes it text again.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
