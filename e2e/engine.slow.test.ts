import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RunEvent } from "@/lib/core/apply/events";
import { openNodes, retryNodes } from "@/lib/core/apply/retry";
import { runPlan } from "@/lib/core/apply/run";
import type { Layout } from "@/lib/core/layout/model";
import { isApplicable } from "@/lib/core/plan/make-plan";
import type { Cluster, IpamAddress } from "@/lib/core/ports";
import { err } from "@/lib/core/result";
import {
  applyLayout,
  clearStage,
  collect,
  commits,
  entity,
  inputFor,
  openStage,
  planFor,
  readLive,
  type Stage,
  send,
  stageByOthers,
  truth,
  written,
} from "./engine";

const two: Layout = {
  version: 1,
  name: "two",
  zones: [{ id: "office", type: "vlan", bridge: "vmbr0", ipam: "pve" }],
  vnets: [
    { id: "mgmt", zone: "office", tag: 10, alias: "Management" },
    { id: "voip", zone: "office", tag: 20 },
  ],
  subnets: [
    { vnet: "mgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1" },
    { vnet: "voip", cidr: "10.20.0.0/24", gateway: "10.20.0.1" },
  ],
};
const swapped: Layout = {
  ...two,
  vnets: [
    { id: "mgmt", zone: "office", tag: 20, alias: "Management" },
    { id: "voip", zone: "office", tag: 10 },
  ],
};
const nothing: Layout = { ...two, zones: [], vnets: [], subnets: [] };
/** The built-in IPAM lists its addresses only where there is DHCP. */
const lab: Layout = {
  ...nothing,
  zones: [{ id: "lab", type: "simple", ipam: "pve", dhcp: "dnsmasq" }],
  vnets: [{ id: "lab1", zone: "lab" }],
  subnets: [{ vnet: "lab1", cidr: "10.60.0.0/24", gateway: "10.60.0.1" }],
};
const stale: IpamAddress = {
  zone: "lab",
  vnet: "lab1",
  subnet: "10.60.0.0/24",
  ip: "10.60.0.50",
  mac: "BC:24:11:00:00:50",
  vmid: null,
  hostname: null,
  gateway: false,
};

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.simulator.close());
beforeEach(() => clearStage(stage));

const paths = () => written(stage).map(({ method, path }) => `${method} ${path}`);
const theirs = entity("zone", "theirs", { type: "simple" });

