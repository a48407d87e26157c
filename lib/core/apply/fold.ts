import type { Plan } from "../plan/plan";
import { proofsOf } from "../plan/proof";
import type { EndState, HostStep, Phase, RunEvent, StoredEvent } from "./events";
import { mergeEvents } from "./merge-events";
import type {
  HostState,
  HostStatus,
  LaneState,
  NodeStatus,
  PhaseStatus,
  RunStatus,
  StepState,
  StepStatus,
} from "./run-status";
import { NOTHING_YET } from "./run-status";

const ORDER: readonly Phase[] = [
  ...(["check", "lock", "withdraw", "stage", "dry-run", "commit", "reload", "verify", "hosts"] as const),
  ...(["undo", "unlock"] as const),
];

/** The phases a run of this plan goes through. `undo`, and withdrawing host services, are shown only when they happen. */
function usualPhases({ steps, hosts = [] }: PlanShape): readonly Phase[] {
  const before = ["check", "lock"] as const;
  const cluster = steps > 0 ? (["stage", "dry-run", "commit", "reload", "verify"] as const) : [];
  return [...before, ...cluster, ...(hosts.length > 0 ? (["hosts"] as const) : []), "unlock"];
}

/** What the fold has to know of the plan beside its journal. */
export interface PlanShape {
  readonly steps: number;
  readonly releases: number;
  /** Every node that reloads, and those of them on which the result has to be proven. */
  readonly nodes: readonly string[];
  readonly prove: readonly string[];
  /** Nodes whose agents get something; none when left out. */
  readonly hosts?: readonly string[];
}

/** The shape of a plan, with the nodes on which the run itself proves it. */
export function planShape(
  plan: Pick<Plan, "steps" | "nodes" | "prove" | "placement" | "releases" | "hosts">,
): PlanShape {
  const prove = proofsOf(plan).map(({ node }) => node);
  const hosts = (plan.hosts ?? []).map(({ node }) => node);
  return { steps: plan.steps.length, releases: plan.releases.length, nodes: plan.nodes, prove, hosts };
}

/**
 * Brings a run's journal into one picture of where the run stands. Pure: the same events always give the same status,
 * so the page while it runs, after a reload and in the history are the same page.
 * In: the shape of the plan, and events in any order (duplicates are dropped).
 */
export function foldRun(plan: PlanShape, events: readonly StoredEvent[]): RunStatus {
  const book: Book = {
    plan,
    status: { ...NOTHING_YET },
    phases: new Map(usualPhases(plan).map((phase) => [phase, { phase, state: "waiting" }])),
    steps: Array.from({ length: plan.steps }, () => ({ state: "waiting" })),
    releases: Array.from({ length: plan.releases }, () => ({ state: "waiting" })),
    localChanges: [],
    resumed: [],
    nodes: new Map(),
    hosts: new Map((plan.hosts ?? []).map((node) => [node, { node, state: "waiting" }])),
    notes: [],
    log: [],
  };
  for (const node of plan.nodes) laneOf(book, node);
  for (const event of mergeEvents([], events)) {
    const { status } = book;
    status.lastSeq = event.seq;
    status.startedAt ??= event.at;
    // A run that was cut off and ended can be picked up again: what counts is how the journal ends.
    status.end = null;
    status.endedAt = null;
    enter(book, event);
  }
  if (book.status.end) settle(book);
  return {
    ...book.status,
    phases: inOrder(book.phases),
    steps: book.steps,
    releases: book.releases,
    localChanges: book.localChanges,
    resumed: book.resumed,
    stepsDone: book.steps.filter((step) => step.state === "done" || step.state === "undone").length,
    nodes: [...book.nodes.values()],
    hosts: [...book.hosts.values()],
    notes: book.notes,
    log: book.log,
  };
}

/** The status while it is being written. */
interface Book {
  readonly plan: PlanShape;
  readonly status: Draft<RunStatus>;
  readonly phases: Map<Phase, Draft<PhaseStatus>>;
  readonly steps: StepStatus[];
  readonly releases: StepStatus[];
  readonly localChanges: RunStatus["localChanges"][number][];
  readonly resumed: Stored<"resumed">[];
  readonly nodes: Map<string, Lane>;
  readonly hosts: Map<string, HostStatus>;
  readonly notes: RunStatus["notes"][number][];
  readonly log: string[];
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };
type Lane = Omit<Draft<NodeStatus>, "log"> & { log: string[] };
type Stored<T extends RunEvent["type"]> = Extract<StoredEvent, { type: T }>;

function laneOf(book: Book, node: string): Lane {
  const known = book.nodes.get(node);
  if (known) return known;
  const lane: Lane = { node, state: "waiting", mustProve: book.plan.prove.includes(node), log: [] };
  book.nodes.set(node, lane);
  return lane;
}

function enter(book: Book, event: StoredEvent): void {
  const { status } = book;
  switch (event.type) {
    case "phase":
      enterPhase(book, event);
      return;
    case "step":
      enterStep(book, event);
      return;
    case "node":
      enterNode(book, event);
      return;
    case "host":
      book.hosts.set(event.node, hostStatus(event));
      return;
    case "log":
      (event.node === null ? book.log : laneOf(book, event.node).log).push(...event.lines);
      return;
    case "dry-run":
      laneOf(book, event.node).dryRun = { interfaces: event.interfaces, frr: event.frr, missing: null };
      return;
    case "dry-run-missing":
      laneOf(book, event.node).dryRun = { interfaces: null, frr: null, missing: event.reason };
      return;
    case "note":
      book.notes.push({ level: event.level, text: event.text, at: event.at });
      return;
    case "snapshot":
      status.snapshot = event;
      return;
    case "committing":
      status.commit = "sent";
      return;
    case "committed":
      status.commit = "done";
      status.commitTask = event.task;
      return;
    case "ended":
      status.end = event;
      status.endedAt = event.at;
      return;
    case "pending":
      status.pending = event;
      return;
    case "release":
      enterRelease(book, event);
      return;
    case "resumed":
      goOn(book, event);
      return;
    case "local-changes":
      book.localChanges.push({ node: event.node, diff: event.diff });
      return;
    case "locked":
    case "unlocked":
      return; // the phases say the same in words
  }
}

