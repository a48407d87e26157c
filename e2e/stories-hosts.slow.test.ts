import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { ownedAfter } from "@/lib/core/apply/owned-after";
import { runPlan } from "@/lib/core/apply/run";
import type { NodeState } from "@/lib/core/hosts/node-state";
import type { HostService, Layout } from "@/lib/core/layout/model";
import { parameterDefaults, starterById } from "@/lib/core/layout/starters";
import type { Hosts } from "@/lib/core/ports";
import { invariant } from "@/lib/core/result";
import { createHosts } from "@/lib/hosts/hosts";
import { createKeyPair } from "@/lib/hosts/ssh/key-pair";
import { clearStage, collect, commits, inputFor, openStage, planFor, readLive, type Stage } from "./engine";

/** What the stories say of gateways, DHCP and routes, with the nodes' agents reached over SSH. */

const key = createKeyPair("trunkline@test");
const NODES = ["pve1", "pve2", "pve3"];
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ agents: { authorizedKeys: [key.publicKey], nodes: {} } });
});
afterAll(() => stage.simulator.close());
beforeEach(() => clearStage(stage));

/** `writeMs` is how long a change may take before it counts as lost. */
const over = (writeMs = 20_000): Hosts =>
  createHosts(
    (node) => {
      const found = stage.simulator.agents.find((agent) => agent.node === node);
      if (!found) return null;
      const { port, fingerprint: hostKey } = found;
      return { node, host: "127.0.0.1", port, user: "trunkline", privateKey: key.privateKey, hostKey };
    },
    { connectMs: 20_000, readMs: 20_000, writeMs },
  );

/** `had` is what the agent of pve1 was given before. */
async function apply(layout: Layout, hosts: Hosts = over(), had: NodeState | null = null) {
  const agents = NODES.map((node) => {
    const state = node === "pve1" ? had : null;
    return { node, state, revision: state?.revision ?? 0 };
  });
  const plan = await planFor(stage, layout, { hosts: { others: [], owner: "trunkline-test", agents } });
  stage.simulator.clearRequests();
  const ran = await collect(runPlan(inputFor(stage, plan, { hosts })));
  stage.owned = new Set(ownedAfter(plan, stage.owned, ran.events));
  return { plan, ...ran };
}

function homelab(): Layout {
  const starter = starterById("homelab-six-vlans");
  invariant(starter, "there is a template of six VLANs");
  const built = starter.build(parameterDefaults(starter, { nodes: NODES, bridges: ["vmbr0"] }));
  invariant(built.ok, "it builds");
  return built.value;
}

/** One VNet with a host service. */
const small = (more: Partial<HostService>, extra: Partial<Layout> = {}): Layout => ({
  ...{ version: 1, name: "small", zones: [{ id: "lab", type: "vlan", bridge: "vmbr0", ipam: "pve" }] },
  vnets: [{ id: "mgmt", zone: "lab", tag: 10 }],
  subnets: [{ vnet: "mgmt", cidr: "10.10.0.0/26", gateway: "10.10.0.1" }],
  hostServices: [{ vnet: "mgmt", cidr: "10.10.0.0/26", gatewayNode: "pve1", uplink: "vmbr0", snat: true, ...more }],
  ...extra,
});

const calls = () => stage.simulator.requests().map(({ method, path }) => `${method} ${path}`);
const status = async (node: string) => {
  const answer = await over().status(node);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
};

it("A02 Homelab six VLANs: one commit, then gateway, SNAT and DHCP of all six on one node, before the lock is released", async () => {
  const { end, plan } = await apply(homelab());
  expect(plan.notProvided).toEqual([]);
  expect(end).toMatchObject({ state: "applied" });
  expect(commits(stage)).toBe(1);
  const order = ["PUT /cluster/sdn", "SSH /nodes/pve1/put", "DELETE /cluster/sdn/lock"].map((call) =>
    calls().indexOf(call),
  );
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order).not.toContain(-1);
  expect(calls().filter((call) => /^SSH \/nodes\/pve[23]\/put$/.test(call))).toEqual([]);
  expect(await status("pve1")).toMatchObject({ changes: [], pending: [] });
  // A guest that starts on one of them, wherever it runs, gets an address of its range.
  stage.simulator.control("guest-300", "qemu pve3 running vnetdev BC:24:11:00:00:07");
  expect((await status("pve1")).leases).toMatchObject([
    { vnet: "vnetdev", ip: "10.20.0.120", mac: "bc:24:11:00:00:07" },
  ]);
});

