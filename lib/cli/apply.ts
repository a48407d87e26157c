import fs from "node:fs";
import type { EndEvent, Events, RunInput } from "@/lib/core/apply/context";
import type { EndState, RunEvent } from "@/lib/core/apply/events";
import { ownedAfter } from "@/lib/core/apply/owned-after";
import { recoverRun } from "@/lib/core/apply/recover";
import { retryNodes } from "@/lib/core/apply/retry";
import { runPlan } from "@/lib/core/apply/run";
import type { Layout } from "@/lib/core/layout/model";
import { parseLayout } from "@/lib/core/layout/parse";
import { isApplicable } from "@/lib/core/plan/make-plan";
import type { Plan } from "@/lib/core/plan/plan";
import type { Cluster } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import type { Request } from "./arguments";
import { clusterOf, planFor, readAround, sha256, stateFileOf } from "./cluster-verbs";
import { readLayout } from "./files";
import { type Io, say } from "./io";
import {
  dropJournal,
  EMPTY_STATE,
  holdState,
  openJournal,
  readJournal,
  readState,
  type State,
  writeState,
} from "./state-file";
import { planLines, progressLine } from "./words";

const EXIT: Readonly<Record<EndState, number>> = {
  applied: 0,
  failed: 1,
  blocked: 2,
  "partially-applied": 3,
  "needs-attention": 4,
  interrupted: 4,
};

/**
 * `trunkline apply`: plans and applies a layout, or applies a plan kept by `plan -o`. A run that was cut off is taken up
 * first. Exit codes as in docs/reference/cli.md; 2 also where nothing could be sent.
 */
export async function apply(request: Request, io: Io): Promise<number> {
  const input = readInput(request.file ?? "");
  if (!input.ok) return refuse(io, input.error);
  const file = stateFileOf(request);
  const held = holdState(file);
  if (!held.ok) return refuse(io, held.error);
  try {
    const cluster = clusterOf(request);
    if (!cluster.ok) return refuse(io, cluster.error);
    try {
      return await withState(request, io, { ...input.value, file, cluster: cluster.value });
    } finally {
      await cluster.value.close();
    }
  } finally {
    held.value();
  }
}

function refuse(io: Io, message: string): number {
  say(io.err, `trunkline: ${message}`);
  return 2;
}

interface Input {
  readonly layout: Layout;
  /** A plan made before; null: plan now. */
  readonly plan: Plan | null;
}

interface Job extends Input {
  readonly file: string;
  readonly cluster: Cluster;
}

type Running = State & { readonly run: NonNullable<State["run"]> };

function readInput(file: string): Result<Input, string> {
  const kept = readKeptPlan(file);
  if (kept) return kept;
  const layout = readLayout(file);
  return layout.ok ? ok({ layout: layout.value, plan: null }) : layout;
}

/** A plan written by `plan -o`; null when the file is something else. */
function readKeptPlan(file: string): Result<Input, string> | null {
  if (!file.endsWith(".json") || !fs.existsSync(file)) return null;
  try {
    const value: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    if (typeof value !== "object" || value === null || !("kind" in value) || value.kind !== "trunkline-plan")
      return null;
    const layout = "layout" in value ? parseLayout(value.layout) : null;
    if (!layout?.ok || !("plan" in value)) return err(`${file} is not a whole plan; make it again.`);
    // Written by `plan -o` from a value of this type; its fingerprints are checked under the lock.
    return ok({ layout: layout.value, plan: value.plan as Plan });
  } catch {
    return null;
  }
}

async function withState(request: Request, io: Io, job: Job): Promise<number> {
  const read = readState(job.file);
  if (!read.ok) return refuse(io, read.error);
  const state = read.value ?? EMPTY_STATE;
  if (state.run) return takeUp(request, io, job, { ...state, run: state.run });
  if (request.resume) return refuse(io, "There is no run to go on with.");
  if (request.retryNodes.length > 0) return refuse(io, "There is no partly applied run to retry.");
  return planAndRun(request, io, job);
}

async function planAndRun(request: Request, io: Io, job: Job): Promise<number> {
  const known = await readAround(request, job.cluster, job.file);
  if (!known.ok) return refuse(io, known.error);
  const plan = job.plan ?? planFor(request, job.layout, known.value);
  if (!request.json) say(io.err, planLines(plan, io.paint).join("\n"));
  if (!known.value.state) say(io.err, "There is no state file yet; it is written with this apply.");
  const { name } = known.value.facts;
  const refused = whyNotSent(request, plan, name);
  if (refused !== null) return refuse(io, refused);
  const state: State = { ...(known.value.state ?? EMPTY_STATE), cluster: name };
  if (plan.steps.length === 0 && !discards(request, plan)) return nothingToDo(request, io, job, state);
  if (!request.yes && !(await agreed(io))) return refuse(io, "Not applied: give --yes, or answer yes.");
  // The state names the run before anything is sent, so that a killed command is taken up by the next.
  const running = { ...state, run: { plan, layout: job.layout } };
  const noted = writeState(job.file, running);
  if (!noted.ok) return refuse(io, noted.error);
  return follow(request, io, job, running, [], (input) => runPlan(input));
}

