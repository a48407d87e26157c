import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import * as z from "zod";
import { anyLayoutArbitrary } from "@/lib/core/layout/arbitrary";
import { parseLayout } from "@/lib/core/layout/parse";
import { FIELD_WORDS, layoutJsonSchema } from "./layout-schema";

const published = path.resolve("docs/reference/layout.schema.json");
const written = z.fromJSONSchema(JSON.parse(fs.readFileSync(published, "utf8")));

// After a change of the model: npx vitest run --project quick lib/exchange/layout-schema.test.ts --update
it("is published as it is", async () => {
  await expect(`${JSON.stringify(layoutJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(published);
});

it("takes every layout, whatever its values", () => {
  void fc.assert(
    fc.property(anyLayoutArbitrary, (layout) => {
      expect(written.safeParse(layout).error).toBeUndefined();
    }),
  );
});

it.each([
  { zones: [{ id: "a", type: "vlan", brigde: "vmbr0" }] },
  { vnets: [{ id: "a", zone: "z", tag: "10" }] },
  { subnets: [{ vnet: "a" }] },
  { version: 2 },
  { hostServices: [{ vnet: "a", cidr: "b", provider: "nobody" }] },
])("refuses %j as the command does", (more) => {
  const layout = { version: 1, name: "x", zones: [], vnets: [], subnets: [], ...more };
  expect(parseLayout(layout).ok).toBe(false);
  expect(written.safeParse(layout).success).toBe(false);
});

it("describes only keys that there are", () => {
  const text = JSON.stringify(layoutJsonSchema());
  for (const words of Object.values(FIELD_WORDS)) expect(text).toContain(JSON.stringify(words));
});
