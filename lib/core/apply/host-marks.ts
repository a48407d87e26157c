import type { HostTarget } from "../plan/host-targets";
import type { HostStep, RunEvent } from "./events";

/** What a node's agent holds because of this run; `unknown`: a put whose outcome is not known. */
type Holds = HostStep | "before" | "unknown";

/** Where one node stands in this run. */
export interface HostMark {
  /** The highest revision ever sent to it. */
  revision: number;
  holds: Holds;
}

type HostEvent = Extract<RunEvent, { type: "host" }>;

/** Where a journal leaves each node. */
export function hostMarks(targets: readonly HostTarget[], journal: readonly RunEvent[]): Map<string, HostMark> {
  const marks = new Map<string, HostMark>();
  for (const { node, revision } of targets) marks.set(node, { revision, holds: "before" });
  for (const event of journal) {
    if (event.type !== "host") continue;
    const mark = marks.get(event.node);
    if (!mark) continue;
    mark.revision = Math.max(mark.revision, event.revision);
    mark.holds = event.state === "done" || event.state === "waiting" ? event.step : "unknown";
  }
  return marks;
}

/** Whether some node took what was planned for it, whatever became of it later. */
export const hasServed = (journal: readonly RunEvent[]): boolean =>
  journal.some(
    (event) =>
      event.type === "host" && event.step === "provide" && (event.state === "done" || event.state === "waiting"),
  );

/** Nodes whose services a journal leaves undone: those a person may try again. */
export function unservedNodes(journal: readonly RunEvent[]): string[] {
  const last = new Map(journal.flatMap((event) => (event.type === "host" ? [[event.node, event] as const] : [])));
  const open = ({ step, state }: HostEvent) => step !== "provide" || state !== "done";
  return [...last].flatMap(([node, event]) => (open(event) ? [node] : []));
}
