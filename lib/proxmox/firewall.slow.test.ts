import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { createCluster } from "./cluster";
import { must } from "./testing/steps";

let simulator: Simulator;
let cluster: ReturnType<typeof createCluster>;
beforeAll(async () => {
  simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant" });
  const { id: tokenId, secret } = demoToken;
  cluster = createCluster({ endpoints: [simulator.url], fingerprint: null, tokenId, secret });
});
beforeEach(() => simulator.reset());
afterAll(async () => {
  await cluster.close();
  await simulator.close();
});

const told = (flag: string, value: unknown) => simulator.control(flag, JSON.stringify(value));
const asked = () => simulator.requests().map(({ path }) => path);
const accept = (dport: string, more: object = {}) => ({
  ...{ type: "in", action: "ACCEPT", enable: 1, proto: "udp", dport },
  ...more,
});

test("a cluster without a firewall is one question, whatever its nodes say", async () => {
  told("firewall-pve1", { enable: 1 });
  const { pve1, pve2 } = await cluster.readFirewalls(["pve1", "pve2"]);
  expect([pve1, pve2]).toMatchObject([{ value: { on: false } }, { value: { on: false } }]);
  expect(asked()).toEqual(["/cluster/firewall/options"]);
  simulator.clearRequests();
  expect(await cluster.readFirewalls([])).toEqual({});
  expect(asked()).toEqual([]);
});

test("policies and what a node says of itself are as Proxmox reads them", async () => {
  told("firewall", { enable: 1 });
  told("firewall-pve2", { enable: 0 });
  told("firewall-pve3", { ndp: 0, nftables: 1 });
  const { pve1, pve2, pve3 } = await cluster.readFirewalls(["pve1", "pve2", "pve3"]);
  // Closed unless somebody opens it, and on where nobody says otherwise.
  expect(pve1).toMatchObject({ value: { on: true, policyIn: "DROP", policyForward: "ACCEPT", ndp: true } });
  expect(pve2).toMatchObject({ value: { on: false } });
  expect(pve3).toMatchObject({ value: { on: true, ndp: false, nftables: true } });
  told("firewall", { enable: 1, policy_in: "REJECT", policy_forward: "DROP" });
  const again = await cluster.readFirewalls(["pve1"]);
  expect(again["pve1"]).toMatchObject({ value: { policyIn: "REJECT", policyForward: "DROP" } });
});

test("a node's rules come before the cluster's, a group's in its place, those that are off not at all", async () => {
  told("firewall", { enable: 1 });
  told("firewall-rules", [accept("1"), { type: "group", action: "guests", enable: 1 }, accept("2", { enable: 0 })]);
  told("firewall-rules-pve1", [
    accept("3", { iface: "vnetmgmt", source: "10.0.0.0/8" }),
    { type: "out", action: "DROP", enable: 1 },
    { type: "group", action: "guests", enable: 1, iface: "vnetdev" },
  ]);
  told("firewall-group-guests", [accept("4"), accept("5", { iface: "vmbr0" }), accept("6", { enable: 0 })]);
  const { pve1 } = await cluster.readFirewalls(["pve1"]);
  const { rules } = must(pve1 ?? { ok: false, error: { message: "not asked" } });
  expect(rules.map(({ ports, iface, narrowed }) => [ports, iface, narrowed])).toEqual([
    ["3", "vnetmgmt", true],
    ["4", "vnetdev", false],
    ["5", "vmbr0", false],
    ["1", null, false],
    ["4", null, false],
    ["5", "vmbr0", false],
  ]);
  expect(asked().filter((path) => path.endsWith("/groups/guests"))).toHaveLength(1);
});

test("what cannot be read is said for the nodes it concerns", async () => {
  told("firewall", { enable: 1 });
  told("firewall-rules-pve2", [{ type: "group", action: "gone", enable: 1 }]);
  simulator.control("offline-pve3", "1");
  const { pve1, pve2, pve3 } = await cluster.readFirewalls(["pve1", "pve2", "pve3"]);
  expect(pve1).toMatchObject({ ok: true });
  expect(pve2).toMatchObject({ ok: false, error: { message: expect.stringContaining("security group gone") } });
  expect(pve3).toMatchObject({ ok: false, error: { kind: "node-unreachable" } });
});

// A group's name becomes a part of a path and of messages.
test.each([
  ["half of a letter", "guests\ud800"],
  ["another path", "../../../nodes"],
  ["endless", "g".repeat(200_000)],
])("a security group whose name is %s is a bad answer, and is not asked for", async (_, action) => {
  told("firewall", { enable: 1 });
  told("firewall-rules", [{ type: "group", action, enable: 1 }]);
  const { pve1 } = await cluster.readFirewalls(["pve1"]);
  expect(pve1).toMatchObject({ ok: false, error: { kind: "bad-answer" } });
  expect(JSON.stringify(pve1).length).toBeLessThan(1_000);
  expect(asked()).toEqual(["/cluster/firewall/options", "/cluster/firewall/rules"]);
});
