import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EndEvent, RunInput } from "@/lib/core/apply/context";
import type { RunEvent } from "@/lib/core/apply/events";
import { recoverRun } from "@/lib/core/apply/recover";
import { openNodes, retryNodes } from "@/lib/core/apply/retry";
import { runPlan } from "@/lib/core/apply/run";
import type { NodeState } from "@/lib/core/hosts/node-state";
import type { HostService, Layout } from "@/lib/core/layout/model";
import type { Plan } from "@/lib/core/plan/plan";
import {
  applyLayout,
  clearStage,
  collect,
  commits,
  inputFor,
  openStage,
  planFor,
  readLive,
  type Stage,
  truth,
} from "./engine";
import { FakeHosts, type HostFault } from "./fake-hosts";
import { runCut } from "./sweep";

const OWNER = "tl-of-the-tests";
const empty: Layout = { version: 1, name: "hosts", zones: [], vnets: [], subnets: [] };
const serves = (vnet: string, cidr: string, more: Partial<HostService> = {}): HostService => ({
  ...{ vnet, cidr, gatewayNode: "pve1", uplink: "vmbr0", snat: true },
  ...more,
});
const office: Layout = {
  ...empty,
  zones: [{ id: "office", type: "vlan", bridge: "vmbr0", ipam: "pve" }],
  vnets: [
    { id: "mgmt", zone: "office", tag: 10 },
    { id: "voip", zone: "office", tag: 20 },
  ],
  subnets: [
    { vnet: "mgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1" },
    { vnet: "voip", cidr: "10.20.0.0/24", gateway: "10.20.0.1" },
  ],
  hostServices: [serves("mgmt", "10.10.0.0/24"), serves("voip", "10.20.0.0/24", { gatewayNode: "pve2" })],
};
/** voip goes, mgmt changes, and a third VNet comes on the other node. */
const other: Layout = {
  ...office,
  vnets: [
    { id: "mgmt", zone: "office", tag: 11 },
    { id: "desk", zone: "office", tag: 30 },
  ],
  subnets: [
    { vnet: "mgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1" },
    { vnet: "desk", cidr: "10.30.0.0/24", gateway: "10.30.0.1" },
  ],
  hostServices: [
    serves("mgmt", "10.10.0.0/24", { dhcp: {} }),
    serves("desk", "10.30.0.0/24", { gatewayNode: "pve2", snat: false }),
  ],
};
const quieter: Layout = { ...office, hostServices: [serves("mgmt", "10.10.0.0/24", { snat: false })] };

const WAYS = {
  create: { before: empty, target: office },
  change: { before: office, target: other },
  "hosts only": { before: office, target: quieter },
  delete: { before: office, target: empty },
} as const;
type Way = (typeof WAYS)[keyof typeof WAYS];
const NODES = ["pve1", "pve2", "pve3"];

