import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import type { Step } from "@/lib/core/plan/step";
import { FIELDS } from "./fields";
import { encodeForm } from "./form";
import { stepCall } from "./step-call";
import { everyStep, layoutSteps, zoneKinds } from "./testing/any-steps";
import { endpointOf, recordedAnswers, recordedEndpoints, schemaProblems } from "./testing/recorded-api";
import * as wire from "./wire";

/** A step as it goes over the wire. */
function onTheWire(step: Step, token: string | null) {
  const { method, path, params } = stepCall(step, token);
  const form = encodeForm(params ?? {});
  const inQuery = method === "DELETE" && form !== "";
  return { method, target: inQuery ? `${path}?${form}` : path, body: method === "DELETE" ? "" : form };
}

describe("every request a step can become is one the recorded API takes", () => {
  const accepted = (steps: readonly Step[]) => {
    for (const step of steps) {
      for (const token of [null, "0199aaaa-0000-7000-8000-000000000000"])
        expect(schemaProblems(onTheWire(step, token))).toEqual([]);
    }
  };
  test("every kind and zone type with any of its options", () => {
    void fc.assert(fc.property(everyStep, accepted), { numRuns: 30 });
    expect(zoneKinds).toEqual(["simple", "vlan", "qinq", "vxlan", "vxlan over a fabric", "evpn"]);
  });
  test("from any layout to any other", () => {
    void fc.assert(fc.property(layoutSteps, accepted), { numRuns: 60 });
  });
});

test.each([
  ["POST", "/cluster/sdn/zone", "", "not in the API"],
  ["POST", "/cluster/sdn/zones", "zone=z1&type=ipvlan", "type=ipvlan is none of"],
  ["POST", "/cluster/sdn/zones", "zone=z1", "type is missing"],
  ["POST", "/cluster/sdn/zones", "zone=waytoolong&type=simple", "zone is 10 long"],
  ["POST", "/cluster/sdn/zones", "zone=1z&type=simple", "zone=1z is not like"],
  ["POST", "/cluster/sdn/zones", "zone=z1&type=vlan&bridge=", "bridge is empty"],
  ["POST", "/cluster/sdn/zones", "zone=z1&type=evpn&vrf-vxlan=16777216", "vrf-vxlan=16777216 is outside"],
  ["POST", "/cluster/sdn/vnets", "vnet=v1&zone=z1&alias=a!", "alias=a! is not like"],
  ["POST", "/cluster/sdn/vnets", "vnet=v1&zone=z1&vlanaware=true", "vlanaware=true is no boolean"],
  ["POST", "/cluster/sdn/vnets/v1/subnets", "type=subnet&subnet=10.0.0.0/24&gateway=10.0.0.256", "gateway=10.0.0.256:"],
  [
    "POST",
    "/cluster/sdn/vnets/v1/subnets",
    "type=subnet&subnet=10.0.0.0/24&dhcp-range=10.0.0.1",
    "dhcp-range=10.0.0.1:",
  ],
  ["PUT", "/cluster/sdn/zones/z1", "zone=z2", "zone is given 2 times"],
  ["PUT", "/cluster/sdn/zones/z1", "type=simple", "type is no parameter"],
  ["DELETE", "/cluster/sdn/zones/z1?digest=1", "", "digest is no parameter"],
])("the check itself refuses %s %s %s", (method, target, body, problem) => {
  expect(schemaProblems({ method, target, body }).join()).toContain(problem);
});

/** The shape of one row, or of one of several kinds of row. */
function fieldsOf(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element as z.ZodType);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => fieldsOf(option as z.ZodType));
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

const endpoint = (method: string, path: string) =>
  recordedEndpoints.find((known) => known.method === method && known.path === path);

/**
 * Names that a return shape promises, or that a recorded answer has, inside `pending` too, or that an option is written
 * by: SDN options are stored and given back under the same name (PVE::SectionConfig).
 */
