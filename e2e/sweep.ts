import type { EndEvent } from "@/lib/core/apply/context";
import type { RunEvent } from "@/lib/core/apply/events";
import { type RecoverMode, recoverRun } from "@/lib/core/apply/recover";
import { openNodes, retryNodes } from "@/lib/core/apply/retry";
import { runPlan } from "@/lib/core/apply/run";
import type { Plan } from "@/lib/core/plan/plan";
import {
  applyLayout,
  clearStage,
  collect,
  commits,
  entity,
  inputFor,
  planFor,
  type Ran,
  type Stage,
  stageByOthers,
  type Truth,
  truth,
} from "./engine";
import type { Scenario } from "./sweep-scenarios";

/**
 * Breaks a run in every way a network and a process can break it, and compares what the run says at its end with what
 * the simulated cluster really has. This is a run ready to be broken.
 */
interface Ready {
  readonly stage: Stage;
  readonly plan: Plan;
  readonly before: Truth;
  readonly scenario: Scenario;
}

/** Sets the cluster up as the scenario says; requests are counted from here. */
async function prepare(stage: Stage, scenario: Scenario): Promise<Ready> {
  clearStage(stage);
  if (scenario.before.zones.length > 0) await applyLayout(stage, scenario.before);
  if (scenario.foreign) {
    const zone = entity("zone", "theirs", { type: "simple" });
    const vnet = entity("vnet", "their1", { zone: "theirs" });
    await stageByOthers(stage, { op: "create", after: zone }, { op: "create", after: vnet });
  }
  const plan = await planFor(stage, scenario.target, scenario.foreign ? { pending: scenario.foreign } : {});
  const before = await truth(stage);
  if (scenario.failing) stage.simulator.control(`fail-ifreload-${scenario.failing}`, "error: test: failed");
  stage.simulator.clearRequests();
  return { stage, plan, before, scenario };
}

/** Why what a run said is not what is so; null when it is. */
function lie(ready: Ready, end: EndEvent, is: Truth): string | null {
  const { plan, before, scenario } = ready;
  const staged = is.edited !== before.edited || is.pending !== before.pending;
  const goal = is.running === plan.goal && is.edited === plan.goal && is.pending === "" && !is.locked;
  const same = is.running === before.running && !is.locked;
  const dropped = is.edited === is.running && is.pending === "";
  switch (end.state) {
    case "applied":
      if (scenario.failing) return "applied, although a node failed";
      return goal ? null : "applied, but the goal is not what runs";
    case "partially-applied":
      return goal ? null : "committed, but the goal is not what runs";
    case "blocked":
      return same && !staged ? null : "blocked, but something was changed";
    case "failed": {
      if (!same) return "failed, but something else runs or the lock is held";
      const discarded = end.message.includes("were discarded");
      if (discarded) return dropped ? null : "others' changes are said to be discarded and are there";
      return staged ? "failed, but something is staged" : null;
    }
    case "interrupted":
      return null; // picked up again by whoever asks, and judged then
    case "needs-attention":
      return is.locked || is.running === plan.goal || is.running === before.running
        ? null
        : "nobody knows what this is";
  }
}

/** What is wrong with a run that has ended: a lie, a second commit, or an end that should not be needed. */
async function complaints(ready: Ready, end: EndEvent, allowed: readonly EndEvent["state"][]): Promise<string[]> {
  const sent = commits(ready.stage);
  ready.stage.simulator.clearFaults();
  const wrong = lie(ready, end, await truth(ready.stage));
  return [
    ...(wrong ? [`${end.state}: ${wrong} (${end.message})`] : []),
    ...(sent > 1 ? [`${sent} commits`] : []),
    ...(allowed.includes(end.state) ? [] : [`unexpected end ${end.state} (${end.message})`]),
  ];
}

type State = EndEvent["state"];
const SETTLED: readonly State[] = ["applied", "partially-applied", "failed", "blocked"];

/** How often each end was seen, and every complaint with the place it belongs to. */
interface Swept {
  readonly ends: Partial<Record<State, number>>;
  readonly wrong: readonly string[];
}

class Tally {
  readonly ends: Partial<Record<State, number>> = {};
  readonly wrong: string[] = [];

  add(where: string, end: EndEvent, found: readonly string[]): void {
    this.ends[end.state] = (this.ends[end.state] ?? 0) + 1;
    this.wrong.push(...found.map((text) => `${where}: ${text}`));
  }
}

/** Breaks every `step`-th call of the scenario's run once. */
export async function breakCalls(
  stage: Stage,
  scenario: Scenario,
  how: "unheard" | "unanswered" | "500",
  step = 1,
  first = 1,
): Promise<Swept> {
  const tally = new Tally();
  for (let nth = first; ; nth += step) {
    const ready = await prepare(stage, scenario);
    stage.simulator.addFault({ match: {}, nth, how, times: 1 });
    const { end } = await collect(runPlan(inputFor(stage, ready.plan)));
    const requests = stage.simulator.requests();
    // Only a lock whose token was lost with the answer cannot be settled by reading.
    const struck = requests[nth - 1];
    const lockLost = how === "unanswered" && struck?.method === "POST" && struck.path === "/cluster/sdn/lock";
    const allowed: readonly State[] = lockLost ? [...SETTLED, "needs-attention"] : SETTLED;
    tally.add(`${scenario.name}, call ${nth} ${how}`, end, await complaints(ready, end, allowed));
    if (nth > requests.length) return tally;
  }
}

