import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent } from "undici";
import { runPlan } from "@/lib/core/apply/run";
import type { Layout } from "@/lib/core/layout/model";
import type { Plan } from "@/lib/core/plan/plan";
import { authorization, demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { clientOf, collect, inputFor, planFor } from "../engine";
import { startRemoteCluster } from "../kill";
import { percentile, printFigures } from "./figures";

/**
 * An apply of 1,000 VNets and as many subnets through the engine, and beside it a bare loop that sends the same HTTP
 * requests one after another and does nothing else. Both against the same simulated cluster in a process of its own,
 * in turns.
 */
const TURNS = 21;
const WARM_UP = 6;
const SIZE = 1_000;
const clock = { now: () => Date.now(), sleep };

const layout: Layout = {
  version: 1,
  name: "thousand",
  zones: [{ id: "many", type: "vlan", bridge: "vmbr0", ipam: "pve" }],
  vnets: Array.from({ length: SIZE }, (_, i) => ({ id: `v${i}`, zone: "many", tag: i + 1, alias: `Network ${i}` })),
  subnets: Array.from({ length: SIZE }, (_, i) => ({
    vnet: `v${i}`,
    cidr: `10.${Math.floor(i / 256)}.${i % 256}.0/24`,
    gateway: `10.${Math.floor(i / 256)}.${i % 256}.1`,
  })),
};

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
}

const remote = await startRemoteCluster();
const cluster = clientOf(remote.url);
const agent = new Agent({ connections: 1 });
const headers = { authorization: authorization(demoToken), "content-type": "application/x-www-form-urlencoded" };

/** One bare request; gives the answer's `data`. */
async function send({ method, path, parameters }: Sent): Promise<unknown> {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) for (const one of [value].flat()) form.append(name, one);
  const inBody = method === "POST" || method === "PUT";
  const query = !inBody && form.size > 0 ? `?${form}` : "";
  const url = `/api2/json${path.split("/").map(encodeURIComponent).join("/")}${query}`;
  const answer = await agent.request({
    origin: remote.url,
    path: url,
    method: method === "POST" || method === "PUT" || method === "DELETE" ? method : "GET",
    headers,
    body: inBody ? String(form) : null,
  });
  const text = await answer.body.text();
  return answer.statusCode === 200 ? JSON.parse(text).data : null;
}

const control = (method: string, name: string) => send({ method, path: `/${name}`, parameters: {} });

async function applied(plan: Plan): Promise<number> {
  const start = performance.now();
  const { end } = await collect(runPlan(inputFor({ cluster }, plan, { clock, patience: {} })));
  if (end.state !== "applied") throw new Error(end.message);
  return performance.now() - start;
}

/** The same requests in the same order; only the lock's token and the task's id are those of this time. */
async function replayed(requests: readonly Sent[]): Promise<number> {
  const start = performance.now();
  let token = "";
  for (const { method, path, parameters } of requests) {
    const fresh = "lock-token" in parameters ? { ...parameters, "lock-token": token } : parameters;
    const data = await send({ method, path, parameters: fresh });
    if (method === "POST" && path === "/cluster/sdn/lock") token = String(data);
  }
  return performance.now() - start;
}

const ratios: number[] = [];
const times: { engine: number[]; bare: number[] } = { engine: [], bare: [] };
let requests: readonly Sent[] = [];

async function timeEngine(): Promise<number> {
  await control("POST", "__reset");
  const plan = await planFor({ cluster, owned: new Set() }, layout);
  await control("DELETE", "__requests");
  const took = await applied(plan);
  requests = (await control("GET", "__requests")) as Sent[];
  return took;
}

async function timeBare(): Promise<number> {
  await control("POST", "__reset");
  return replayed(requests);
}

// Both processes run faster once they are warm, so the first turns do not count, and neither side always goes first. Each
// engine turn is compared with the bare turn beside it: what else the machine does then mostly meets both.
for (let turn = -WARM_UP; turn < TURNS; turn += 1) {
  const engineFirst = turn % 2 === 0;
  const before = engineFirst ? await timeEngine() : null;
  const bare = await timeBare();
  const engine = before ?? (await timeEngine());
  if (turn < 0) continue;
  times.engine.push(engine);
  times.bare.push(bare);
  ratios.push(engine / bare);
}
await cluster.close();
await agent.close();
await remote.stop();

const writes = requests.filter(({ method }) => method !== "GET").length;
printFigures(`Apply ${SIZE} VNets and ${SIZE} subnets: ${requests.length} requests, ${writes} of them writes`, [
  { name: "engine, median", value: percentile(times.engine, 0.5), unit: "ms" },
  { name: "bare loop of the same requests, median", value: percentile(times.bare, 0.5), unit: "ms" },
  { name: "engine / bare loop, in percent, median", value: percentile(ratios, 0.5) * 100, unit: "%", limit: 115 },
]);
