import type { Failure } from "../failure";
import type { Plan } from "../plan/plan";
import type { EndState, NodeState, Phase, RunEvent, StoredEvent } from "./events";

/** The phases every run goes through, in order. `undo` is shown only when it happens. */
const USUAL: readonly Phase[] = ["check", "lock", "stage", "dry-run", "commit", "reload", "verify", "unlock"];

/** `stopped`: it was under way when the run ended, so nobody knows how far it came. `not-reached`: it never began. */
export type PhaseState = "waiting" | "running" | "done" | "failed" | "skipped" | "stopped" | "not-reached";

export interface PhaseStatus {
  readonly phase: Phase;
  readonly state: PhaseState;
  readonly reason?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
}

/** `unclear`: sent, but its answer never came. `undone`: staged, then rolled back. `not-sent`: the run ended before it. */
export type StepState = "waiting" | "running" | "done" | "failed" | "undone" | "unclear" | "not-sent";

export interface StepStatus {
  readonly state: StepState;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly note?: string;
  readonly failure?: Failure;
}

/** `untouched`: the run ended before the commit, so this node was never told to reload. */
export type LaneState = NodeState | "untouched";

export interface DryRunStatus {
  readonly interfaces: string | null;
  readonly frr: string | null;
  /** Why there is no diff of this node; null when there is one. */
  readonly missing: string | null;
}

export interface NodeStatus {
  readonly node: string;
  readonly state: LaneState;
  /** When it came into this state, and when its reload began. */
  readonly since?: string;
  readonly reloadStartedAt?: string;
  readonly task?: string;
  readonly detail?: string;
  /** False for a node that reloads with the others but carries no zone of the plan: nothing is proven about it. */
  readonly mustProve: boolean;
  readonly log: readonly string[];
  readonly dryRun?: DryRunStatus;
}

type EndEvent = Extract<RunEvent, { type: "ended" }>;
type SnapshotEvent = Extract<RunEvent, { type: "snapshot" }>;

