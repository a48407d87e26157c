import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RunEvent } from "@/lib/core/apply/events";
import { recoverRun } from "@/lib/core/apply/recover";
import { runPlan } from "@/lib/core/apply/run";
import type { Layout } from "@/lib/core/layout/model";
import { parameterDefaults, starterById } from "@/lib/core/layout/starters";
import { invariant } from "@/lib/core/result";
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
  written,
} from "./engine";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.simulator.close());
beforeEach(() => clearStage(stage));

function template(id: string): Layout {
  const starter = starterById(id);
  invariant(starter, `there is a template ${id}`);
  const built = starter.build(parameterDefaults(starter, { nodes: ["pve1", "pve2", "pve3"], bridges: ["vmbr0"] }));
  invariant(built.ok, `template ${id} builds`);
  return built.value;
}

/** Writes as they reached the cluster: method, path and what was sent, without the lock's token. */
const sent = () =>
  written(stage).map(({ method, path, parameters }) => {
    const { "lock-token": _, ...rest } = parameters;
    return [`${method} ${path}`, rest];
  });

it("A01 Basic template, one click", async () => {
  const plan = await planFor(stage, template("basic"));
  stage.simulator.clearRequests();
  const { end, events } = await collect(runPlan(inputFor(stage, plan)));
  stage.owned = new Set(plan.owns);
  expect(end).toMatchObject({ state: "applied", proven: 1, nodes: 1 });
  expect(end.message).toMatch(/^Applied and verified on 1 of 1 nodes\./);
  expect(sent()).toEqual([
    ["POST /cluster/sdn/lock", {}],
    ["POST /cluster/sdn/zones", { zone: "hybzone", type: "vlan", bridge: "vmbr0", ipam: "pve", nodes: "pve1" }],
    ["POST /cluster/sdn/vnets", { vnet: "vnetmgmt", zone: "hybzone", tag: "10", alias: expect.any(String) }],
    ["POST /cluster/sdn/vnets/vnetmgmt/subnets", { subnet: "10.10.0.0/24", type: "subnet", gateway: "10.10.0.1" }],
    ["PUT /cluster/sdn", {}],
    ["DELETE /cluster/sdn/lock", {}],
  ]);
  const token = events.find((event) => event.type === "locked")?.token;
  for (const { parameters } of written(stage).slice(1)) expect(parameters["lock-token"]).toBe(token);
  expect(events.filter((event) => event.type === "dry-run").map(({ node }) => node)).toEqual(["pve1", "pve2", "pve3"]);
  // Before the commit: staged and compared; after it: the parent task, then each node's zone status; the lock last.
  const order = events.flatMap((event) => (event.type === "phase" && event.state === "started" ? [event.phase] : []));
  expect(order).toEqual(["check", "lock", "stage", "dry-run", "commit", "reload", "verify", "unlock"]);
  expect((await readLive(stage)).running.map(({ id }) => id)).toContain("hybzone-10.10.0.0-24");

  stage.simulator.clearRequests();
  const again = await applyLayout(stage, template("basic"));
  expect(again.plan.steps).toEqual([]);
  expect(again.end.message).toContain("Nothing to do");
  expect(written(stage)).toEqual([]);
});

it("A02 Homelab six VLANs: 13 objects in one run, one commit", async () => {
  const layout = template("homelab-six-vlans");
  stage.simulator.clearRequests();
  const { end, plan } = await applyLayout(stage, layout);
  expect(end.state).toBe("applied");
  expect(plan.steps).toHaveLength(13);
  expect(written(stage)).toHaveLength(13 + 3);
  expect(commits(stage)).toBe(1);
  const subnets = (await readLive(stage)).running.filter(({ kind }) => kind === "subnet").map(({ id }) => id);
  expect(subnets.sort()).toEqual([10, 11, 20, 30, 40, 50].map((part) => `hybzone-10.${part}.0.0-24`));

  // One object changes: one write, whatever the size of the layout.
  stage.simulator.clearRequests();
  const changed: Layout = {
    ...layout,
    vnets: layout.vnets.map((vnet) => (vnet.id === "vnetdev" ? { ...vnet, tag: 21 } : vnet)),
  };
  expect((await applyLayout(stage, changed)).end.state).toBe("applied");
  expect(sent()).toEqual([
    ["POST /cluster/sdn/lock", {}],
    ["PUT /cluster/sdn/vnets/vnetdev", { tag: "21" }],
    ["PUT /cluster/sdn", {}],
    ["DELETE /cluster/sdn/lock", {}],
  ]);
});

it("A03 No DHCP: neither DHCP nor SNAT is sent for a VLAN zone, and what nobody provides is said", async () => {
  stage.simulator.clearRequests();
  const { end, plan } = await applyLayout(stage, template("no-dhcp"));
  for (const [, parameters] of sent())
    for (const name of ["dhcp", "dhcp-range", "snat"]) expect(parameters).not.toHaveProperty(name);
  expect(plan.notProvided).toEqual([expect.stringContaining("gateway and SNAT of vstatic (10.100.0.0/24)")]);
  expect(end).toMatchObject({ state: "applied", message: expect.stringContaining("Host services not provided.") });
});

