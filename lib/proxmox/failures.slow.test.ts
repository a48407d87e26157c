import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Failure, FailureKind } from "@/lib/core/failure";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { createCluster } from "./cluster";
import { type End, SHAPES, type Shape, text } from "./testing/failure-shapes";
import { create, mustFail, update, zone } from "./testing/steps";
import { type StubServer, startStub } from "./testing/stub-server";

let stub: StubServer;
let tls: Simulator;
let serve: (response: ServerResponse) => void;
const clusters: ReturnType<typeof createCluster>[] = [];

beforeAll(async () => {
  stub = await startStub((_request, response) => serve(response));
  tls = await startSimulator({ scene: "three-node", port: 0, speed: "instant", tls: true });
});
afterEach(async () => {
  for (const cluster of clusters.splice(0)) await cluster.close();
});
afterAll(async () => {
  await stub.close();
  await tls.close();
});

function connected(shape: Shape) {
  serve = shape.serve ?? text(200, '{"data":[]}');
  const cluster = createCluster({ ...stub.address, ...shape.at?.({ stub: stub.url, tls }) });
  clusters.push(cluster);
  return cluster;
}

function expectEnd(failure: Failure, shape: Shape, [kind, again, happened]: End): void {
  const told = `${failure.message}\n${failure.detail ?? ""}`;
  expect(failure.kind).toBe(kind);
  if (typeof shape.says === "string") expect(told).toContain(shape.says);
  else expect(told).toMatch(shape.says);
  expect(failure.message).toMatch(/^Could not [a-z].*[.!?]$/s);
  expect(told).not.toMatch(/perl5| line \d/);
  expect(failure.retry).toBe(again === "again");
  expect(failure.unclear ?? false).toBe(happened === "unclear");
  expect(failure.next).toMatch(shape.next);
  // Before anything else a person has to learn whether it happened.
  if (happened === "unclear") expect(failure.next).toMatch(/^Read the configuration to see whether it happened\./);
}

test.each(SHAPES.map((shape) => [shape.name, shape] as const))("%s", async (_, shape) => {
  const cluster = connected(shape);
  expectEnd(mustFail(await cluster.dryRun("pve1")), shape, shape.read);
  stub.heard.length = 0;
  expectEnd(mustFail(await cluster.commit(null)), shape, shape.write);
  expect(stub.heard.length).toBeLessThanOrEqual(1);
});

test("every kind that an answer can mean is in the table", () => {
  // `cancelled` is the core's own.
  const kinds: Readonly<Record<Exclude<FailureKind, "cancelled">, true>> = {
    unreachable: true,
    timeout: true,
    certificate: true,
    unauthorized: true,
    forbidden: true,
    rejected: true,
    refused: true,
    locked: true,
    unsupported: true,
    "node-unreachable": true,
    "bad-answer": true,
    stale: true,
  };
  const seen = new Set(SHAPES.flatMap(({ read, write }) => [read[0], write[0]]));
  expect([...seen].sort()).toEqual(Object.keys(kinds).sort());
});

test("an object that somebody changed meanwhile is stale before anything is sent", async () => {
  serve = text(200, '{"data":{"zone":"lan","type":"vlan","bridge":"vmbr1","digest":"d"}}');
  const cluster = createCluster(stub.address);
  clusters.push(cluster);
  stub.heard.length = 0;
  const lan = zone("lan", { type: "vlan", bridge: "vmbr0" });
  const failure = mustFail(await cluster.write(update(lan, { ...lan.props, mtu: 1400 }), null));
  expect(failure).toMatchObject({ kind: "stale", retry: false, next: "Plan again to see what changed." });
  expect(stub.heard.map(({ method }) => method)).toEqual(["GET"]);
  serve = text(200, '{"data":null}');
  expect((await cluster.write(create(lan), null)).ok).toBe(true);
});