describe("host services in a run", { timeout: 120_000 }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.simulator.close());

  const vnets = async () => {
    const { running } = await readLive(stage);
    return new Set(running.filter(({ kind }) => kind === "vnet").map(({ id }) => id));
  };

  interface Ready {
    readonly hosts: FakeHosts;
    readonly plan: Plan;
    readonly before: Awaited<ReturnType<typeof truth>>;
    readonly served: readonly string[];
  }
  const contentOf = (state: NodeState | null): string => JSON.stringify([state?.vnets ?? [], state?.routes ?? []]);
  const contents = (hosts: FakeHosts): string[] => NODES.map((node) => contentOf(hosts.stateOf(node)));
  const known = (hosts: FakeHosts) => ({
    ...{ owner: OWNER, others: [] },
    agents: NODES.map((node) => {
      const state = hosts.stateOf(node);
      return { node, state, revision: state?.revision ?? 0 };
    }),
  });
  const planWith = (hosts: FakeHosts, layout: Layout) => planFor(stage, layout, { hosts: known(hosts) });

  async function ready({ before, target }: Way): Promise<Ready> {
    clearStage(stage);
    const hosts = new FakeHosts(NODES, vnets);
    if (before.zones.length > 0) {
      await applyLayout(stage, before);
      const plan = await planWith(hosts, before);
      expect((await collect(runPlan(inputFor(stage, plan, { hosts })))).end.state).toBe("applied");
    }
    const plan = await planWith(hosts, target);
    stage.simulator.clearRequests();
    return { hosts, plan, before: await truth(stage), served: contents(hosts) };
  }
  const inputOf = ({ hosts, plan }: Ready, more: Partial<RunInput> = {}) =>
    inputFor(stage, plan, { hosts, patience: { hostsMs: 2000, silenceMs: 2000, verifyMs: 2000 }, ...more });

  const planned = ({ plan, served }: Ready): string[] =>
    NODES.map((node, place) => {
      const target = plan.hosts?.find((one) => one.node === node);
      return target ? contentOf(target.after) : (served[place] ?? "");
    });

  /** What is wrong with the end of a run, compared with what nodes and cluster really have. */
  async function lies(run: Ready, end: EndEvent, where: string): Promise<string[]> {
    const is = await truth(stage);
    const goal = is.running === run.plan.goal && is.pending === "" && !is.locked;
    const same = is.running === run.before.running && is.edited === run.before.edited && !is.locked;
    const now = contents(run.hosts);
    const wrong = (text: string) => [`${where}: ${end.state}, but ${text} (${end.message})`];
    if (commits(stage) > 1) return wrong("there were two commits");
    switch (end.state) {
      case "applied":
        if (!goal) return wrong("the goal is not what runs");
        return String(now) === String(planned(run)) ? [] : wrong("nodes do not serve what is planned");
      case "partially-applied": {
        if (!goal) return wrong("the goal is not what runs");
        const open = NODES.filter((_, place) => now[place] !== planned(run)[place]);
        return open.every((node) => end.message.includes(node)) ? [] : wrong(`${open} are not named`);
      }
      case "failed":
      case "blocked":
        if (!same) return wrong("the cluster is another");
        return String(now) === String(run.served) ? [] : wrong("nodes serve something else than before");
      default:
        return wrong("that should not be needed");
    }
  }

  it.each(Object.entries(WAYS))(
    "%s: withdrawn before the cluster changes, provided after it is proven",
    async (_, way) => {
      const run = await ready(way);
      const { end, events } = await collect(runPlan(inputOf(run)));
      expect(end.state).toBe("applied");
      expect(await lies(run, end, "")).toEqual([]);
      const at = (test: (event: RunEvent) => boolean) => events.flatMap((event, place) => (test(event) ? [place] : []));
      const step = (name: string) => at((event) => event.type === "host" && event.step === name);
      const firstWrite = at(({ type }) => type === "step")[0] ?? Number.POSITIVE_INFINITY;
      const committed = at(({ type }) => type === "committed")[0] ?? -1;
      for (const place of step("withdraw")) expect(place).toBeLessThan(firstWrite);
      for (const place of step("provide")) expect(place).toBeGreaterThan(committed);
      expect(step("restore")).toEqual([]);
      // And then there is nothing left to plan.
      stage.owned = new Set(run.plan.owns);
      expect((await planWith(run.hosts, way.target)).hosts).toEqual([]);
    },
  );

  it("sends exactly what goes first, then what comes", async () => {
    const run = await ready(WAYS.change);
    run.hosts.puts.length = 0;
    await collect(runPlan(inputOf(run)));
    expect(run.hosts.puts).toEqual(["pve2 ", "pve1 mgmt", "pve2 desk"]);
  });

  it.each(["unheard", "unanswered", "refused", "broken"] as const)(
    "tells the truth when any one call to a node is %s, and a retry mends what is open",
    async (how: HostFault) => {
      for (const [name, way] of Object.entries(WAYS)) {
        for (let nth = 1; ; nth += 1) {
          const run = await ready(way);
          run.hosts.breakCall(nth, how);
          const { end, events } = await collect(runPlan(inputOf(run)));
          const where = `${name}, call ${nth} ${how}`;
          expect(await lies(run, end, where)).toEqual([]);
          const open = openNodes(events);
          if (end.state === "partially-applied" && open.length > 0) {
            const again = await collect(retryNodes({ ...inputOf(run), journal: events, nodes: open }));
            expect(again.end.state, where).toBe("applied");
            expect(await lies(run, again.end, `${where}, retried`)).toEqual([]);
          }
          if (!run.hosts.struck) break;
        }
      }
    },
  );

  it.each(["continue", "roll-back"] as const)("a run cut off at any event is settled: %s", async (mode) => {
    for (const [name, way] of Object.entries(WAYS)) {
      // Every other event in one mode, those between in the other.
      for (let count = mode === "continue" ? 1 : 2; ; count += 2) {
        const run = await ready(way);
        const journal = await runCut(runPlan(inputOf(run)), count);
        if (!journal) break;
        let { end, events } = await collect(recoverRun({ ...inputOf(run), journal, mode: "look" }));
        for (const next of [mode, "roll-back"] as const) {
          if (end.state !== "interrupted") break;
          journal.push(...events);
          ({ end, events } = await collect(recoverRun({ ...inputOf(run), journal, mode: next })));
        }
        expect(
          await lies(run, end, `${name}, cut after ${count} ${JSON.stringify(journal.at(-1)).slice(0, 80)}`),
        ).toEqual([]);
      }
    }
  });

  it("a run can be cancelled at every event", async () => {
    for (const [name, way] of Object.entries(WAYS)) {
      for (let count = 1; ; count += 3) {
        const run = await ready(way);
        const events: RunEvent[] = [];
        for await (const event of runPlan(inputOf(run, { cancelled: () => events.length >= count })))
          events.push(event);
        const end = events.at(-1);
        if (end?.type !== "ended") throw new Error("A run has no end.");
        expect(await lies(run, end, `${name}, cancelled at ${count}`)).toEqual([]);
        if (events.length < count) break;
      }
    }
  });

  // Broken: what the node was given does not come up, which would be waited for.
  it.each(["heard", "broken"])("a run of host services alone stops at its only node, %s", async (how) => {
    const run = await ready(WAYS["hosts only"]);
    const one = { ...run, plan: { ...run.plan, hosts: (run.plan.hosts ?? []).slice(0, 1) } };
    if (how === "broken") run.hosts.breakCall(2, "broken");
    const seen: RunEvent[] = [];
    const cancelled = () => seen.some((event) => event.type === "host");
    for await (const event of runPlan(inputOf(one, { cancelled }))) seen.push(event);
    const message = "Stopped. Every node serves again what it did before.";
    expect(seen.at(-1)).toMatchObject({ state: "failed", message, failure: { kind: "cancelled" } });
    expect(contents(run.hosts)).toEqual(run.served);
  });

  it("blocks before anything is sent when an agent does not answer, is another's, or has changed since the plan", async () => {
    for (const spoil of [
      (hosts: FakeHosts) => hosts.breakCall(1, "unheard"),
      (hosts: FakeHosts, old: NodeState) => hosts.put("pve1", { ...old, revision: 99 }),
    ]) {
      const run = await ready(WAYS.change);
      const old = run.hosts.stateOf("pve1");
      if (!old) throw new Error("pve1 serves something");
      await spoil(run.hosts, old);
      stage.simulator.clearRequests();
      const { end } = await collect(runPlan(inputOf(run)));
      expect(end.state).toBe("blocked");
      expect(stage.simulator.requests().filter(({ method }) => method !== "GET")).toEqual([]);
    }
  });

  it("says in words what a node does not serve", async () => {
    const run = await ready(WAYS["hosts only"]);
    // After one question to each of the two agents comes the first put.
    run.hosts.breakCall(3, "broken");
    const { end } = await collect(runPlan(inputOf(run)));
    const said = "pve1 does not serve what was put: Gateway address pve1 is missing.";
    expect(end).toMatchObject({ state: "failed", message: expect.stringContaining(said) });
  });

  it("says what waits on a node, and a retry finds it there", async () => {
    const run = await ready(WAYS["hosts only"]);
    const hosts = new FakeHosts(NODES, async () => new Set());
    for (const node of NODES) {
      const state = run.hosts.stateOf(node);
      if (state) await hosts.put(node, state);
    }
    const { end, events } = await collect(runPlan({ ...inputOf(run), hosts }));
    expect(end).toMatchObject({
      state: "partially-applied",
      message: expect.stringContaining("The agent of pve1 waits: mgmt"),
    });
    const again = await collect(retryNodes({ ...inputOf(run), journal: events, nodes: openNodes(events) }));
    expect(again.end.state).toBe("applied");
  });
});
