import * as fc from "fast-check";
import { expect, it } from "vitest";
import { toEntities } from "../plan/entity";
import { layoutOf, vnet } from "../validate/sample-layouts";
import { layoutArbitrary } from "./arbitrary";
import { letGo } from "./let-go";

const keysOf = (layout: Parameters<typeof toEntities>[0]) => toEntities(layout).map(({ key }) => key);

it("lets go of an object with what lives in it, and of nothing else", () => {
  const applied = layoutOf({
    vnets: [vnet({ id: "lab1", tag: 55 }), vnet({ id: "lab2", tag: 60 })],
    subnets: [
      { vnet: "lab1", cidr: "10.1.0.0/24", gateway: "10.1.0.1" },
      { vnet: "lab2", cidr: "10.2.0.0/24" },
    ],
  });
  const draft = { ...applied, subnets: [...applied.subnets, { vnet: "lab1", cidr: "10.3.0.0/24" }] };
  const result = letGo({ draft, recorded: applied, owned: new Set(keysOf(applied)), keys: ["vnet/lab1"] });
  expect(result.drop).toEqual(["subnet/lab1/10.1.0.0/24", "vnet/lab1"]);
  expect(keysOf(result.draft)).toEqual(["zone/hybzone", "vnet/lab2", "subnet/lab2/10.2.0.0/24"]);
  expect(result.recorded).toEqual(result.draft);
});

it("lets go of what the draft has removed already, so that the next plan does not delete it", () => {
  const applied = layoutOf({ vnets: [vnet({ id: "lab1" })], subnets: [{ vnet: "lab1", cidr: "10.1.0.0/24" }] });
  const draft = layoutOf({ vnets: [], subnets: [] });
  const result = letGo({ draft, recorded: applied, owned: new Set(keysOf(applied)), keys: ["vnet/lab1"] });
  expect(result).toEqual({ draft, recorded: draft, drop: ["subnet/lab1/10.1.0.0/24", "vnet/lab1"] });
});

it("owns exactly what is left, whatever is let go of", () => {
  void fc.assert(
    fc.property(layoutArbitrary, layoutArbitrary, fc.nat(), (recorded, draft, pick) => {
      const all = keysOf(recorded);
      const keys = all.filter((_, place) => (pick >> (place % 20)) % 2 === 1);
      const result = letGo({ draft, recorded, owned: new Set(all), keys });
      const left = new Set(all.filter((key) => !result.drop.includes(key)));
      expect(new Set(keysOf(result.recorded ?? recorded))).toEqual(left);
      expect(keysOf(result.draft).filter((key) => result.drop.includes(key))).toEqual([]);
    }),
  );
});