/** Lets the cluster fall silent at every `step`-th call, then answer again: the run is picked up and has to settle. */
export async function fallSilent(stage: Stage, scenario: Scenario, step = 1): Promise<Swept> {
  const tally = new Tally();
  for (let nth = 1; ; nth += step) {
    const ready = await prepare(stage, scenario);
    stage.simulator.addFault({ match: {}, nth, how: "unheard", times: 1_000_000 });
    const { end, events } = await collect(runPlan(inputFor(stage, ready.plan)));
    const calls = stage.simulator.requests().length;
    stage.simulator.clearFaults();
    const where = `${scenario.name}, silent from call ${nth} on`;
    const last = await settleSilent(ready, { end, events }, nth % 2 === 0 ? "continue" : "roll-back");
    tally.add(where, last, await complaints(ready, last, SETTLED));
    if (nth > calls) return tally;
  }
}

/** Stops the run after every `step`-th event, as a kill does, and picks it up from its journal. */
export async function cutOff(
  stage: Stage,
  scenario: Scenario,
  mode: "continue" | "roll-back",
  step = 1,
  first = 1,
): Promise<Swept> {
  const tally = new Tally();
  for (let cut = first; ; cut += step) {
    const ready = await prepare(stage, scenario);
    const journal = await runCut(runPlan(inputFor(stage, ready.plan)), cut);
    if (!journal) return tally;
    const end = await settle(ready, journal, mode);
    tally.add(`${scenario.name}, cut after ${describe(journal)}, ${mode}`, end, await complaints(ready, end, SETTLED));
  }
}

/** As `cutOff`, but the picking up is cut off too, after every event of its own, and then rolled back or continued. */
export async function cutTwice(
  stage: Stage,
  scenario: Scenario,
  first: "continue" | "roll-back",
  second: "continue" | "roll-back",
  step: number,
): Promise<Swept> {
  const tally = new Tally();
  for (let cut = 1; ; cut += step) {
    for (let again = 1; ; again += step) {
      const ready = await prepare(stage, scenario);
      const journal = await runCut(runPlan(inputFor(stage, ready.plan)), cut);
      if (!journal) return tally;
      const more = await runCut(recovering(ready, journal, first), again);
      if (!more) break;
      const where = `${scenario.name}, cut after ${describe(journal)}, ${first} cut after ${describe(more)}, ${second}`;
      const end = await settle(ready, [...journal, ...more], second);
      tally.add(where, end, await complaints(ready, end, SETTLED));
    }
  }
}

/** Cancels the run at every `step`-th event. */
export async function cancelAt(stage: Stage, scenario: Scenario, step = 1): Promise<Swept> {
  const tally = new Tally();
  for (let cut = 1; ; cut += step) {
    const ready = await prepare(stage, scenario);
    const events: RunEvent[] = [];
    const run = runPlan(inputFor(stage, ready.plan, { cancelled: () => events.length >= cut }));
    for await (const event of run) events.push(event);
    const end = events.at(-1);
    if (end?.type !== "ended") throw new Error("A run has no end.");
    const committing = events.some(({ type }) => type === "committing");
    const allowed: readonly State[] = committing ? ["applied", "partially-applied"] : ["failed"];
    tally.add(`${scenario.name}, cancelled at event ${cut}`, end, await complaints(ready, end, allowed));
    if (events.length < cut) return tally;
  }
}

/** The first events of a run, then nothing more. Null when it has ended by then. */
export async function runCut(run: AsyncGenerator<RunEvent, EndEvent>, events: number): Promise<RunEvent[] | null> {
  const journal: RunEvent[] = [];
  while (journal.length < events) {
    const next = await run.next();
    if (next.done) return null;
    journal.push(next.value);
  }
  return journal.at(-1)?.type === "ended" ? null : journal;
}

const recovering = ({ stage, plan }: Ready, journal: readonly RunEvent[], mode: RecoverMode) =>
  recoverRun({ ...inputFor(stage, plan), journal, mode });

/** What a restart does, and after it a person: look, and when something is staged, continue or roll back. */
async function settle(ready: Ready, journal: readonly RunEvent[], mode: "continue" | "roll-back"): Promise<EndEvent> {
  const looked = await collect(recovering(ready, journal, "look"));
  if (looked.end.state !== "interrupted") return looked.end;
  const sofar = [...journal, ...looked.events];
  const tried = await collect(recovering(ready, sofar, mode));
  if (tried.end.state !== "interrupted") return tried.end;
  // What cannot be continued can always be rolled back.
  return (await collect(recovering(ready, [...sofar, ...tried.events], "roll-back"))).end;
}

/** What a person does once a silent cluster answers again. */
async function settleSilent(ready: Ready, ran: Ran, mode: "continue" | "roll-back"): Promise<EndEvent> {
  const nodes = openNodes(ran.events);
  if (ran.end.state === "partially-applied" && nodes.length > 0) {
    const input = { ...inputFor(ready.stage, ready.plan), journal: ran.events, nodes };
    return (await collect(retryNodes(input))).end;
  }
  return SETTLED.includes(ran.end.state) ? ran.end : await settle(ready, ran.events, mode);
}

const describe = (journal: readonly RunEvent[]): string =>
  `${journal.length} ${JSON.stringify(journal.at(-1)).slice(0, 90)}`;
