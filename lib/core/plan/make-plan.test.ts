import { expect, test } from "vitest";
import { FACTS, layoutOf, VLAN, vnet } from "../validate/sample-layouts";
import { toEntities } from "./entity";
import { isApplicable, makePlan } from "./make-plan";
import { partOf } from "./part";
import { liveOf } from "./sample-plans";

/** The plan of one object of a layout, everything else staying as it is in the cluster. */
function planPart(key: string, layout: ReturnType<typeof layoutOf>, live: ReturnType<typeof layoutOf>) {
  const config = liveOf(live);
  const owned = new Set(config.entities.map((entity) => entity.key));
  const only = partOf([key], { wanted: toEntities(layout), live: config.entities, owned });
  return makePlan({ layout, config, facts: FACTS, owned, fingerprint: (text) => text, only });
}

test("a part is judged by what the cluster will be like, not by what the layout says elsewhere", () => {
  const live = layoutOf({ vnets: [vnet(), vnet({ id: "second", tag: 20 })] });
  const elsewhere = layoutOf({ vnets: [vnet({ alias: "new" }), vnet({ id: "second", tag: 9999 })] });
  const plan = planPart("vnet/vnetmgmt", elsewhere, live);
  expect(plan.problems).toEqual([]);
  expect([plan.steps.length, isApplicable(plan)]).toEqual([1, true]);
  expect(isApplicable(planPart("vnet/second", elsewhere, live))).toBe(false);
});

test("a part that meets what stays in the cluster is refused, although the layout has moved that out of the way", () => {
  const live = layoutOf({ vnets: [vnet(), vnet({ id: "second", tag: 20 })] });
  const swapped = layoutOf({ zones: [VLAN], vnets: [vnet({ tag: 20 }), vnet({ id: "second", tag: 30 })] });
  const plan = planPart("vnet/vnetmgmt", swapped, live);
  expect(plan.problems).toMatchObject([{ code: "tag-duplicate", severity: "error" }]);
});