function enterPhase({ status, phases }: Book, event: Stored<"phase">): void {
  const started = event.state === "started";
  // A phase that was left without a word (a person asked to stop) did not finish.
  const left = started && status.current ? phases.get(status.current) : undefined;
  if (left?.state === "running") left.state = "stopped";
  phases.set(event.phase, {
    // A phase that begins again after a run was picked up has nothing to do with how it ended before.
    ...(started ? {} : phases.get(event.phase)),
    phase: event.phase,
    state: event.state === "started" ? "running" : event.state,
    ...(started ? { startedAt: event.at } : { endedAt: event.at }),
    ...(event.reason === undefined ? {} : { reason: event.reason }),
  });
  if (started) status.current = event.phase;
  else if (status.current === event.phase) status.current = null;
}

function enterStep({ steps }: Book, event: Stored<"step">): void {
  const known = steps[event.index];
  if (!known) return;
  if (event.state === "failed") {
    steps[event.index] = { ...known, state: "failed", endedAt: event.at, failure: event.failure };
    return;
  }
  const note = event.note === undefined ? {} : { note: event.note };
  steps[event.index] =
    event.state === "started"
      ? { state: "running", startedAt: event.at, ...note }
      : { ...known, state: "done", endedAt: event.at, ...note };
}

function enterRelease({ releases }: Book, event: Stored<"release">): void {
  const known = releases[event.index];
  if (!known) return;
  const state = event.state === "started" ? "running" : event.state;
  const time = event.state === "started" ? { startedAt: event.at } : { endedAt: event.at };
  releases[event.index] = { ...known, state, ...time, ...(event.failure ? { failure: event.failure } : {}) };
}

/** A run that goes on is under way again: what the first end had settled is open once more. */
function goOn(book: Book, event: Stored<"resumed">): void {
  book.resumed.push(event);
  // An undo that got nowhere is no part of a run that goes on after all.
  if (event.how === "continue") book.phases.delete("undo");
  for (const node of event.nodes ?? []) {
    const lane = laneOf(book, node);
    lane.state = "waiting";
    delete lane.detail;
    delete lane.reloadStartedAt;
    delete lane.reloadEndedAt;
  }
}

function enterNode(book: Book, event: Stored<"node">): void {
  const lane = laneOf(book, event.node);
  lane.state = event.state;
  lane.since = event.at;
  if (event.state === "reloading") lane.reloadStartedAt ??= event.at;
  if (event.state === "reloaded" || event.state === "failed") lane.reloadEndedAt ??= event.at;
  if (event.task !== undefined) lane.task = event.task;
  if (event.detail !== undefined) lane.detail = event.detail;
}

const REACHED: Readonly<Record<HostStep, HostState>> = {
  withdraw: "withdrawn",
  provide: "serving",
  restore: "restored",
};

function hostStatus({ node, step, state, at, detail }: Stored<"host">): HostStatus {
  const reached = state === "started" ? "sending" : state === "failed" ? "failed" : REACHED[step];
  const waits = state === "waiting" && step === "provide";
  return { node, state: waits ? "pending" : reached, since: at, ...(detail === undefined ? {} : { detail }) };
}

/** After the end nothing is on its way any more: what was open gets the word that is true now. */
function settle({ status, phases, steps, releases, nodes, hosts }: Book): void {
  status.current = null;
  for (const phase of phases.values()) {
    if (phase.state === "running") phase.state = "stopped";
    if (phase.state === "waiting") phase.state = "not-reached";
  }
  // A proven undo also settles a commit whose answer was an error: it did not happen.
  const undone = phases.get("undo")?.state === "done" && status.commit !== "done";
  if (undone) status.commit = "none";
  for (const [index, step] of steps.entries()) steps[index] = { ...step, state: settledStep(step.state, undone) };
  for (const [index, one] of releases.entries()) releases[index] = { ...one, state: settledStep(one.state, undone) };
  for (const host of hosts.values()) {
    if (host.state === "waiting") hosts.set(host.node, { ...host, state: "untouched" });
    if (host.state === "sending") hosts.set(host.node, { ...host, state: "failed", detail: "Its answer never came." });
  }
  for (const lane of nodes.values()) lane.state = settledLane(lane, status.commit);
}

function settledStep(state: StepState, undone: boolean): StepState {
  if (state === "running") return "unclear";
  if (state === "waiting") return "not-sent";
  return state === "done" && undone ? "undone" : state;
}

function settledLane({ state, mustProve }: Lane, commit: RunStatus["commit"]): LaneState {
  if (commit === "none") return "untouched";
  if (state === "waiting" || state === "reloading") return "unproven";
  return state === "reloaded" && mustProve ? "unproven" : state;
}

function inOrder(phases: ReadonlyMap<Phase, PhaseStatus>): PhaseStatus[] {
  return ORDER.flatMap((phase) => phases.get(phase) ?? []);
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
