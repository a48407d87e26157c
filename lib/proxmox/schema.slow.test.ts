import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Entity, PropValue } from "@/lib/core/plan/entity";
import { createCluster } from "./cluster";
import { toWire } from "./fields";
import { everyStep, layoutSteps } from "./testing/any-steps";
import { everyRead, everyWrite } from "./testing/every-call";
import { answerOf, endpointOf, isBeside, recordedEndpoints, schemaProblems } from "./testing/recorded-api";
import { must } from "./testing/steps";
import { type StubServer, startStub } from "./testing/stub-server";

const TOKEN = "01a20aac-059d-717e-bf14-c7f1e1203527";

let server: StubServer;
let cluster: ReturnType<typeof createCluster>;
/** What stands at an object's own path, for the reads before a write without lock. */
let objects: Map<string, unknown>;

beforeAll(async () => {
  server = await startStub((request, response) => {
    const object = request.method === "GET" ? objects.get(request.target) : undefined;
    const body = object ? { data: object } : answerOf(request);
    response.end(JSON.stringify(body));
  });
  cluster = createCluster(server.address);
});
beforeEach(() => {
  objects = new Map();
  server.heard.length = 0;
});
afterAll(async () => {
  await cluster.close();
  await server.close();
});

const problems = () => server.heard.filter((request) => !isBeside(request)).flatMap(schemaProblems);

const given = (value: PropValue): unknown => {
  if (Array.isArray(value) && typeof value[0] === "object") return value;
  return value === true ? 1 : toWire(value);
};
/** An object as Proxmox gives it. */
const row = ({ kind, id, key, props }: Entity): unknown => ({
  ...Object.fromEntries(Object.entries(props).map(([name, value]) => [name, given(value)])),
  [kind]: id,
  ...(kind === "subnet" ? { cidr: key.split("/").slice(2).join("/") } : {}),
  digest: "da39a3ee5e6b4b0d3255bfef95601890afd80709",
});
const place = ({ kind, id, props }: Entity): string =>
  kind === "subnet"
    ? `/cluster/sdn/vnets/${props["vnet"]}/subnets/${encodeURIComponent(id)}`
    : `/cluster/sdn/${kind}s/${id}`;

test("every call of the client, with and without a lock's token, is one the recorded API takes", async () => {
  for (const [name, ask] of Object.entries({ ...everyRead, ...everyWrite })) {
    for (const token of [TOKEN, null]) {
      server.heard.length = 0;
      await ask(cluster, token);
      const silent = name === "unlock" && token === null;
      // A change without lock reads first and finds another object in the recording, so it stops there.
      expect(server.heard.length, name).toBeGreaterThan(silent ? -1 : 0);
      expect(problems(), name).toEqual([]);
    }
  }
});

test("every endpoint of the copied schema is really used", async () => {
  for (const ask of Object.values({ ...everyRead, ...everyWrite })) await ask(cluster, TOKEN);
  const used = new Set(server.heard.map((request) => endpointOf(request)?.endpoint));
  for (const [collection, object] of [
    ["zone", { zone: "lan", type: "vlan", bridge: "vmbr0" }],
    ["vnet", { vnet: "web", zone: "lan", tag: 10 }],
  ] as const)
    objects.set(`/cluster/sdn/${collection}s/${collection === "zone" ? "lan" : "web"}`, object);
  for (const name of ["remove zone", "remove vnet", "remove subnet"]) await everyWrite[name]?.(cluster, null);
  for (const request of server.heard) used.add(endpointOf(request)?.endpoint);
  expect(
    recordedEndpoints.filter((endpoint) => !used.has(endpoint)).map(({ method, path }) => `${method} ${path}`),
  ).toEqual([]);
});

test("every step of any life and any layout, over the wire, with and without a lock's token", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(everyStep, layoutSteps), async (steps) => {
      server.heard.length = 0;
      for (const step of steps) {
        must(await cluster.write(step, TOKEN));
        if (step.op !== "create") objects.set(place(step.before), row(step.before));
        must(await cluster.write(step, null));
      }
      expect(problems()).toEqual([]);
      const writes = server.heard.filter(({ method }) => method !== "GET");
      expect(writes).toHaveLength(steps.length * 2);
      expect(writes.filter(({ target, body }) => `${target}${body}`.includes(`lock-token=${TOKEN}`))).toHaveLength(
        steps.length,
      );
      const guarded = writes.filter(({ method, body }) => method === "PUT" && body.includes("digest="));
      expect(guarded).toHaveLength(steps.filter(({ op }) => op === "update").length);
    }),
    { numRuns: 60 },
  );
});
