import { createHash } from "node:crypto";
import type { EndEvent, RunInput } from "@/lib/core/apply/context";
import type { RunEvent } from "@/lib/core/apply/events";
import { ownedAfter } from "@/lib/core/apply/owned-after";
import { runPlan } from "@/lib/core/apply/run";
import type { Layout } from "@/lib/core/layout/model";
import type { Entity } from "@/lib/core/plan/entity";
import { fingerprintOf } from "@/lib/core/plan/fingerprint";
import { makePlan, type PlanInput } from "@/lib/core/plan/make-plan";
import type { Plan } from "@/lib/core/plan/plan";
import type { Step } from "@/lib/core/plan/step";
import type { Clock, Cluster, LiveConfig } from "@/lib/core/ports";
import { createCluster } from "@/lib/proxmox/cluster";
import { authorization, demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, type SimulatorOptions, startSimulator } from "@/lib/simulator/start";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A clock that never waits: sleeping only moves it forward, so that patience runs out at once. */
function fastClock(): Clock {
  let now = Date.now();
  return {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
}

/** A simulated cluster, the real client on it, and what one layout owns there. */
export interface Stage {
  readonly simulator: Simulator;
  readonly cluster: Cluster;
  owned: ReadonlySet<string>;
}

export async function openStage(options: Partial<SimulatorOptions> = {}): Promise<Stage> {
  const simulator = await startSimulator({ scene: "three-node", port: 0, control: true, speed: "instant", ...options });
  return { simulator, cluster: clientOf(simulator.url), owned: new Set() };
}

export function clientOf(url: string): ReturnType<typeof createCluster> {
  return createCluster({ endpoints: [url], fingerprint: null, tokenId: demoToken.id, secret: demoToken.secret });
}

/** Back to an empty cluster. */
export function clearStage(stage: Stage): void {
  stage.simulator.reset();
  stage.owned = new Set();
}

export async function readLive(stage: Pick<Stage, "cluster">): Promise<LiveConfig> {
  const config = await stage.cluster.readConfig();
  if (!config.ok) throw new Error(config.error.message);
  return config.value;
}

export async function planFor(
  stage: Pick<Stage, "cluster" | "owned">,
  layout: Layout,
  more: Partial<PlanInput> = {},
): Promise<Plan> {
  const config = await readLive(stage);
  const facts = await stage.cluster.readFacts();
  if (!facts.ok) throw new Error(facts.error.message);
  return makePlan({ layout, config, facts: facts.value, owned: stage.owned, fingerprint: sha256, ...more });
}

export interface Ran {
  readonly end: EndEvent;
  readonly events: readonly RunEvent[];
}

export async function collect(run: AsyncGenerator<RunEvent, EndEvent>): Promise<Ran> {
  const events: RunEvent[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { end: next.value, events };
    events.push(next.value);
  }
}

export function inputFor(stage: Pick<Stage, "cluster">, plan: Plan, more: Partial<RunInput> = {}): RunInput {
  return {
    plan,
    cluster: stage.cluster,
    clock: fastClock(),
    fingerprint: sha256,
    cancelled: () => false,
    accepted: plan.checks.flatMap(({ id, status }) => (status === "confirm" ? [id] : [])),
    by: "olga",
    reason: "agreed with everybody",
    // Long enough for a few looks; more would only repeat them.
    patience: { silenceMs: 2000, verifyMs: 2000, lockMs: 4000 },
    ...more,
  };
}

/** Plans the layout, applies the plan and remembers what it owns. */
export async function applyLayout(
  stage: Stage,
  layout: Layout,
  more: Partial<RunInput> = {},
): Promise<Ran & { plan: Plan }> {
  const plan = await planFor(stage, layout);
  const ran = await collect(runPlan(inputFor(stage, plan, more)));
  stage.owned = new Set(ownedAfter(plan, stage.owned, ran.events));
  return { ...ran, plan };
}

/** Somebody else's edit, past the engine: staged and not applied. */
export async function stageByOthers(stage: Stage, ...steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const sent = await stage.cluster.write(step, null);
    if (!sent.ok) throw new Error(sent.error.message);
  }
}

export const entity = (kind: Entity["kind"], id: string, props: Entity["props"]): Entity => ({
  key: `${kind}/${id}`,
  kind,
  id,
  props,
});

/** A write the engine has no step for, such as a controller. */
export async function send(stage: Stage, method: string, path: string, form: Record<string, string>): Promise<void> {
  const answer = await stage.simulator.handle({
    method,
    target: `/api2/json${path}`,
    headers: { authorization: authorization(demoToken), "content-type": "application/x-www-form-urlencoded" },
    body: String(new URLSearchParams(form)),
  });
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.body}`);
}

/** Writes that reached the simulator, and the commits among them. */
export const written = ({ simulator }: Stage) => simulator.requests().filter(({ method }) => method !== "GET");
export const commits = (stage: Stage): number =>
  written(stage).filter(({ method, path }) => method === "PUT" && path === "/cluster/sdn").length;

export interface Truth {
  readonly running: string;
  readonly edited: string;
  /** Everything pending, in a comparable form. */
  readonly pending: string;
  readonly locked: boolean;
}

/** What is really in the cluster; only worth something once no fault is left. */
export async function truth(stage: Pick<Stage, "cluster">): Promise<Truth> {
  const config = await readLive(stage);
  const lock = await stage.cluster.lock({ allowPending: true });
  if (lock.ok) await stage.cluster.unlock(lock.value);
  const pending = config.pending.map(({ kind, id, state, fields }) => `${kind} ${id} ${state} ${fields.join(",")}`);
  return {
    running: fingerprintOf(config.running, sha256),
    edited: fingerprintOf(config.entities, sha256),
    pending: pending.sort().join("; "),
    locked: !lock.ok,
  };
}