describe("a run", () => {
  it("locks, stages everything, commits once, proves every node and unlocks", async () => {
    const plan = await planFor(stage, two);
    stage.simulator.clearRequests();
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "applied", proven: 3, nodes: 3 });
    expect(paths()).toEqual([
      "POST /cluster/sdn/lock",
      "POST /cluster/sdn/zones",
      "POST /cluster/sdn/vnets",
      "POST /cluster/sdn/vnets",
      "POST /cluster/sdn/vnets/mgmt/subnets",
      "POST /cluster/sdn/vnets/voip/subnets",
      "PUT /cluster/sdn",
      "DELETE /cluster/sdn/lock",
    ]);
    const token = events.find((event) => event.type === "locked")?.token;
    for (const request of written(stage).slice(1)) expect(request.parameters).toMatchObject({ "lock-token": token });
    for (const event of events.filter((one) => one.type === "node" && one.state === "proven"))
      expect(event).toMatchObject({ detail: "Its reload ended well; zone office is available with 2 VNets." });
  });

  it("keeps what it found under the lock: objects in both views, controllers, IPAMs, addresses", async () => {
    await applyLayout(stage, lab);
    await send(stage, "POST", "/cluster/sdn/controllers", {
      controller: "bgp1",
      type: "bgp",
      node: "pve1",
      asn: "65000",
      peers: "192.0.2.1",
    });
    await send(stage, "PUT", "/cluster/sdn", {});
    const live = await readLive(stage);
    const { events } = await applyLayout(stage, { ...lab, vnets: [{ id: "lab1", zone: "lab", alias: "Lab" }] });
    const snapshot = events.find((event) => event.type === "snapshot");
    expect(snapshot).toMatchObject({ entities: live.entities, running: live.running, pending: [] });
    expect(snapshot?.others.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["controller bgp1", "ipam pve"]);
    expect(snapshot?.ipam).toMatchObject([{ ip: "10.60.0.1", gateway: true, vnet: "lab1" }]);
  });

  it("sends nothing when the cluster matches already", async () => {
    await applyLayout(stage, two);
    stage.simulator.clearRequests();
    const { end, plan } = await applyLayout(stage, two);
    expect(plan.steps).toEqual([]);
    expect(end.state).toBe("applied");
    expect(written(stage)).toEqual([]);
  });

  it("swaps two tags, which no order of plain changes can do", async () => {
    await applyLayout(stage, two);
    expect((await applyLayout(stage, swapped)).end.state).toBe("applied");
    expect((await planFor(stage, swapped)).steps).toEqual([]);
  });

  it("is blocked by other people's pending changes and sends nothing", async () => {
    const plan = await planFor(stage, two);
    await stageByOthers(stage, { op: "create", after: theirs });
    stage.simulator.clearRequests();
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "blocked", failure: { kind: "stale" } });
    expect(written(stage)).toEqual([]);
    expect(isApplicable(await planFor(stage, two))).toBe(false);
  });

  it("is blocked when the cluster changed since the plan was made", async () => {
    const plan = await planFor(stage, two);
    await applyLayout(stage, { ...two, vnets: two.vnets.slice(0, 1), subnets: [] });
    stage.simulator.clearRequests();
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "blocked", failure: { kind: "stale" } });
    expect(written(stage)).toEqual([]);
  });

  it("needs every check that wants a tick to have one", async () => {
    const plan = await planFor(stage, two);
    const check = { id: "local-changes", status: "confirm" as const, title: "Node edits", detail: "Edits wait." };
    const ticked = { ...plan, checks: [...plan.checks, check] };
    stage.simulator.clearRequests();
    const refused = await collect(runPlan(inputFor(stage, ticked, { accepted: [] })));
    expect(refused.end.state).toBe("blocked");
    expect(written(stage)).toEqual([]);
    const accepted = await collect(runPlan(inputFor(stage, ticked, { accepted: ["local-changes"] })));
    expect(accepted.end.state).toBe("applied");
  });

  it("looks around once more under the lock: a guest that came meanwhile stops it, and nothing is staged", async () => {
    await applyLayout(stage, two);
    const plan = await planFor(stage, nothing);
    stage.simulator.control("guest-300", "qemu pve1 stopped voip");
    stage.simulator.clearRequests();
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "blocked", failure: { kind: "stale" } });
    expect(end.message).toContain("voip");
    expect(paths()).toEqual(["POST /cluster/sdn/lock", "DELETE /cluster/sdn/lock"]);
  });

  it("rehearses without leaving a trace, in the configuration or in the address database", async () => {
    const plan = await planFor(stage, two);
    const before = await truth(stage);
    const { end, events } = await collect(runPlan(inputFor(stage, plan, { rehearse: true })));
    expect(end).toMatchObject({ state: "failed" });
    expect(end.failure).toBeUndefined();
    expect(events.filter((event) => event.type === "dry-run").map((event) => event.interfaces)).toEqual([
      expect.stringContaining("vmbr0.10"),
      expect.stringContaining("vmbr0.10"),
      expect.stringContaining("vmbr0.10"),
    ]);
    expect(await truth(stage)).toEqual(before);
    expect(commits(stage)).toBe(0);
    // Residue in the IPAM would refuse the very same subnets a second time.
    expect((await applyLayout(stage, two)).end.state).toBe("applied");
  });

  it("never changes or deletes what the layout does not own", async () => {
    await applyLayout(stage, two);
    stage.owned = new Set();
    const before = await readLive(stage);
    expect((await planFor(stage, nothing)).steps).toEqual([]);
    const clash = await planFor(stage, two);
    expect(isApplicable(clash)).toBe(false);
    expect(clash.problems.map((problem) => problem.code)).toContain("already-exists");
    expect(await readLive(stage)).toEqual(before);
  });
});

