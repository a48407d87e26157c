import { createHash } from "node:crypto";
import type { EndEvent, RunInput } from "@/lib/core/apply/context";
import type { RunEvent } from "@/lib/core/apply/events";
import { ownedAfter } from "@/lib/core/apply/owned-after";
import { runPlan } from "@/lib/core/apply/run";
import type { Layout } from "@/lib/core/layout/model";
import { fingerprintOf } from "@/lib/core/plan/fingerprint";
import { makePlan } from "@/lib/core/plan/make-plan";
import type { Plan } from "@/lib/core/plan/plan";
import type { Cluster, LiveConfig } from "@/lib/core/ports";
import { createCluster } from "@/lib/proxmox/cluster";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A clock that never waits: sleeping only moves it forward, so that patience runs out at once. */
function fastClock() {
  let now = Date.now();
  return {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
}

/** A simulated three-node cluster, the real client on it, and what one layout owns there. */
export interface Stage {
  readonly simulator: Simulator;
  readonly cluster: Cluster;
  owned: ReadonlySet<string>;
}

export async function openStage(): Promise<Stage> {
  const simulator = await startSimulator({ scene: "three-node", port: 0, control: true, speed: "instant" });
  return { simulator, cluster: clientOf(simulator), owned: new Set() };
}

function clientOf(simulator: Simulator): Cluster {
  return createCluster({
    endpoints: [simulator.url],
    fingerprint: null,
    tokenId: demoToken.id,
    secret: demoToken.secret,
  });
}

/** Back to an empty cluster. */
export function clearStage(stage: Stage): void {
  stage.simulator.reset();
  stage.owned = new Set();
}

export async function readLive(stage: Stage): Promise<LiveConfig> {
  const config = await stage.cluster.readConfig();
  if (!config.ok) throw new Error(config.error.message);
  return config.value;
}

export async function planFor(stage: Stage, layout: Layout): Promise<Plan> {
  const config = await readLive(stage);
  const facts = await stage.cluster.readFacts();
  if (!facts.ok) throw new Error(facts.error.message);
  return makePlan({ layout, config, facts: facts.value, owned: stage.owned, fingerprint: sha256 });
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

export function inputFor(stage: Stage, plan: Plan, more: Partial<RunInput> = {}): RunInput {
  return {
    plan,
    cluster: stage.cluster,
    clock: fastClock(),
    fingerprint: sha256,
    cancelled: () => false,
    // Long enough for a few looks; more would only repeat them.
    patience: { silenceMs: 2000, verifyMs: 2000 },
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

/** What is really in the cluster, read past every fault. */
export async function truth(
  stage: Stage,
): Promise<{ running: string; edited: string; pending: number; locked: boolean }> {
  stage.simulator.clearFaults();
  const config = await readLive(stage);
  const lock = await stage.cluster.lock({ allowPending: true });
  if (lock.ok) await stage.cluster.unlock(lock.value);
  return {
    running: fingerprintOf(config.running, sha256),
    edited: fingerprintOf(config.entities, sha256),
    pending: config.pending.length,
    locked: !lock.ok,
  };
}
