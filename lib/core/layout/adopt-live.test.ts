import * as fc from "fast-check";
import { expect, it } from "vitest";
import { type Entity, toEntities } from "../plan/entity";
import { layoutOf, VLAN, vnet } from "../validate/sample-layouts";
import { adoptLive } from "./adopt-live";
import { layoutArbitrary } from "./arbitrary";
import { emptyLayout } from "./model";

const sorted = (entities: readonly Entity[]) => [...entities].sort((a, b) => (a.key < b.key ? -1 : 1));

it("makes any layout say exactly what the cluster has, when everything is adopted", () => {
  void fc.assert(
    fc.property(layoutArbitrary, layoutArbitrary, (layout, other) => {
      const live = toEntities(other);
      const keys = [...live, ...toEntities(layout)].map(({ key }) => key);
      const adopted = adoptLive({ layout, live, keys });
      expect(sorted(toEntities(adopted.layout))).toEqual(sorted(live));
      expect(adopted.keys).toEqual(sorted(live).map(({ key }) => key));
    }),
  );
});

const live = toEntities(
  layoutOf({
    vnets: [vnet({ id: "lab1", tag: 55 }), vnet({ id: "lab2", tag: 60 })],
    subnets: [{ vnet: "lab1", cidr: "10.1.0.0/24", gateway: "10.1.0.1" }],
  }),
);

it("brings the VNet and the zone along that an object lives in, and nothing else", () => {
  const { layout, keys } = adoptLive({ layout: emptyLayout("x"), live, keys: ["subnet/lab1/10.1.0.0/24"] });
  expect(keys).toEqual(["subnet/lab1/10.1.0.0/24", "vnet/lab1", "zone/hybzone"]);
  expect(toEntities(layout).map(({ key }) => key)).toEqual(["zone/hybzone", "vnet/lab1", "subnet/lab1/10.1.0.0/24"]);
});

it("takes the live values of one object, and leaves metadata and the others as the layout has them", () => {
  const before = layoutOf({
    zones: [{ ...VLAN, mtu: 1400 }],
    vnets: [vnet({ id: "lab1", tag: 50, role: "lab" }), vnet({ id: "lab2", tag: 61 })],
  });
  const { layout, keys } = adoptLive({ layout: before, live, keys: ["vnet/lab1"] });
  expect(layout).toEqual({ ...before, vnets: [{ ...before.vnets[0], tag: 55 }, before.vnets[1]] });
  expect(keys).toEqual(["vnet/lab1"]);
});

it("removes what the cluster has no more, and names what a layout cannot say", () => {
  const before = layoutOf({ vnets: [vnet({ id: "gone1" })], subnets: [{ vnet: "gone1", cidr: "10.9.0.0/24" }] });
  const faucet: Entity = { key: "zone/fct", kind: "zone", id: "fct", props: { type: "faucet" } };
  const adopted = adoptLive({ layout: before, live: [...live, faucet], keys: ["vnet/gone1", "zone/fct"] });
  expect(adopted.layout).toEqual({ ...before, vnets: [], subnets: [] });
  expect(adopted.skipped.map(({ key }) => key)).toEqual(["zone/fct"]);
  expect(adopted.keys).toEqual([]);
});
