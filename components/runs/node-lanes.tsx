import { Check, CircleDashed, Clock, LoaderCircle, type LucideIcon, Minus, Unplug, X } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import type { LaneState, NodeStatus } from "@/lib/core/apply/run-status";
import { durationBetween, durationText } from "./duration";
import { LogTail } from "./log-tail";
import { LANE_WORD } from "./run-words";
import { useNow } from "./use-now";

const LOOK: Readonly<Record<LaneState, { readonly icon: LucideIcon; readonly tone: string }>> = {
  waiting: { icon: Clock, tone: "text-text-3" },
  reloading: { icon: LoaderCircle, tone: "text-accent" },
  reloaded: { icon: CircleDashed, tone: "text-text-2" },
  proven: { icon: Check, tone: "text-add" },
  failed: { icon: X, tone: "text-destroy" },
  unreachable: { icon: Unplug, tone: "text-destroy" },
  unproven: { icon: CircleDashed, tone: "text-change" },
  untouched: { icon: Minus, tone: "text-text-3" },
};

interface NodeLanesProps {
  readonly nodes: readonly NodeStatus[];
  readonly ended: boolean;
  /** The plan sends nothing to the cluster, so no node reloads. */
  readonly idle: boolean;
}

/** One lane per node: how far its reload is, and whether the result was seen on it. */
export function NodeLanes({ nodes, ended, idle }: NodeLanesProps) {
  const now = useNow(nodes.some((lane) => lane.state === "reloading"));
  return (
    <ul aria-label="Nodes" className="divide-y divide-hairline">
      {nodes.map((lane) => (
        <Lane key={lane.node} lane={lane} now={now} ended={ended} idle={idle} />
      ))}
    </ul>
  );
}

interface LaneProps {
  readonly lane: NodeStatus;
  readonly now: number | null;
  readonly ended: boolean;
  readonly idle: boolean;
}

function Lane({ lane, now, ended, idle }: LaneProps) {
  const { icon: Icon, tone } = LOOK[idle ? "untouched" : lane.state];
  const bad = lane.state === "failed" || lane.state === "unreachable";
  return (
    <li className="px-4 py-1.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 min-h-7">
        <span className="mono w-24 truncate font-medium">{lane.node}</span>
        <span className={`inline-flex items-center gap-1.5 ${tone} ${bad ? "font-medium" : ""}`}>
          <Icon aria-hidden size={14} strokeWidth={2.5} className={lane.state === "reloading" ? "animate-turn" : ""} />
          {idle ? "No SDN change" : laneWords(lane, now, ended)}
        </span>
        <ReloadTime lane={lane} />
        {lane.task ? (
          <span className="ml-auto flex min-w-0 max-w-full items-center gap-1 text-text-3">
            <span className="mono truncate text-xs" title={lane.task}>
              {shortTask(lane.task)}
            </span>
            <CopyButton text={lane.task} label={`Copy the task id of ${lane.node}`} />
          </span>
        ) : null}
      </div>
      {lane.detail ? <p className={`mt-1 break-words ${bad ? "text-text" : "text-text-2"}`}>{lane.detail}</p> : null}
      {lane.log.length > 0 ? (
        // A new key when it turns bad, so that the log opens itself once and may be closed again.
        <details key={bad ? "bad" : "fine"} open={bad} className="mt-2">
          <summary className="w-fit cursor-pointer text-text-3 text-xs hover:text-text">
            Task log, {lane.log.length} {lane.log.length === 1 ? "line" : "lines"}
          </summary>
          <LogTail lines={lane.log} label={`Task log of ${lane.node}`} />
        </details>
      ) : null}
    </li>
  );
}

/** How long the reload took, once it is over. */
function ReloadTime({ lane }: { readonly lane: NodeStatus }) {
  const took = durationBetween(lane.reloadStartedAt, lane.reloadEndedAt);
  return took ? <span className="text-text-3 text-xs">reload {took}</span> : null;
}

function laneWords(lane: NodeStatus, now: number | null, ended: boolean): string {
  if (lane.state === "reloading" && now !== null && lane.reloadStartedAt) {
    return `Reloading ${durationText(Date.parse(lane.reloadStartedAt), now)}`;
  }
  if (lane.state === "reloaded" && (ended || !lane.mustProve)) return "Reloaded; no zone of this plan to verify here";
  if (lane.state === "untouched") return "Not touched: nothing was committed";
  return LANE_WORD[lane.state];
}

/** `srvreload · 00001A2B`: the kind of task and its process, out of UPID:node:pid:pstart:start:type:id:user: */
function shortTask(upid: string): string {
  const [, , pid, , , type] = upid.split(":");
  return type && pid ? `${type} · ${pid}` : upid;
}
