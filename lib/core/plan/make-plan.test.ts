import * as fc from "fast-check";
import { expect, test } from "vitest";
import { importLayout } from "../layout/import-layout";
import type { Layout } from "../layout/model";
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

/** Networks that Proxmox takes and that do not go together: clashing numbers, names, addresses and options. */
const clashing: fc.Arbitrary<Layout> = fc
  .record({
    zones: fc.uniqueArray(
      fc.oneof(
        fc.record({
          id: fc.constantFrom("za", "zb"),
          type: fc.constant("vlan" as const),
          bridge: fc.constantFrom("vmbr0", "vmbr1"),
        }),
        fc.record({
          id: fc.constantFrom("zc", "zd"),
          type: fc.constant("qinq" as const),
          bridge: fc.constant("vmbr0"),
          tag: fc.constantFrom(7, 8),
        }),
        fc.record({
          id: fc.constantFrom("ze", "zf"),
          type: fc.constant("vxlan" as const),
          peers: fc.constant<string[]>(["192.168.1.11"]),
          mtu: fc.constantFrom(1450, 1500, 0),
        }),
        fc.record({
          id: fc.constant("zg"),
          type: fc.constant("simple" as const),
          dhcp: fc.constant("dnsmasq" as const),
        }),
        fc.record({
          id: fc.constant("zh"),
          type: fc.constant("evpn" as const),
          controller: fc.constantFrom("evpn1", "gone"),
          "vrf-vxlan": fc.constantFrom(7, 9),
        }),
      ),
      { selector: ({ id }) => id, maxLength: 6, minLength: 1 },
    ),
    vnets: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom("va", "vb", "vc", "eno1", "lo"),
        at: fc.nat(),
        tag: fc.constantFrom(7, 8, 4095),
      }),
      {
        selector: ({ id }) => id,
      },
    ),
    subnets: fc.uniqueArray(
      fc.record({
        cidr: fc.constantFrom("10.0.0.0/8", "10.1.0.0/24", "10.1.0.5/24", "192.168.1.0/24"),
        at: fc.nat(),
        snat: fc.boolean(),
        gateway: fc.constantFrom("10.1.0.0", "10.1.0.1", "172.16.0.1"),
      }),
      { selector: ({ cidr }) => cidr },
    ),
  })
  .map(({ zones, vnets, subnets }) => {
    const placed = vnets.map(({ at, ...one }) => ({ ...one, zone: zones[at % zones.length]?.id ?? "" }));
    const owners = placed.length > 0 ? subnets : [];
    return layoutOf({
      zones,
      vnets: placed,
      subnets: owners.map(({ at, ...one }) => ({ ...one, vnet: placed[at % placed.length]?.id ?? "" })),
    });
  });

test("whatever is in a cluster can be imported and worked with: only what a plan makes can stand in its way", () => {
  void fc.assert(
    fc.property(clashing, (live) => {
      const config = liveOf(live);
      const { layout } = importLayout({ config, name: "imported" });
      const zones = [...layout.zones, { id: "fresh", type: "simple" as const }];
      const more = { ...layout, zones, vnets: [...layout.vnets, { id: "freshnet", zone: "fresh" }] };
      const owned = new Set(config.entities.map(({ key }) => key));
      const plan = makePlan({ layout: more, config, facts: FACTS, owned, fingerprint: (text) => text });
      expect(plan.problems.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(isApplicable(plan)).toBe(true);
      expect(plan.steps).toHaveLength(2);
    }),
  );
});