function knownFields(path: string): Set<string> {
  const options = endpoint("POST", path.replace(/\/\{\w+\}$/, ""))?.parameters ?? {};
  const found = new Set(Object.keys(options));
  for (const [name, below] of Object.entries(endpoint("GET", path)?.returns ?? {}))
    for (const one of [name, ...below]) found.add(one);
  const collect = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) found.add(name);
      collect(inner);
    }
  };
  for (const answer of recordedAnswers) if (answer.method === "GET" && answer.path === path) collect(answer.body.data);
  return found;
}

const SUBNET_ROW = [...Object.keys(FIELDS.subnet), "subnet", "cidr", "start-address", "end-address", "digest"];
/** Read where they are there, and in no recording of this very call. */
const UNRECORDED: Readonly<Record<string, readonly string[]>> = {
  // Recorded for /cluster/sdn/fabrics/fabric?pending=1, of which this is the sum.
  "/cluster/sdn/fabrics/all": ["state", "pending"],
  // An option of the write to this collection; no recorded controller has it.
  "/cluster/sdn/controllers": ["fabric"],
  // Only addresses of guests have them, and the recorded cluster has no guests.
  "/cluster/sdn/ipams/{ipam}/status": ["vmid", "hostname"],
};

describe("every field that is read is one Proxmox gives", () => {
  const rows = fieldsOf(wire.pendingRowSchema);
  test.each([
    ["/cluster/sdn/zones", [...Object.keys(FIELDS.zone), ...rows, "zone", "digest"]],
    ["/cluster/sdn/zones/{zone}", [...Object.keys(FIELDS.zone), "zone", "digest"]],
    ["/cluster/sdn/vnets", [...Object.keys(FIELDS.vnet), ...rows, "vnet", "digest"]],
    ["/cluster/sdn/vnets/{vnet}", [...Object.keys(FIELDS.vnet), "vnet", "digest"]],
    ["/cluster/sdn/vnets/{vnet}/subnets", [...SUBNET_ROW, ...rows]],
    ["/cluster/sdn/vnets/{vnet}/subnets/{subnet}", SUBNET_ROW],
    ["/cluster/sdn/fabrics/all", [...fieldsOf(wire.fabricsSchema), ...rows, "id", "fabric_id", "node_id"]],
    ["/cluster/sdn/controllers", [...fieldsOf(wire.controllerListSchema), ...rows]],
    ["/cluster/sdn/ipams", fieldsOf(wire.ipamListSchema)],
    ["/cluster/sdn/ipams/{ipam}/status", fieldsOf(wire.ipamStatusSchema)],
    ["/cluster/sdn/dns", fieldsOf(wire.dnsListSchema)],
    ["/cluster/sdn/dry-run", fieldsOf(wire.dryRunSchema)],
    ["/cluster/status", fieldsOf(wire.clusterStatusSchema)],
    ["/version", fieldsOf(wire.versionSchema)],
    ["/nodes", fieldsOf(wire.nodeListSchema)],
    ["/nodes/{node}/network", fieldsOf(wire.interfacesSchema)],
    ["/nodes/{node}/tasks", fieldsOf(wire.taskListSchema)],
    ["/nodes/{node}/tasks/{upid}/status", fieldsOf(wire.taskStatusSchema)],
    ["/nodes/{node}/tasks/{upid}/log", fieldsOf(wire.taskLogSchema)],
    ["/nodes/{node}/sdn/zones", fieldsOf(wire.zoneStatusSchema)],
    ["/nodes/{node}/sdn/zones/{zone}/content", fieldsOf(wire.zoneContentSchema)],
  ])("%s", (path, fields) => {
    const known = knownFields(path);
    expect(fields.length).toBeGreaterThan(0);
    expect(fields.filter((field) => !known.has(field))).toEqual(UNRECORDED[path] ?? []);
  });
});

test("every recorded answer belongs to a call that is sent here", () => {
  const paths = new Set(recordedEndpoints.map(({ method, path }) => `${method} ${path}`));
  expect(recordedAnswers.filter(({ method, path }) => !paths.has(`${method} ${path}`))).toEqual([]);
  expect(endpointOf({ method: "GET", target: "/cluster/sdn/vnets/v1/subnets?pending=1" })?.inPath).toEqual({
    vnet: "v1",
  });
});