export interface RunStatus {
  /** Sequence number of the newest event seen; 0 before the first. */
  readonly lastSeq: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly phases: readonly PhaseStatus[];
  /** The phase under way, or null before the first and after the end. */
  readonly current: Phase | null;
  readonly steps: readonly StepStatus[];
  readonly stepsDone: number;
  readonly nodes: readonly NodeStatus[];
  /** `sent`: the commit was announced and its answer has not come; only reading tells what happened. */
  readonly commit: "none" | "sent" | "done";
  readonly commitTask: string | null;
  readonly snapshot: SnapshotEvent | null;
  readonly notes: readonly { readonly level: "info" | "warning"; readonly text: string; readonly at: string }[];
  /** Lines of the cluster's own task, which belong to no single node. */
  readonly log: readonly string[];
  readonly end: EndEvent | null;
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** What the fold has to know of the plan beside its journal. */
export interface PlanShape {
  readonly steps: number;
  /** Every node that reloads, and those of them on which the result has to be proven. */
  readonly nodes: readonly string[];
  readonly prove: readonly string[];
}

/** The shape of a plan. Where no zone is left to look at, every node has to be proven (as the run itself does). */
export function planShape(plan: Pick<Plan, "steps" | "nodes" | "prove">): PlanShape {
  const prove = [...new Set(Object.values(plan.prove).flat())];
  return { steps: plan.steps.length, nodes: plan.nodes, prove: prove.length > 0 ? prove : plan.nodes };
}

/**
 * Brings a run's journal into one picture of where the run stands. Pure: the same events always give the same status,
 * so the page while it runs, after a reload and in the history are the same page.
 * In: the shape of the plan, and events in any order (duplicates are dropped).
 */
export function foldRun(plan: PlanShape, events: readonly StoredEvent[]): RunStatus {
  const phases = new Map<Phase, Draft<PhaseStatus>>(USUAL.map((phase) => [phase, { phase, state: "waiting" }]));
  const steps = Array.from({ length: plan.steps }, (): Draft<StepStatus> => ({ state: "waiting" }));
  const nodes = new Map(plan.nodes.map((node) => [node, newNode(node, plan)]));
  const status: Draft<RunStatus> = {
    lastSeq: 0,
    startedAt: null,
    endedAt: null,
    phases: [],
    current: null,
    steps,
    stepsDone: 0,
    nodes: [],
    commit: "none",
    commitTask: null,
    snapshot: null,
    notes: [],
    log: [],
    end: null,
  };
  const notes: RunStatus["notes"][number][] = [];
  const log: string[] = [];
  const nodeOf = (name: string) => {
    const known = nodes.get(name) ?? newNode(name, plan);
    nodes.set(name, known);
    return known;
  };

  for (const event of mergeEvents([], events)) {
    status.lastSeq = event.seq;
    status.startedAt ??= event.at;
    switch (event.type) {
      case "phase": {
        const known = phases.get(event.phase) ?? { phase: event.phase, state: "waiting" };
        const started = event.state === "started";
        // A phase that was left without a word (a person asked to stop) did not finish.
        const left = started && status.current ? phases.get(status.current) : undefined;
        if (left?.state === "running") left.state = "stopped";
        phases.set(event.phase, {
          ...known,
          state: started ? "running" : event.state,
          ...(started ? { startedAt: event.at } : { endedAt: event.at }),
          ...(event.reason === undefined ? {} : { reason: event.reason }),
        });
        if (started) status.current = event.phase;
        else if (status.current === event.phase) status.current = null;
        break;
      }
      case "step": {
        if (event.index < 0 || event.index >= steps.length) break;
        const known = steps[event.index];
        if (event.state === "failed") {
          steps[event.index] = { ...known, state: "failed", endedAt: event.at, failure: event.failure };
          break;
        }
        const note = event.note === undefined ? {} : { note: event.note };
        steps[event.index] =
          event.state === "started"
            ? { state: "running", startedAt: event.at, ...note }
            : { ...known, state: "done", endedAt: event.at, ...note };
        break;
      }
      case "node": {
        const lane = nodeOf(event.node);
        lane.state = event.state;
        lane.since = event.at;
        if (event.state === "reloading") lane.reloadStartedAt = event.at;
        if (event.task !== undefined) lane.task = event.task;
        if (event.detail !== undefined) lane.detail = event.detail;
        break;
      }
      case "log":
        if (event.node === null) log.push(...event.lines);
        else nodeOf(event.node).log.push(...event.lines);
        break;
      case "dry-run":
        nodeOf(event.node).dryRun = { interfaces: event.interfaces, frr: event.frr, missing: null };
        break;
      case "dry-run-missing":
        nodeOf(event.node).dryRun = { interfaces: null, frr: null, missing: event.reason };
        break;
      case "note":
        notes.push({ level: event.level, text: event.text, at: event.at });
        break;
      case "snapshot":
        status.snapshot = event;
        break;
      case "committing":
        status.commit = "sent";
        break;
      case "committed":
        status.commit = "done";
        status.commitTask = event.task;
        break;
      case "ended":
        status.end = event;
        status.endedAt = event.at;
        break;
      case "locked":
      case "unlocked":
        break; // the phases say the same in words
    }
  }

  if (status.end) settle(status, phases, steps, nodes);
  status.stepsDone = steps.filter((step) => step.state === "done").length;
  return { ...status, phases: inOrder(phases), steps, nodes: [...nodes.values()], notes, log };
}

type NodeDraft = Omit<Draft<NodeStatus>, "log"> & { log: string[] };
const newNode = (node: string, plan: PlanShape): NodeDraft => ({
  node,
  state: "waiting",
  mustProve: plan.prove.includes(node),
  log: [],
});

/** After the end nothing is on its way any more: what was open gets the word that is true now. */
function settle(
  status: Draft<RunStatus>,
  phases: Map<Phase, Draft<PhaseStatus>>,
  steps: Draft<StepStatus>[],
  nodes: Map<string, NodeDraft>,
) {
  status.current = null;
  for (const phase of phases.values()) {
    if (phase.state === "running") phase.state = "stopped";
    if (phase.state === "waiting") phase.state = "not-reached";
  }
  // A proven undo also settles a commit whose answer was an error: it did not happen.
  const undone = phases.get("undo")?.state === "done" && status.commit !== "done";
  if (undone) status.commit = "none";
  for (const step of steps) {
    if (step.state === "running") step.state = "unclear";
    if (step.state === "waiting") step.state = "not-sent";
    if (step.state === "done" && undone) step.state = "undone";
  }
  for (const lane of nodes.values()) {
    if (status.commit === "none") lane.state = "untouched";
    else if (lane.state === "waiting" || lane.state === "reloading") lane.state = "unproven";
    else if (lane.state === "reloaded" && lane.mustProve) lane.state = "unproven";
  }
}

function inOrder(phases: ReadonlyMap<Phase, PhaseStatus>): PhaseStatus[] {
  const order: readonly Phase[] = [...USUAL.slice(0, -1), "undo", "unlock"];
  return order.flatMap((phase) => phases.get(phase) ?? []);
}

/** Adds events to those already known: by `seq`, each once. Gives `known` itself back when nothing is new. */
export function mergeEvents(known: readonly StoredEvent[], incoming: readonly StoredEvent[]): readonly StoredEvent[] {
  const seen = new Set(known.map((event) => event.seq));
  const fresh = incoming.filter((event) => !seen.has(event.seq) && seen.add(event.seq));
  if (fresh.length === 0) return known;
  return [...known, ...fresh].sort((a, b) => a.seq - b.seq);
}

/**
 * The end state, but only as far as the journal supports it: `applied` needs every node that had to be proven to be
 * proven, otherwise the answer is `needs-attention`. Null while the run goes on.
 */
export function provenEnd(status: RunStatus): EndState | null {
  if (!status.end) return null;
  const { state, proven, nodes } = status.end;
  return state === "applied" && proven < nodes ? "needs-attention" : state;
}
