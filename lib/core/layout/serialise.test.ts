import { expect, it } from "vitest";
import { exceptionSchema, hostServiceSchema, layoutSchema, subnetSchema, vnetSchema, zoneSchema } from "./model";
import { FIELD_ORDER, layoutToJson } from "./serialise";

it("lists the fields of the document in the order of its schemas, none missing and none too many", () => {
  const schemas = [layoutSchema, zoneSchema, vnetSchema, subnetSchema, hostServiceSchema, exceptionSchema];
  expect(FIELD_ORDER).toEqual([...new Set(schemas.flatMap((schema) => Object.keys(schema.shape)))]);
});

it("gives equal layouts the same text, whatever the order of their keys", () => {
  const one = layoutToJson({
    version: 1,
    name: "a",
    zones: [{ id: "z", type: "vlan", bridge: "vmbr0" }],
    vnets: [],
    subnets: [],
  });
  const two = layoutToJson({
    subnets: [],
    vnets: [],
    zones: [{ bridge: "vmbr0", type: "vlan", id: "z" }],
    name: "a",
    version: 1,
  });
  expect(two).toBe(one);
});