/** Why nothing may be sent of a plan; null when it may. */
function whyNotSent(request: Request, plan: Plan, cluster: string | null): string | null {
  if (!isApplicable(plan, request.accepted)) return "Blocked: mend or accept what is named above. Nothing was sent.";
  if (!discards(request, plan) || request.confirm === cluster) return null;
  return `Discarding is for everybody; confirm it with --confirm ${cluster ?? "CLUSTER"}.`;
}

const discards = ({ pending }: Request, plan: Plan): boolean =>
  pending === "discard" && plan.pending.changes.length > 0;

function nothingToDo(request: Request, io: Io, { file, layout }: Job, state: State): number {
  const text = "Nothing to do: the cluster matches the layout.";
  say(io.out, request.json ? JSON.stringify({ state: "applied", steps: 0 }) : text);
  const kept = writeState(file, { ...state, goal: layout });
  return kept.ok ? 0 : refuse(io, kept.error);
}

async function agreed(io: Io): Promise<boolean> {
  return io.ask !== null && /^y(es)?$/i.test((await io.ask("Apply this plan? (yes/no) ")).trim());
}

/** A run is under way by the state: watched when it was committed, else continued or rolled back as asked. */
function takeUp(request: Request, io: Io, job: Job, state: Running): Promise<number> {
  const { plan } = state.run;
  const journal = readJournal(job.file);
  const last = journal.findLast((event) => event.type === "ended");
  say(io.err, "A run of this layout was not finished; it is taken up first.");
  return follow(request, io, job, state, journal, (input) => {
    if (last?.state === "partially-applied" && request.retryNodes.length > 0)
      return retryNodes({ ...input, plan, journal, nodes: request.retryNodes });
    return recoverRun({ ...input, plan, journal, mode: request.resume ?? "look" });
  });
}

/** Drives a run, each event on disk before the next, and brings the state up to date at its end. */
async function follow(
  request: Request,
  io: Io,
  job: Job,
  state: Running,
  journal: readonly RunEvent[],
  start: (input: RunInput) => Events<EndEvent>,
): Promise<number> {
  const { run } = state;
  const events: RunEvent[] = [...journal];
  const book = openJournal(job.file, journal.length === 0);
  const input: RunInput = {
    plan: run.plan,
    cluster: job.cluster,
    clock: { now: Date.now, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
    fingerprint: sha256,
    cancelled: io.stopped,
    accepted: request.accepted,
    reason: request.reason,
    by: io.env["USER"] ?? "",
  };
  let end: EndEvent | null = null;
  try {
    for await (const event of start(input)) {
      book.append(event);
      // The token stays in the journal file alone; what is kept in memory is what the ownership needs.
      events.push(event);
      const line = progressLine(event, run.plan);
      if (line !== null && !request.json) say(io.err, line);
      if (event.type === "ended") end = event;
    }
  } catch (cause) {
    say(
      io.err,
      `trunkline: the journal could not be written (${cause instanceof Error ? cause.message : String(cause)}). Nothing more was sent; run apply again when there is room.`,
    );
    return 4;
  } finally {
    book.close();
  }
  if (!end) return 4;
  return conclude(request, io, job, state, events, end);
}

/** How to go on with a run that ended so; the state keeps it for that. */
const NEXT: Readonly<Partial<Record<EndState, string>>> = {
  interrupted: "Run apply again with --continue or --roll-back.",
  "partially-applied": "Run apply again with --retry-node NODE, or plain apply to look again.",
};

function conclude(
  { json }: Request,
  io: Io,
  { file }: Job,
  state: Running,
  events: readonly RunEvent[],
  end: EndEvent,
): number {
  const { run } = state;
  const { state: name, message, proven, nodes, failure = null } = end;
  const next = NEXT[name];
  const committed = events.some((event) => event.type === "committed");
  const owned = ownedAfter(run.plan, new Set(state.owned), events);
  const goal = committed ? run.layout : state.goal;
  const kept = writeState(file, { ...state, owned, goal, run: next ? run : null });
  if (!next && kept.ok) dropJournal(file);
  if (json) say(io.out, JSON.stringify({ state: name, message, proven, nodes, failure }, null, 2));
  else say(io.out, (name === "applied" ? io.paint.good : io.paint.bad)(message));
  if (!json && failure?.next) say(io.err, failure.next);
  if (next) say(io.err, next);
  if (!kept.ok) say(io.err, `trunkline: ${kept.error}`);
  return kept.ok ? EXIT[name] : 4;
}
