import { describe, expect, test } from "vitest";
import { answerFailure } from "./answer-failure";
import { recordedAnswers } from "./testing/recorded-api";
import * as wire from "./wire";

const places = (schema: typeof wire.zoneRowsSchema, row: unknown) =>
  schema.safeParse([row]).error?.issues.map(({ path }) => path.slice(1).join("."));

describe("a row that would be overlooked or misread is no row", () => {
  test.each([
    ["without a name", { type: "simple" }, ["zone"]],
    ["with an empty name", { zone: "", type: "simple" }, ["zone"]],
    ["with a name that is a way through the paths", { zone: "..", type: "simple" }, ["zone"]],
    ["with a name that no path can hold", { zone: "z\ud800", type: "simple" }, ["zone"]],
    ["with a list in a form of its own", { zone: "z1", type: "simple", nodes: [null] }, ["nodes"]],
    ["with an object where a number stands", { zone: "z1", type: "vlan", pending: { mtu: {} } }, ["pending.mtu"]],
    ["with a state of its own", { zone: "z1", type: "vlan", state: "moved" }, ["state"]],
  ])("%s", (_, row, found) => expect(places(wire.zoneRowsSchema, row)).toEqual(found));

  test("a subnet without its network, or with ranges that are none", () => {
    expect(places(wire.subnetRowsSchema, { subnet: "z1-10.0.0.0-24", "dhcp-range": [{ from: "a" }] })).toEqual([
      "cidr",
      "dhcp-range",
    ]);
  });

  test("what nobody here models may be anything", () => {
    expect(places(wire.zoneRowsSchema, { zone: "z1", type: "simple", novel: [{ deep: [null] }] })).toBeUndefined();
  });
});

test.each([
  ["/cluster/sdn/zones", wire.zoneRowsSchema],
  ["/cluster/sdn/zones/{zone}", wire.objectRowSchema.zone],
  ["/cluster/sdn/vnets", wire.vnetRowsSchema],
  ["/cluster/sdn/vnets/{vnet}", wire.objectRowSchema.vnet],
  ["/cluster/sdn/vnets/{vnet}/subnets", wire.subnetRowsSchema],
  ["/cluster/sdn/vnets/{vnet}/subnets/{subnet}", wire.objectRowSchema.subnet],
  ["/cluster/sdn/controllers", wire.controllerRowsSchema],
  ["/cluster/sdn/controllers", wire.controllerListSchema],
  ["/cluster/sdn/fabrics/all", wire.fabricsSchema],
  ["/cluster/sdn/ipams", wire.ipamListSchema],
  ["/cluster/sdn/ipams/{ipam}/status", wire.ipamStatusSchema],
  ["/cluster/sdn/dns", wire.dnsListSchema],
  ["/cluster/sdn/dry-run", wire.dryRunSchema],
  ["/cluster/status", wire.clusterStatusSchema],
  ["/version", wire.versionSchema],
  ["/nodes", wire.nodeListSchema],
  ["/nodes/{node}/network", wire.interfacesSchema],
  ["/nodes/{node}/tasks", wire.taskListSchema],
  ["/nodes/{node}/tasks/{upid}/status", wire.taskStatusSchema],
  ["/nodes/{node}/tasks/{upid}/log", wire.taskLogSchema],
  ["/nodes/{node}/sdn/zones", wire.zoneStatusSchema],
  ["/nodes/{node}/sdn/zones/{zone}/content", wire.zoneContentSchema],
  ["/access/permissions", wire.permissionsSchema],
])("every recorded answer to GET %s is understood", (path, schema) => {
  const answers = recordedAnswers.filter((answer) => answer.method === "GET" && answer.path === path);
  expect(answers.length).toBeGreaterThan(0);
  for (const { body } of answers) expect(schema.safeParse(body.data).error).toBeUndefined();
});

test("texts of a server that never ends stay short in a failure", () => {
  const long = "x".repeat(100_000);
  const errors = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, index) => [`p${index}`, { toString: null, long }]),
  );
  const asked = { what: "create vnet app", write: true, tokenId: "ops@pve!ci" };
  const failure = answerFailure({ status: 400, statusText: "", body: { data: null, message: long, errors } }, asked);
  expect(JSON.stringify(failure).length).toBeLessThan(50_000);
});
