import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { createCluster } from "./cluster";
import { encodeForm, type Params } from "./form";
import { must } from "./testing/steps";

/** As many VNets as there are VLANs, each with a subnet, in 16 zones on 16 nodes. */
const VNETS = 4_094;
const ZONES = 16;
const NODES = 16;
/** A cluster is asked this many things at a time, and never more however many readers there are: connection.ts. */
const AT_ONCE = 8;
const CONNECTIONS = 16;

let simulator: Simulator;
let server: Server;
let cluster: ReturnType<typeof createCluster>;
/** Seen at the server's side. */
let heard: string[];
let inFlight: number;
let most: number;

const headers = { authorization: `PVEAPIToken=${demoToken.id}=${demoToken.secret}` };

async function fill(path: string, params: Params): Promise<void> {
  const answer = await simulator.handle({
    method: path === "" ? "PUT" : "POST",
    target: `/api2/json/cluster/sdn${path}`,
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    body: encodeForm(params),
  });
  if (answer.status !== 200) throw new Error(answer.body);
}

beforeAll(async () => {
  simulator = await startSimulator({ scene: "large", port: 0, speed: "instant" });
  for (let zone = 0; zone < ZONES; zone += 1) await fill("/zones", { zone: `z${zone}`, type: "vlan", bridge: "vmbr0" });
  for (let tag = 1; tag <= VNETS; tag += 1) {
    await fill("/vnets", { vnet: `v${tag}`, zone: `z${tag % ZONES}`, tag });
    const subnet = `10.${tag >> 8}.${tag & 255}.0/24`;
    await fill(`/vnets/v${tag}/subnets`, { type: "subnet", subnet, gateway: subnet.replace("0/24", "1") });
  }
  await fill("", {});
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url?.replace("/api2/json", "").split("?")[0]}`);
    inFlight += 1;
    most = Math.max(most, inFlight);
    void (async () => {
      // Long enough that whoever wants more at once is seen to.
      await pause(1);
      const { authorization } = request.headers;
      const asked = { method: request.method ?? "", target: request.url ?? "", headers: { authorization }, body: "" };
      const answer = await simulator.handle(asked);
      inFlight -= 1;
      response.writeHead(answer.status, answer.reason).end(answer.body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cluster = createCluster({
    endpoints: [`http://127.0.0.1:${(server.address() as AddressInfo).port}`],
    fingerprint: null,
    tokenId: demoToken.id,
    secret: demoToken.secret,
  });
});
beforeEach(() => {
  heard = [];
  inFlight = 0;
  most = 0;
});
afterAll(async () => {
  await cluster.close();
  server.closeAllConnections();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  await simulator.close();
});

/** How often each kind of call was heard. */
const counted = () => {
  const counts: Record<string, number> = {};
  for (const call of heard) {
    const kind = call.replace(/\/vnets\/[^/]+/, "/vnets/{vnet}").replace(/\/nodes\/[^/]+/, "/nodes/{node}");
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};

test("the configuration is complete, for one call per collection: nothing lists the subnets of several VNets", async () => {
  const config = must(await cluster.readConfig());
  const kinds = ["zone", "vnet", "subnet"] as const;
  const numbers = kinds.map((kind) => config.entities.filter((entity) => entity.kind === kind).length);
  expect(numbers).toEqual([ZONES, VNETS, VNETS]);
  expect(config.running).toEqual(config.entities);
  expect(config.pending).toEqual([]);
  expect(counted()).toEqual({
    "GET /cluster/sdn/zones": 1,
    "GET /cluster/sdn/vnets": 1,
    "GET /cluster/sdn/controllers": 1,
    "GET /cluster/sdn/fabrics/all": 1,
    "GET /cluster/sdn/vnets/{vnet}/subnets": VNETS,
  });
  expect(most).toBe(AT_ONCE);
});

test("the surroundings take two calls per node and nothing twice", async () => {
  const facts = must(await cluster.readFacts());
  expect(facts.nodes).toHaveLength(NODES);
  expect(facts.nodes.every(({ bridges }) => bridges?.length === 2)).toBe(true);
  expect(facts.unread).toEqual([]);
  expect(counted()).toEqual({
    "GET /version": 1,
    "GET /nodes": 1,
    "GET /cluster/status": 1,
    "GET /cluster/resources": 1,
    "GET /cluster/sdn/ipams": 1,
    "GET /cluster/sdn/ipams/pve/status": 1,
    "GET /cluster/sdn/controllers": 1,
    // One per path: /sdn, /nodes, /vms, /.
    "GET /access/permissions": 4,
    "GET /nodes/{node}/network": NODES,
    "GET /nodes/{node}/apt/versions": NODES,
  });
  expect(most).toBeLessThanOrEqual(CONNECTIONS);
});

test("readers that come together share the connections, and all are served", async () => {
  const [snapshot, facts, config] = await Promise.all([
    cluster.readSnapshot(),
    cluster.readFacts(),
    cluster.readConfig(),
  ]);
  expect(must(snapshot).entities).toHaveLength(ZONES + 2 * VNETS);
  expect(must(config).entities).toHaveLength(ZONES + 2 * VNETS);
  expect(must(facts).unread).toEqual([]);
  expect(most).toBeLessThanOrEqual(CONNECTIONS);
});
