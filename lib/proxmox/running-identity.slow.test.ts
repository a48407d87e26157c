import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { createCluster } from "./cluster";
import { create, must, remove, subnet, update, vnet, zone } from "./testing/steps";

let simulator: Simulator;
let cluster: ReturnType<typeof createCluster>;

beforeAll(async () => {
  simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant" });
  cluster = createCluster({
    endpoints: [simulator.url],
    fingerprint: null,
    tokenId: demoToken.id,
    secret: demoToken.secret,
  });
});
afterEach(() => simulator.reset());
afterAll(async () => {
  await cluster.close();
  await simulator.close();
});

const lan = zone("lan", { type: "vlan", bridge: "vmbr0" });
const web = vnet("web", { zone: "lan", tag: 10 });
const app = vnet("app", { zone: "lan", tag: 20 });
const dmz = vnet("dmz", { zone: "lan", tag: 30 });
const webNet = subnet("web", "lan", "10.10.0.0/24", { gateway: "10.10.0.1" });
const dmzNet = subnet("dmz", "lan", "10.30.0.0/24");
const byKey = <T extends { key: string }>(list: readonly T[]) => [...list].sort((a, b) => (a.key < b.key ? -1 : 1));

type Step = Parameters<typeof cluster.write>[0];
async function write(...steps: Step[]): Promise<void> {
  for (const step of steps) must(await cluster.write(step, null));
}

/** A request that the client itself never sends. */
async function foreign(method: string, path: string, body: string): Promise<void> {
  const answer = await simulator.handle({
    method,
    target: `/api2/json/cluster/sdn${path}`,
    headers: {
      authorization: `PVEAPIToken=${demoToken.id}=${demoToken.secret}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body,
  });
  expect(answer.status).toBe(200);
}

test("a zone made anew with another type still runs with the old one", async () => {
  const simple = zone("lab", { type: "simple", mtu: 1400 });
  await write(create(simple));
  must(await cluster.commit(null));
  const vlan = zone("lab", { type: "vlan", bridge: "vmbr0", mtu: 1400 });
  await write(remove(simple), create(vlan));
  const config = must(await cluster.readConfig());
  expect(config.entities).toEqual([vlan]);
  expect(config.running).toEqual([simple]);
  expect(config.pending).toEqual([{ kind: "zone", id: "lab", state: "changed", fields: ["bridge", "type"] }]);
});

test("a controller made anew with another type still runs with the old one", async () => {
  await foreign("POST", "/controllers", "type=bgp&controller=rr&asn=65000&peers=192.0.2.99&node=pve1");
  must(await cluster.commit(null));
  await foreign("DELETE", "/controllers/rr", "");
  await foreign("POST", "/controllers", "type=evpn&controller=rr&asn=65000&peers=192.0.2.99");
  const { others, pending } = must(await cluster.readConfig());
  expect(others).toMatchObject([{ edited: { type: "evpn" }, running: { type: "bgp", node: "pve1" } }]);
  expect(pending).toMatchObject([{ kind: "controller", id: "rr", state: "changed", fields: ["node", "type"] }]);
});

test("a subnet in another vnet, new or old, still runs in its own", async () => {
  const fresh = vnet("fresh", { zone: "lan", tag: 40 });
  await write(...[lan, web, app, dmz, webNet, dmzNet].map(create));
  must(await cluster.commit(null));
  await foreign("PUT", "/vnets/app/subnets/lan-10.10.0.0-24", "");
  const there = subnet("fresh", "lan", "10.30.0.0/24", { gateway: "10.30.0.1" });
  await write(create(fresh), remove(dmzNet), create(there));
  const config = must(await cluster.readConfig());
  expect(byKey(config.running)).toEqual(byKey([lan, web, app, dmz, webNet, dmzNet]));
  const moved = subnet("app", "lan", "10.10.0.0/24", { gateway: "10.10.0.1" });
  expect(byKey(config.entities)).toEqual(byKey([lan, web, app, dmz, fresh, moved, there]));
  expect(config.pending).toEqual([
    { kind: "vnet", id: "fresh", state: "new", fields: ["tag", "zone"] },
    { kind: "subnet", id: "lan-10.10.0.0-24", state: "changed", fields: ["vnet"] },
    { kind: "subnet", id: "lan-10.30.0.0-24", state: "changed", fields: ["gateway", "vnet"] },
  ]);
});

test("a subnet whose running vnet goes is not shown where it does not run", async () => {
  await write(...[lan, web, app, webNet].map(create));
  must(await cluster.commit(null));
  await foreign("PUT", "/vnets/app/subnets/lan-10.10.0.0-24", "");
  await write(remove(web));
  const config = must(await cluster.readConfig());
  expect(byKey(config.running)).toEqual(byKey([lan, web, app]));
  expect(config.entities.map(({ key }) => key)).toContain("subnet/app/10.10.0.0/24");
});

test("the running view is asked only for what is changed, and only where it may be", async () => {
  await write(...[lan, web, app, dmz, webNet, dmzNet].map(create));
  must(await cluster.commit(null));
  const asked = async () => {
    simulator.clearRequests();
    must(await cluster.readConfig());
    return simulator.requests().flatMap(({ path, parameters }) => ("running" in parameters ? [path] : []));
  };
  expect(await asked()).toEqual([]);
  await write(update(webNet, { ...webNet.props, gateway: "10.10.0.254" }));
  expect(await asked()).toEqual(["/cluster/sdn/vnets/web/subnets"]);
  await write(update(lan, { ...lan.props, mtu: 1400 }));
  expect(await asked()).toEqual(["/cluster/sdn/vnets/web/subnets", "/cluster/sdn/zones"]);
});