it("A10 DHCP ranges: in a /26 the usual range is moved inside, and guests get addresses of it; a reservation is kept", async () => {
  const reservations = [{ mac: "bc:24:11:00:00:09", ip: "10.10.0.5", hostname: "printer" }];
  const { end } = await apply(small({ dhcp: { reservations } }));
  expect(end.state).toBe("applied");
  stage.simulator.control("guest-300", "qemu pve1 running mgmt BC:24:11:00:00:07");
  stage.simulator.control("guest-301", "qemu pve1 running mgmt BC:24:11:00:00:09");
  const { leases } = await status("pve1");
  const given = leases.find(({ mac }) => mac === "bc:24:11:00:00:07")?.ip ?? "";
  const host = Number(/^10\.10\.0\.(\d+)$/.exec(given)?.[1]);
  expect(host).toBeGreaterThanOrEqual(2);
  expect(host).toBeLessThanOrEqual(62);
  expect(leases).toContainEqual(expect.objectContaining({ ip: "10.10.0.5", hostname: "printer" }));
});

it("A11 A static route is on the node once the run has ended, and goes with the next one; the VNet stays served", async () => {
  const routed = small({ routes: [{ destination: "10.60.0.0/16", via: "10.10.0.20" }] });
  const first = await apply(routed);
  expect(first.end.state).toBe("applied");
  const [target] = first.plan.hosts ?? [];
  expect(target).toMatchObject({
    node: "pve1",
    after: { routes: [{ destination: "10.60.0.0/16", via: "10.10.0.20" }] },
  });
  expect(await status("pve1")).toMatchObject({ changes: [], pending: [] });

  invariant(target, "pve1 serves it");
  const had = { ...target.after, revision: (await status("pve1")).revision ?? 0 };
  const second = await apply(small({}), over(), had);
  expect(second.end).toMatchObject({ state: "applied" });

  expect(second.plan.hosts).toMatchObject([{ node: "pve1", after: { routes: [] } }]);
  // Nothing of the cluster is another, so nothing of it was sent.
  expect(commits(stage)).toBe(0);
  expect(await status("pve1")).toMatchObject({ changes: [], pending: [] });
  const removed = await over().remove("pve1");
  const gone = removed.ok ? removed.value.changes.map(({ what }) => what) : [];
  expect(gone).toContain("address");
  expect(gone).not.toContain("route");
});

it("A03 No DHCP: gateway and SNAT are provided, and nobody gets an address", async () => {
  const { end } = await apply(small({}));
  expect(end.state).toBe("applied");
  expect(end.message).not.toContain("not provided");
  stage.simulator.control("guest-300", "qemu pve1 running mgmt BC:24:11:00:00:07");
  expect(await status("pve1")).toMatchObject({ changes: [], leases: [] });
});

// What is lost on the way is asked for; what did not happen is given back. Never a second commit.
it.each([
  ["put", "unheard", "partially-applied"],
  ["put", "unanswered", "applied"],
  ["put", "reset", "applied"],
  ["put", "403", "partially-applied"],
  ["put", "500", "partially-applied"],
  ["put", "hang", "partially-applied"],
  ["version", "unheard", "partially-applied"],
] as const)(
  "one node fails: its agent's %s is %s, and the run ends %s, as the node really is",
  async (verb, how, state) => {
    stage.simulator.addFault({ match: { method: "SSH", path: `/pve1/${verb}$` }, how });
    const { end } = await apply(small({}), over(how === "hang" ? 4000 : undefined));
    expect(end.state).toBe(state);
    expect(commits(stage)).toBe(1);
    expect((await readLive(stage)).running.map(({ id }) => id)).toContain("mgmt");
    const { changes } = await status("pve1");
    expect(changes).toEqual([]);
    const removed = await over().remove("pve1");
    const addresses = removed.ok ? removed.value.changes.filter(({ what }) => what === "address") : [];
    expect(addresses.map(({ object }) => object)).toEqual(state === "applied" ? ["mgmt 10.10.0.1/26"] : []);
  },
);

it("an agent that does not answer before the run stops it, and nothing is touched", async () => {
  stage.simulator.control("no-agent-pve1", "1");
  const { end } = await apply(small({}));
  expect(end.state).toBe("blocked");
  expect(commits(stage)).toBe(0);
});
