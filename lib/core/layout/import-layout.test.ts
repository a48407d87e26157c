import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Entity, subnetId, subnetKey, toEntities } from "@/lib/core/plan/entity";
import { makePlan } from "@/lib/core/plan/make-plan";
import type { LiveConfig } from "@/lib/core/ports";
import { FACTS } from "@/lib/core/validate/sample-layouts";
import { layoutArbitrary } from "./arbitrary";
import { importLayout, toLayout } from "./import-layout";

const liveOf = (entities: readonly Entity[]): LiveConfig => ({ entities, running: entities, pending: [], others: [] });

/** The plan right after an import, with everything owned. */
function planAfterImport(entities: readonly Entity[]) {
  const config = liveOf(entities);
  const { layout } = importLayout({ config, name: "imported" });
  const owned = new Set(entities.map(({ key }) => key));
  return makePlan({ layout, config, facts: FACTS, owned, fingerprint: (text) => text });
}

const zone = (id: string, type: string, more: Entity["props"] = {}): Entity => ({
  key: `zone/${id}`,
  kind: "zone",
  id,
  props: { type, ...more },
});
const vnet = (id: string, inZone: string, more: Entity["props"] = {}): Entity => ({
  key: `vnet/${id}`,
  kind: "vnet",
  id,
  props: { zone: inZone, ...more },
});
const subnet = (inVnet: string, inZone: string, cidr: string, more: Entity["props"] = {}): Entity => ({
  key: subnetKey(inVnet, cidr),
  kind: "subnet",
  id: subnetId(inZone, cidr),
  props: { vnet: inVnet, zone: inZone, ...more },
});

describe("an import", () => {
  it("of any layout gives its objects back, and nothing is left to plan", () => {
    void fc.assert(
      fc.property(layoutArbitrary, (layout) => {
        const entities = toEntities(layout);
        const sorted = (list: readonly Entity[]) => [...list].sort((a, b) => (a.key < b.key ? -1 : 1));
        expect(sorted(toEntities(toLayout(entities, "x").layout))).toEqual(sorted(entities));
        expect(planAfterImport(entities).steps).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("keeps what Proxmox takes and our rules dislike, so that nothing is left to plan", () => {
    const range = [{ "start-address": "10.0.0.10", "end-address": "10.0.0.20" }];
    const plan = planAfterImport([
      zone("vl", "vlan", { bridge: "vmbr0", mtu: 0, novel: "thing", "vlan-protocol": "802.9" }),
      vnet("v1", "vl", { tag: 4095, alias: " spaced ", later: true }),
      subnet("v1", "vl", "10.0.0.77/24", { snat: true, "dhcp-range": range, gateway: "10.0.0.1" }),
      subnet("v1", "vl", "2001:db8:0:0::/64"),
      zone("q", "qinq", { bridge: "vmbr0", tag: 16777216 }),
    ]);
    expect(plan.steps).toEqual([]);
    expect(plan.changes).toEqual([]);
  });

  it("leaves out, with the reason, what a layout cannot say", () => {
    const moved = { ...subnet("v1", "vl", "10.1.0.0/24"), id: "old-10.1.0.0-24" };
    const { layout, skipped } = toLayout(
      [
        zone("f", "faucet", { "dp-id": 1 }),
        vnet("vf", "f"),
        zone("vl", "vlan", { bridge: "b" }),
        vnet("v1", "vl", { tag: 2 }),
        moved,
      ],
      "x",
    );
    expect(layout.zones.map(({ id }) => id)).toEqual(["vl"]);
    expect(layout.subnets).toEqual([]);
    expect(skipped.map(({ key }) => key)).toEqual(["zone/f", "vnet/vf", moved.key]);
  });

  it("takes only the zones it is asked for, with all that is in them", () => {
    const config = liveOf([zone("a", "simple"), vnet("va", "a"), zone("b", "simple"), vnet("vb", "b")]);
    const { layout, skipped } = importLayout({ config, name: "x", zones: ["b"] });
    expect([layout.zones.length, layout.vnets.map(({ id }) => id), skipped]).toEqual([1, ["vb"], []]);
  });
});