describe("the lock of somebody else", () => {
  it("is waited for, told, and never forced", async () => {
    const plan = await planFor(stage, two);
    const lock = await stage.cluster.lock({ allowPending: false });
    stage.simulator.clearRequests();
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "blocked", failure: { kind: "locked" } });
    expect(end.message).toContain("locked by someone else, who is unknown");
    expect(paths().every((path) => path === "POST /cluster/sdn/lock")).toBe(true);
    expect(events.filter((event) => event.type === "note").map(({ text }) => text)).toEqual([
      "Somebody else holds the SDN lock. Asking again in 1 s.",
      "Somebody else holds the SDN lock. Asking again in 2 s.",
      "Somebody else holds the SDN lock. Asking again in 1 s.",
    ]);
    expect(lock.ok && (await stage.cluster.unlock(lock.value)).ok).toBe(true);
  });

  it("is taken as soon as it is free", async () => {
    const plan = await planFor(stage, two);
    const lock = await stage.cluster.lock({ allowPending: false });
    const run = runPlan(inputFor(stage, plan));
    for await (const event of run) {
      if (event.type === "note" && lock.ok) await stage.cluster.unlock(lock.value);
      if (event.type === "ended") expect(event.state).toBe("applied");
    }
  });

  it("is not waited for any longer once the run is cancelled", async () => {
    const plan = await planFor(stage, two);
    await stage.cluster.lock({ allowPending: false });
    const events: RunEvent[] = [];
    const cancelled = () => events.some((event) => event.type === "note");
    for await (const event of runPlan(inputFor(stage, plan, { cancelled }))) events.push(event);
    expect(events.at(-1)).toMatchObject({ state: "failed", message: expect.stringContaining("while waiting") });
    expect(events.filter((event) => event.type === "note")).toHaveLength(1);
  });

  it("is released when one of our own runs left it behind", async () => {
    const plan = await planFor(stage, two);
    const left = await stage.cluster.lock({ allowPending: false });
    const leftLocks = ["0193aaaa-0000-7000-8000-000000000000", left.ok && left.value ? left.value : ""];
    const { end, events } = await collect(runPlan(inputFor(stage, plan, { leftLocks })));
    expect(end.state).toBe("applied");
    expect(events).toContainEqual(expect.objectContaining({ text: expect.stringContaining("earlier run of ours") }));
    expect((await truth(stage)).locked).toBe(false);
  });
});

describe("pending changes of others", () => {
  const foreign = async () => {
    await applyLayout(stage, two);
    await stageByOthers(stage, { op: "create", after: theirs });
  };

  it("included: are committed along, with the person and the reason in the journal", async () => {
    await foreign();
    const plan = await planFor(stage, swapped, { pending: "include" });
    stage.simulator.clearRequests();
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end.state).toBe("applied");
    expect(events).toContainEqual(
      expect.objectContaining({ type: "pending", choice: "include", by: "olga", reason: "agreed with everybody" }),
    );
    expect(written(stage)[0]?.parameters).toMatchObject({ "allow-pending": "1" });
    expect(written(stage)).toHaveLength(plan.steps.length + 3);
    expect((await readLive(stage)).running.map(({ key }) => key)).toContain("zone/theirs");
  });

  it("included: survive a run that fails, for no rollback is sent", async () => {
    await foreign();
    const plan = await planFor(stage, swapped, { pending: "include" });
    const before = await truth(stage);
    stage.simulator.clearRequests();
    stage.simulator.addFault({ match: { method: "PUT", path: "^/cluster/sdn$" }, how: "403" });
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end.state).toBe("failed");
    expect(paths()).not.toContain("POST /cluster/sdn/rollback");
    expect(await truth(stage)).toEqual(before);
  });

  it("included: one more that came meanwhile makes the plan stale", async () => {
    await foreign();
    const plan = await planFor(stage, swapped, { pending: "include" });
    await stageByOthers(stage, { op: "create", after: entity("zone", "more", { type: "simple" }) });
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "blocked", failure: { kind: "stale" } });
  });

  it("discarded: are gone before the first step, after a snapshot that still has them", async () => {
    await foreign();
    const plan = await planFor(stage, swapped, { pending: "discard" });
    stage.simulator.clearRequests();
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end.state).toBe("applied");
    expect(events.find((event) => event.type === "snapshot")?.pending).toMatchObject([{ kind: "zone", id: "theirs" }]);
    expect(paths().slice(0, 2)).toEqual(["POST /cluster/sdn/lock", "POST /cluster/sdn/rollback"]);
    expect(written(stage)).toHaveLength(plan.steps.length + 4);
    expect((await readLive(stage)).entities.map(({ key }) => key)).not.toContain("zone/theirs");
  });

  it("discarded: a VNet whose subnets could not be read stops the run after that, as the plan has said", async () => {
    await applyLayout(stage, two);
    const live = await readLive(stage);
    const deleted = live.entities.filter(({ kind }) => kind !== "zone").reverse();
    await stageByOthers(stage, ...deleted.map((before) => ({ op: "delete" as const, before })));
    const plan = await planFor(stage, swapped, { pending: "discard" });
    expect(plan.checks.find(({ id }) => id === "foreign-pending")?.detail).toContain("asks for a new plan");
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "failed", failure: { kind: "stale", next: "Plan again." } });
    expect((await readLive(stage)).entities).toEqual(live.entities);
    expect((await applyLayout(stage, swapped)).end.state).toBe("applied");
  });

  it("discarded: that is said even when the run fails afterwards", async () => {
    await foreign();
    const plan = await planFor(stage, swapped, { pending: "discard" });
    stage.simulator.addFault({ match: { method: "PUT", path: "^/cluster/sdn/vnets/voip" }, how: "403" });
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end.state).toBe("failed");
    expect(end.message).toContain("The pending changes of others were discarded");
    expect(await truth(stage)).toMatchObject({ running: plan.base, edited: plan.base, pending: "", locked: false });
  });

  it("discarded: never in a rehearsal", async () => {
    await foreign();
    const plan = await planFor(stage, swapped, { pending: "discard" });
    stage.simulator.clearRequests();
    expect((await collect(runPlan(inputFor(stage, plan, { rehearse: true })))).end.state).toBe("blocked");
    expect(written(stage)).toEqual([]);
  });
});

