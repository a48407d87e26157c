import Link from "next/link";
import { ChangeCounts } from "@/components/ui/change-symbol";
import { RelativeTime } from "@/components/ui/relative-time";
import { StateBadge } from "@/components/ui/state-badge";
import { Table, Td, Th } from "@/components/ui/table";
import type { RunSummary } from "@/lib/server/views";
import { durationBetween } from "./duration";
import { SOURCE_WORD } from "./run-words";

/** Runs, newest first. The whole row leads to its run; the link is the run's number. */
export function HistoryTable({ runs }: { readonly runs: readonly RunSummary[] }) {
  return (
    <Table caption="Runs">
      <thead>
        <tr>
          <Th>Run</Th>
          <Th>State</Th>
          <Th>Changes</Th>
          <Th>Layout</Th>
          <Th>Cluster</Th>
          <Th>Started by</Th>
          <Th>Reason</Th>
          <Th>Started</Th>
          <Th className="text-right">Took</Th>
          <Th className="text-right">Nodes</Th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <Row key={run.id} run={run} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ run }: { readonly run: RunSummary }) {
  return (
    <tr className="group relative hover:bg-hover">
      <Td>
        {/* The link covers its row, so that the pointer can hit anywhere and the keyboard still has one stop. */}
        <Link
          href={`/runs/${run.id}`}
          className="font-medium after:absolute after:inset-0 group-hover:underline"
          aria-label={`Run ${run.number}`}
        >
          <span className="mono">#{run.number}</span>
        </Link>
      </Td>
      <Td>
        <StateBadge state={run.state} />
      </Td>
      <Td>
        <ChangeCounts counts={run.counts} />
      </Td>
      <Td className="max-w-48">
        <span className="block truncate">
          {run.layoutName} <span className="text-text-3">v{run.layoutVersion}</span>
        </span>
      </Td>
      <Td className="whitespace-nowrap">{run.clusterName}</Td>
      <Td className="whitespace-nowrap">
        {run.actor}
        {run.source === "app" ? null : <span className="text-text-3"> {SOURCE_WORD[run.source]}</span>}
      </Td>
      <Td className="max-w-56">
        <span className="block truncate text-text-2" title={run.reason ?? undefined}>
          {run.reason ?? ""}
        </span>
      </Td>
      <Td className="text-text-2">
        <RelativeTime at={run.startedAt ?? run.createdAt} />
      </Td>
      <Td className="whitespace-nowrap text-right text-text-2">
        {durationBetween(run.startedAt, run.endedAt) ?? <span className="text-text-3">–</span>}
      </Td>
      <Td className="whitespace-nowrap text-right">
        {run.nodes > 0 ? (
          <span title={`${run.proven} of ${run.nodes} nodes proven`}>
            {run.proven}/{run.nodes}
          </span>
        ) : (
          <span className="text-text-3">–</span>
        )}
      </Td>
    </tr>
  );
}
