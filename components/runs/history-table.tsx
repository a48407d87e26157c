import Link from "next/link";
import { Changes } from "@/components/plan/changes";
import { purposeWords } from "@/components/plan/purpose-words";
import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { StateBadge } from "@/components/ui/state-badge";
import { Table, Td, Th } from "@/components/ui/table";
import type { RunSummary } from "@/lib/server/views";
import { durationBetween } from "./duration";

/** From which width of the list a column is shown; number, state, changes and time always are. */
const AT = {
  layout: "hidden @md:table-cell",
  nodes: "hidden @xl:table-cell",
  actor: "hidden @2xl:table-cell",
  took: "hidden @3xl:table-cell",
  cluster: "hidden @4xl:table-cell",
  reason: "hidden @5xl:table-cell",
} as const;

/** Runs, newest first. The whole row leads to its run; the link is the run's number. */
export function HistoryTable({ runs }: { readonly runs: readonly RunSummary[] }) {
  return (
    <div className="@container">
      <Table caption="Runs">
        <thead>
          <tr>
            <Th>Run</Th>
            <Th>State</Th>
            <Th>Changes</Th>
            <Th className={AT.layout}>Layout</Th>
            <Th className={AT.cluster}>Cluster</Th>
            <Th className={AT.actor}>Started by</Th>
            <Th className={AT.reason}>Reason</Th>
            <Th>Started</Th>
            <Th className={`${AT.took} text-right`}>Took</Th>
            <Th className={`${AT.nodes} text-right`}>Nodes</Th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id} run={run} />
          ))}
        </tbody>
      </Table>
    </div>
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
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <StateBadge state={run.state} />
          <Tags run={run} />
        </span>
      </Td>
      <Td>
        <Changes counts={run.counts} hosts={run.hosts} />
      </Td>
      <Td className={`${AT.layout} max-w-48`}>
        <span className="block truncate">
          {run.layoutName} <span className="text-text-3">v{run.layoutVersion}</span>
        </span>
      </Td>
      <Td className={`${AT.cluster} whitespace-nowrap`}>{run.clusterName}</Td>
      <Td className={`${AT.actor} whitespace-nowrap`}>
        {run.actor}
        {run.source === "app" ? null : <span className="text-text-3"> · {run.source}</span>}
      </Td>
      <Td className={`${AT.reason} max-w-40`}>
        <span className="block truncate text-text-2" title={run.reason ?? undefined}>
          {run.reason ?? ""}
        </span>
      </Td>
      <Td className="text-text-2">
        <RelativeTime at={run.startedAt ?? run.createdAt} />
      </Td>
      <Td className={`${AT.took} whitespace-nowrap text-right text-text-2`}>
        {durationBetween(run.startedAt, run.endedAt) ?? <span className="text-text-3">–</span>}
      </Td>
      <Td className={`${AT.nodes} whitespace-nowrap text-right`}>
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

/** What a run took back, and what took it back. */
function Tags({ run }: { readonly run: RunSummary }) {
  const purpose = purposeWords(run.purpose);
  const by = run.revertedBy.find(({ state }) => state === "applied");
  return (
    <>
      {purpose ? <Badge>{purpose}</Badge> : null}
      {by ? <Badge>Taken back by #{by.number}</Badge> : null}
    </>
  );
}
