import { expect, it } from "vitest";
import { isRunFiltered, readRunFilter, runFilterQuery } from "./run-filter";

it("survives the way through the address", () => {
  const filter = { clusterId: "c1", state: "failed", actor: "Ada", object: "10.0.0.0/24" } as const;
  expect(readRunFilter(runFilterQuery(filter))).toEqual(filter);
});

it("ignores a state nobody knows and empty fields", () => {
  expect(isRunFiltered(readRunFilter(new URLSearchParams("state=exploded&object=%20&person=")))).toBe(false);
});