describe("A13 Pending node network edit", () => {
  const diff = "--- /etc/network/interfaces\n+++ /etc/network/interfaces.new\n-  mtu 1500\n+  mtu 9000\n";

  it("is recorded with the run that activates it", async () => {
    stage.simulator.control("interfaces-new-pve2", diff);
    const plan = await planFor(stage, template("basic"));
    expect(plan.localChanges).toEqual([{ node: "pve2", diff }]);
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end.state).toBe("applied");
    expect(events.filter((event) => event.type === "local-changes")).toEqual([
      { type: "local-changes", node: "pve2", diff },
    ]);
  });

  it("stops the run when it came after the plan: nothing is staged, the lock is given back", async () => {
    const plan = await planFor(stage, template("basic"));
    stage.simulator.control("interfaces-new-pve2", diff);
    stage.simulator.clearRequests();
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "blocked", failure: { kind: "stale" } });
    expect(end.message).toContain("pve2");
    expect(sent().map(([call]) => call)).toEqual(["POST /cluster/sdn/lock", "DELETE /cluster/sdn/lock"]);
  });
});

describe("A14 Lock and crash", () => {
  const crashedAfter = async (last: (event: RunEvent) => boolean) => {
    const plan = await planFor(stage, template("homelab-six-vlans"));
    stage.simulator.clearRequests();
    const journal: RunEvent[] = [];
    for await (const event of runPlan(inputFor(stage, plan))) {
      journal.push(event);
      if (last(event)) break;
    }
    return { plan, journal };
  };

  it("(a) a lock held elsewhere: asked for again with growing pauses, told, never forced", async () => {
    const plan = await planFor(stage, template("basic"));
    const lock = await stage.cluster.lock({ allowPending: false });
    stage.simulator.clearRequests();
    const { end, events } = await collect(runPlan(inputFor(stage, plan, { patience: { lockMs: 15_000 } })));
    expect(end.message).toContain("it is locked by someone else, who is unknown");
    expect(end).toMatchObject({ state: "blocked", failure: { next: expect.stringContaining("by force") } });
    const pauses = events.flatMap((event) => (event.type === "note" ? [/in (\d+) s/.exec(event.text)?.[1]] : []));
    expect(pauses).toEqual(["1", "2", "4", "8"]);
    expect(sent().map(([call]) => call)).toEqual(Array.from({ length: 5 }, () => "POST /cluster/sdn/lock"));
    expect(lock.ok && (await stage.cluster.unlock(lock.value)).ok).toBe(true);
  });

  it.each(["continue", "roll-back"] as const)("(b) killed after staging: interrupted, then %s", async (mode) => {
    const { plan, journal } = await crashedAfter((event) => event.type === "phase" && event.phase === "dry-run");
    const looked = await collect(recoverRun({ ...inputFor(stage, plan), journal }));
    expect(looked.end.state).toBe("interrupted");
    expect(looked.end.message).toContain("13 of 13 steps are staged under our lock");
    journal.push(...looked.events);
    const { end } = await collect(recoverRun({ ...inputFor(stage, plan), journal, mode }));
    expect(end.state).toBe(mode === "continue" ? "applied" : "failed");
    expect(commits(stage)).toBe(mode === "continue" ? 1 : 0);
    const running = mode === "continue" ? plan.goal : plan.base;
    expect(await truth(stage)).toEqual({ running, edited: running, pending: "", locked: false });
  });

  it("(c) killed after the commit: the same task is watched, and no second commit is sent", async () => {
    const { plan, journal } = await crashedAfter((event) => event.type === "committed");
    const task = journal.findLast((event) => event.type === "committed")?.task;
    const { end } = await collect(recoverRun({ ...inputFor(stage, plan), journal }));
    expect(end.state).toBe("applied");
    expect(commits(stage)).toBe(1);
    const asked = stage.simulator.requests().filter(({ path }) => path.includes("reloadnetworkall"));
    expect(new Set(asked.map(({ path }) => path.split("/")[4]))).toEqual(new Set([task]));
  });

  it("(d) no lock on 8.4: the run says so, and a change carries the digest of what it read", async () => {
    const old = await openStage({ release: "8.4" });
    await applyLayout(old, template("basic"));
    old.simulator.clearRequests();
    const layout = template("basic");
    const { end, events } = await applyLayout(old, {
      ...layout,
      vnets: layout.vnets.map((vnet) => ({ ...vnet, tag: 12 })),
    });
    expect(end.state).toBe("applied");
    expect(events).toContainEqual(expect.objectContaining({ text: expect.stringContaining("reduced guarantee") }));
    const change = written(old).find(({ path }) => path === "/cluster/sdn/vnets/vnetmgmt");
    expect(change?.parameters).toMatchObject({ tag: "12", digest: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect(change?.parameters).not.toHaveProperty("lock-token");
    await old.simulator.close();
  });
});