describe("stale addresses in the IPAM", () => {
  const released = async () => {
    await applyLayout(stage, lab);
    const added = await stage.cluster.reserveAddress(stale);
    expect(added.ok).toBe(true);
    const plan = await planFor(stage, nothing, { release: true });
    expect(plan.releases).toEqual([stale]);
    return plan;
  };
  const addresses = async () => {
    const snapshot = await stage.cluster.readSnapshot();
    return snapshot.ok ? snapshot.value.ipam?.map(({ ip }) => ip) : undefined;
  };

  it("are released before the subnet is removed, one write each", async () => {
    const plan = await released();
    stage.simulator.clearRequests();
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end.state).toBe("applied");
    expect(events.filter((event) => event.type === "release").map(({ state }) => state)).toEqual(["started", "done"]);
    expect(written(stage)).toHaveLength(plan.steps.length + plan.releases.length + 3);
  });

  it.each(["unheard", "unanswered"] as const)(
    "a release that is %s is read back, and put back by an undo",
    async (how) => {
      const plan = await released();
      stage.simulator.addFault({ match: { method: "DELETE", path: "/ips$" }, how });
      stage.simulator.addFault({ match: { method: "PUT", path: "^/cluster/sdn$" }, how: "403" });
      const { end } = await collect(runPlan(inputFor(stage, plan)));
      expect(end.state).toBe("failed");
      expect(await addresses()).toEqual(["10.60.0.1", "10.60.0.50"]);
    },
  );
});

