"use client";

import { CircleCheck, CircleHelp, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { HostVerdicts } from "@/components/agents/host-verdicts";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import type { LayoutSummary } from "@/lib/server/views";
import { countWords } from "./drift-words";
import { useDrift } from "./use-drift";

/** Every layout that has been brought to a cluster, and whether the cluster still agrees. Each row reads by itself. */
export function DriftOverview({ layouts }: { readonly layouts: readonly LayoutSummary[] }) {
  if (layouts.length === 0) {
    return (
      <EmptyState title="Nothing can drift yet" actions={<ButtonLink href="/templates">Browse templates</ButtonLink>}>
        Once a layout has been applied or imported, this page tells when somebody changes its objects elsewhere.
      </EmptyState>
    );
  }
  return (
    <div className="@container">
      <Table caption="Layouts and their drift">
        <thead>
          <tr>
            <Th>Layout</Th>
            <Th className="hidden @xl:table-cell">Cluster</Th>
            <Th className="hidden @2xl:table-cell">Recorded</Th>
            <Th>Drift</Th>
            <Th className="hidden @xl:table-cell">Checked</Th>
          </tr>
        </thead>
        <tbody>
          {layouts.map((layout) => (
            <Row key={layout.id} layout={layout} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Row({ layout }: { readonly layout: LayoutSummary }) {
  const { data, error } = useDrift(layout.id);
  return (
    <tr className="relative hover:bg-hover">
      <Td className="min-w-44 font-medium">
        <Link href={`/drift/${layout.id}`} className="after:absolute after:inset-0">
          {layout.name}
        </Link>
      </Td>
      <Td className="hidden text-text-2 @xl:table-cell">{layout.clusterName}</Td>
      <Td className="hidden text-text-2 @2xl:table-cell">v{layout.recordedVersion}</Td>
      <Td aria-busy={!data && !error}>
        {data ? (
          <Verdict words={countWords(data.items)} ignored={data.items.filter((item) => item.ignored).length} />
        ) : error ? (
          <span className="inline-flex items-center gap-1.5 text-text-2">
            <CircleHelp aria-hidden size={14} className="shrink-0" /> Not checked: {error.message}
          </span>
        ) : (
          <Skeleton className="h-4 w-40" />
        )}
        {layout.clusterId ? <HostVerdicts clusterId={layout.clusterId} live /> : null}
      </Td>
      <Td className="hidden text-text-2 @xl:table-cell">{data ? <RelativeTime at={data.checkedAt} /> : "–"}</Td>
    </tr>
  );
}

function Verdict({ words, ignored }: { readonly words: string | null; readonly ignored: number }) {
  const more = ignored > 0 ? <span className="text-text-3"> · {ignored} ignored</span> : null;
  return words ? (
    <span className="inline-flex items-center gap-1.5">
      <TriangleAlert aria-hidden size={14} className="shrink-0 text-change" />
      <span>
        {words}
        {more}
      </span>
    </span>
  ) : (
    <span className="inline-flex items-center gap-1.5">
      <CircleCheck aria-hidden size={14} className="shrink-0 text-add" />
      <span>
        Live matches
        {more}
      </span>
    </span>
  );
}
