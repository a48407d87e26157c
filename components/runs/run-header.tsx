import Link from "next/link";
import type { ReactNode } from "react";
import { Changes } from "@/components/plan/changes";
import { Fact, Facts } from "@/components/plan/facts";
import { PurposeFact } from "@/components/plan/purpose-fact";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { StateBadge, stateWord } from "@/components/ui/state-badge";
import type { RunStatus } from "@/lib/core/apply/run-status";
import type { RunView } from "@/lib/server/views";
import { durationBetween, durationText } from "./duration";
import { runState, SOURCE_WORD } from "./run-words";
import { useNow } from "./use-now";

interface RunHeaderProps {
  readonly run: RunView;
  readonly status: RunStatus;
  readonly actions: ReactNode;
}

/** Which run this is: of what, where, by whom, why, since when, and how far. */
export function RunHeader({ run, status, actions }: RunHeaderProps) {
  const proven = status.nodes.filter((lane) => lane.state === "proven").length;
  const must = status.nodes.filter((lane) => lane.mustProve).length;
  return (
    <div>
      <PageHeader
        back={<Link href="/runs">← History</Link>}
        title={`Run ${run.number}`}
        facts={<StateBadge state={runState(status)} />}
        actions={actions}
      />
      <Facts>
        <Fact term="Layout">
          {run.layoutId ? (
            <Link href={`/layouts/${run.layoutId}`} className="font-medium underline-offset-2 hover:underline">
              {run.layoutName}
            </Link>
          ) : (
            run.layoutName
          )}{" "}
          <span className="text-text-3">v{run.layoutVersion}</span>
        </Fact>
        <Fact term="Cluster">
          <Link href={`/clusters/${run.clusterId}`} className="font-medium underline-offset-2 hover:underline">
            {run.clusterName}
          </Link>
        </Fact>
        <Fact term="Changes">
          <Changes counts={run.counts} hosts={run.hosts} />
        </Fact>
        <Fact term="Started by">
          {run.actor} <span className="text-text-3">{SOURCE_WORD[run.source]}</span>
        </Fact>
        <Fact term="Started">
          <RelativeTime at={status.startedAt ?? run.startedAt ?? run.createdAt} />
        </Fact>
        <Fact term={status.end ? "Took" : "Elapsed"}>
          <Elapsed from={status.startedAt} to={status.endedAt} />
        </Fact>
        {must > 0 && status.commit !== "none" ? (
          <Fact term="Nodes proven">
            {proven} of {must}
          </Fact>
        ) : null}
        <PurposeFact purpose={run.purpose} clusterId={run.clusterId} />
        {run.revertedBy.length > 0 ? (
          <Fact term="Taken back by">
            {run.revertedBy.map(({ id, number, state }, index) => (
              <span key={id}>
                {index > 0 ? ", " : ""}
                <Link href={`/runs/${id}`} className="font-medium underline-offset-2 hover:underline">
                  run {number}
                </Link>
                {state === "applied" ? "" : <span className="text-text-3"> {stateWord(state).toLowerCase()}</span>}
              </span>
            ))}
          </Fact>
        ) : null}
        {run.reason ? <Fact term="Reason">{run.reason}</Fact> : null}
      </Facts>
    </div>
  );
}

function Elapsed({ from, to }: { readonly from: string | null; readonly to: string | null }) {
  const now = useNow(from !== null && to === null);
  if (from === null) return "–";
  const ended = durationBetween(from, to);
  return <span className="tabular-nums">{ended ?? (now === null ? "…" : durationText(Date.parse(from), now))}</span>;
}