describe("nodes that do not follow", () => {
  it("are named although Proxmox's own task says OK, and retried until they do", async () => {
    stage.simulator.control("fail-ifreload-pve2", "error: mgmt: failed");
    const plan = await planFor(stage, two);
    const ran = await collect(runPlan(inputFor(stage, plan)));
    expect(ran.end).toMatchObject({ state: "partially-applied", proven: 2, nodes: 3 });
    expect(ran.end.message).toContain("pve2");
    expect(ran.events).toContainEqual(
      expect.objectContaining({
        type: "node",
        node: "pve2",
        state: "failed",
        detail: expect.stringMatching(/^Its reload failed: /),
      }),
    );
    expect(openNodes(ran.events)).toEqual(["pve2"]);

    const journal = [...ran.events];
    const again = () => collect(retryNodes({ ...inputFor(stage, plan), journal, nodes: openNodes(journal) }));
    const failed = await again();
    expect(failed.end).toMatchObject({ state: "partially-applied", proven: 2, nodes: 3 });
    journal.push(...failed.events);
    stage.simulator.control("fail-ifreload-pve2");
    stage.simulator.clearRequests();
    const done = await again();
    expect(done.end).toMatchObject({ state: "applied", proven: 3, nodes: 3 });
    expect(done.events[0]).toEqual({ type: "resumed", how: "retry", by: "olga", nodes: ["pve2"] });
    expect(paths()).toEqual(["PUT /nodes/pve2/network"]);
  });

  it("are not retried once something else runs", async () => {
    stage.simulator.control("fail-ifreload-pve2", "error: mgmt: failed");
    const plan = await planFor(stage, two);
    const { events } = await collect(runPlan(inputFor(stage, plan)));
    stage.owned = new Set(plan.owns);
    await applyLayout(stage, swapped);
    stage.simulator.clearRequests();
    const { end } = await collect(retryNodes({ ...inputFor(stage, plan), journal: events, nodes: ["pve2"] }));
    expect(end).toMatchObject({ state: "partially-applied", failure: { kind: "stale" }, proven: 2, nodes: 3 });
    expect(written(stage)).toEqual([]);
  });

  it("keep their state when the token may not reload them, with the way by hand", async () => {
    stage.simulator.control("fail-ifreload-pve2", "error: mgmt: failed");
    const plan = await planFor(stage, two);
    const { events } = await collect(runPlan(inputFor(stage, plan)));
    stage.simulator.addFault({ match: { method: "PUT", path: "^/nodes/pve2/network$" }, how: "403", times: 2 });
    const { end, events: more } = await collect(
      retryNodes({ ...inputFor(stage, plan), journal: events, nodes: ["pve2"] }),
    );
    expect(end).toMatchObject({ state: "partially-applied", proven: 2, nodes: 3 });
    const words = more.flatMap((event) => (event.type === "note" ? [event.text] : [])).join(" ");
    expect(words).toContain("Sys.Modify on /nodes/pve2");
    expect(words).toContain("pveum acl modify /nodes/pve2 --tokens");
    expect(words).toContain("Apply Configuration");
    expect(more.findLast((event) => event.type === "node")).toMatchObject({ node: "pve2", state: "failed" });
  });

  it("are told when they were unreachable", async () => {
    const plan = await planFor(stage, two);
    stage.simulator.control("offline-pve3", "1");
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "partially-applied", proven: 2, nodes: 3 });
    expect(events.findLast((event) => event.type === "node" && event.node === "pve3")).toMatchObject({
      state: "unreachable",
      detail: expect.stringContaining("could not be started"),
    });
  });

  it("are told when they lack the zone's bridge, which fails no task", async () => {
    const bridged: Layout = { ...two, zones: [{ id: "office", type: "vlan", bridge: "vmbr1", ipam: "pve" }] };
    const plan = { ...(await planFor(stage, bridged)), problems: [], checks: [] };
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "partially-applied", proven: 2, nodes: 3 });
    expect(events.findLast((event) => event.type === "node" && event.node === "pve3")).toMatchObject({
      state: "failed",
      detail: "Zone office: bridge vmbr1 does not exist on this node.",
    });
  });

  it("are never proven by what cannot be read: a simple zone without a visible reload is unproven", async () => {
    const hidden: Cluster = {
      ...stage.cluster,
      readReloadTasks: async () =>
        err({ kind: "forbidden", retry: false, message: "Could not list the tasks: a privilege is missing." }),
    };
    const plan = await planFor(stage, lab);
    const { end, events } = await collect(runPlan(inputFor({ cluster: hidden }, plan)));
    expect(end).toMatchObject({ state: "partially-applied", proven: 0, nodes: 3 });
    expect(events.findLast((event) => event.type === "node")).toMatchObject({
      state: "unproven",
      detail: "Its reload task is not visible, and nothing else shows that the change arrived.",
    });
    // A VLAN zone shows by its interfaces that it is up.
    clearStage(stage);
    const vlan = await planFor(stage, two);
    expect((await collect(runPlan(inputFor({ cluster: hidden }, vlan)))).end).toMatchObject({ state: "applied" });
  });

  it("have lost what was removed: each node shows that the VNet is gone", async () => {
    await applyLayout(stage, two);
    const { end, events } = await applyLayout(stage, nothing);
    expect(end).toMatchObject({ state: "applied", proven: 3, nodes: 3 });
    expect(events.findLast((event) => event.type === "node")).toMatchObject({
      detail: "Its reload ended well; zone office, vnet mgmt, vnet voip are gone.",
    });
  });
});
