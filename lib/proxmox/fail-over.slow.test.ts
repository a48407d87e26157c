import type { ServerResponse } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { createCluster } from "./cluster";
import { everyWrite } from "./testing/every-call";
import { create, must, mustFail, zone } from "./testing/steps";
import { type StubServer, startStub } from "./testing/stub-server";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const TOKEN = "01a20aac-059d-717e-bf14-c7f1e1203527";
const lan = zone("lan", { type: "vlan", bridge: "vmbr0" });

async function simulated(tls = false): Promise<Simulator> {
  const simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant", tls });
  cleanups.push(() => simulator.close());
  return simulator;
}

async function stubbed(answer: (response: ServerResponse) => void): Promise<StubServer> {
  const stub = await startStub((_request, response) => answer(response));
  cleanups.push(() => stub.close());
  return stub;
}

function connected(...endpoints: readonly string[]) {
  const cluster = createCluster({
    endpoints,
    fingerprint: null,
    tokenId: demoToken.id,
    secret: demoToken.secret,
    timeouts: { readMs: 300, writeMs: 300 },
  });
  cleanups.push(() => cluster.close());
  return cluster;
}

/** Ways in which a server can be gone. With `heard`, a request may have reached it all the same. */
const GONE: readonly { readonly name: string; readonly heard: boolean; readonly url: () => Promise<string> }[] = [
  { name: "refuses connections", heard: false, url: async () => "http://127.0.0.1:9" },
  { name: "has a name nobody knows", heard: false, url: async () => "http://pve.invalid:8006" },
  { name: "shows a certificate that is not trusted", heard: false, url: async () => (await simulated(true)).url },
  { name: "is silent", heard: true, url: async () => (await stubbed(() => {})).url },
  { name: "cuts the connection", heard: true, url: async () => (await stubbed((one) => void one.destroy())).url },
  {
    name: "cuts its answer short",
    heard: true,
    url: async () =>
      (
        await stubbed((response) => {
          response.writeHead(200, { "content-length": 50 }).write('{"data":');
          setTimeout(() => response.destroy(), 20);
        })
      ).url,
  },
  {
    name: "is behind a proxy that does not reach it",
    heard: true,
    url: async () => (await stubbed((response) => void response.writeHead(502).end("Bad Gateway"))).url,
  },
];

describe.each(GONE)("a first server that $name", ({ heard, url }) => {
  test("is passed over by reads, and the one that answered is asked first from then on", async () => {
    const [first, second] = [await url(), await simulated()];
    const cluster = connected(first, second.url);
    must(await cluster.dryRun("pve1"));
    const started = performance.now();
    for (let turn = 0; turn < 3; turn += 1) must(await cluster.dryRun("pve1"));
    // Nobody waits for the first one's silence again.
    expect(performance.now() - started).toBeLessThan(300);
    expect(second.requests()).toHaveLength(4);
  });

  test(heard ? "gets a write alone, for it may have heard it" : "has heard nothing, so a write goes on", async () => {
    const first = await url();
    await Promise.all(
      Object.entries(everyWrite).map(async ([name, ask]) => {
        const second = await stubbed((response) => void response.end('{"data":null}'));
        const result = await ask(connected(first, second.url), TOKEN);
        const written = second.heard.filter(({ method }) => method !== "GET");
        expect(written, name).toHaveLength(heard ? 0 : 1);
        if (heard) expect(mustFail(result), name).toMatchObject({ retry: true, unclear: true });
      }),
    );
  });
});

/** Two ways to one cluster: the address returned passes everything on, and hangs up once the cluster has answered. */
async function deafWay(simulator: Simulator): Promise<string> {
  const sockets = new Set<Socket>();
  const way = createServer((near) => {
    const far = connect(Number(new URL(simulator.url).port), "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {});
    }
    near.pipe(far);
    far.on("data", () => near.destroy());
  });
  await new Promise<void>((resolve) => way.listen(0, "127.0.0.1", resolve));
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => void way.close(() => resolve()));
  });
  const place = way.address();
  if (typeof place !== "object" || place === null) throw new Error("no address");
  return `http://127.0.0.1:${place.port}`;
}

test("a write that was carried out behind a dead way is sent once, and reading back over the other way shows it", async () => {
  const simulator = await simulated();
  const cluster = connected(await deafWay(simulator), simulator.url);
  const failure = mustFail(await cluster.write(create(lan), null));
  expect(failure).toMatchObject({ kind: "unreachable", unclear: true });
  expect(failure.next).toMatch(/^Read the configuration to see whether it happened/);
  expect(must(await cluster.readConfig()).entities).toEqual([lan]);
  const commit = connected(await deafWay(simulator), simulator.url);
  expect(mustFail(await commit.commit(null)).unclear).toBe(true);
  expect(must(await commit.readConfig())).toMatchObject({ running: [lan], pending: [] });
  const writes = simulator.requests().filter(({ method }) => method !== "GET");
  expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /cluster/sdn/zones",
    "PUT /cluster/sdn",
  ]);
});

test.each(["create zone", "change zone", "remove zone", "commit"])(
  "%s on a connection that was kept open and is cut is not repeated on a new one",
  async (name) => {
    let calls = 0;
    const server = await stubbed((response) => {
      calls += 1;
      if (calls === 1) response.end('{"data":{}}');
      else response.destroy();
    });
    const cluster = connected(server.url, server.url);
    must(await cluster.dryRun("pve1"));
    const failure = mustFail(await (everyWrite[name]?.(cluster, TOKEN) ?? cluster.commit(TOKEN)));
    expect(failure.unclear).toBe(true);
    expect(server.heard.map(({ method }) => method !== "GET")).toEqual([false, true]);
  },
);

test("when all are gone, what may have happened is told before what did not", async () => {
  const silent = await stubbed(() => {});
  const cluster = connected("http://127.0.0.1:9", silent.url);
  expect(mustFail(await cluster.commit(null))).toMatchObject({ kind: "timeout", unclear: true });
  const read = mustFail(await connected("http://127.0.0.1:9", silent.url).dryRun("pve1"));
  expect(read.message).toContain("127.0.0.1:9");
});
