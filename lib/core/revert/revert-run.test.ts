import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutArbitrary } from "../layout/arbitrary";
import type { HostService, Layout } from "../layout/model";
import { type Entity, type EntityKey, hostServiceKey, toEntities } from "../plan/entity";
import { makePlan } from "../plan/make-plan";
import type { Plan } from "../plan/plan";
import type { LiveConfig } from "../ports";
import { FACTS, layoutOf, VLAN, vnet } from "../validate/sample-layouts";
import { revertRun } from "./revert-run";

const liveOf = (entities: readonly Entity[]): LiveConfig => ({ entities, running: entities, pending: [], others: [] });
const keysOf = (...layouts: readonly Layout[]) => new Set(layouts.flatMap(toEntities).map(({ key }) => key));
const sorted = (entities: readonly Entity[]) => [...entities].sort((a, b) => (a.key < b.key ? -1 : 1));
const fingerprint = (text: string) => text;

const planOf = (layout: Layout, entities: readonly Entity[], owned: ReadonlySet<EntityKey>, more: object = {}): Plan =>
  makePlan({ layout, config: liveOf(entities), facts: FACTS, owned, fingerprint, ...more });

/** The configuration after the steps of a plan. */
function after(entities: readonly Entity[], plan: Plan): Entity[] {
  const world = new Map(entities.map((entity) => [entity.key, entity]));
  for (const step of plan.steps) {
    if (step.op === "delete") world.delete(step.before.key);
    else world.set(step.after.key, step.after);
  }
  return [...world.values()];
}

const servicesOf = ({ hostServices = [] }: Layout) =>
  [...hostServices].sort((a, b) => (hostServiceKey(a.vnet, a.cidr) < hostServiceKey(b.vnet, b.cidr) ? -1 : 1));

const BASE = layoutOf({
  vnets: [vnet({ id: "vnetdev", tag: 20, role: "development" }), vnet({ id: "vnetlab", tag: 50 })],
  subnets: [{ vnet: "vnetdev", cidr: "10.20.0.0/24", gateway: "10.20.0.1" }],
});
const edit = (layout: Layout, id: string, change: object): Layout => ({
  ...layout,
  vnets: layout.vnets.map((one) => (one.id === id ? { ...one, ...change } : one)),
});

/** Run 7 changed one layout to another; then the cluster and the layout became what is given. */
function revertOf(from: Layout, to: Layout, now: { live?: readonly Entity[]; recorded?: Layout } = {}) {
  const run = { number: 7, plan: planOf(to, toEntities(from), keysOf(from)), layout: to };
  const recorded = now.recorded ?? to;
  const entities = now.live ?? toEntities(recorded);
  const owned = keysOf(recorded);
  const { layout, only, problems } = revertRun({ run, recorded, before: from, config: liveOf(entities), owned });
  return { layout, problems, plan: planOf(layout, entities, owned, { only, problems }), entities };
}

describe("reverting a run", () => {
  it("brings back exactly what was there before, from any layout to any other", () => {
    void fc.assert(
      fc.property(layoutArbitrary, layoutArbitrary, (from, to) => {
        const { plan, layout, entities, problems } = revertOf(from, to);
        expect(problems).toEqual([]);
        expect(servicesOf(layout)).toEqual(servicesOf(from));
        expect(sorted(after(entities, plan))).toEqual(sorted(toEntities(from)));
      }),
      { numRuns: 200 },
    );
  });

  it("A20 takes back its own change alone, and leaves what came after", () => {
    const run7 = edit(BASE, "vnetdev", { tag: 21 });
    const run8 = {
      ...edit(run7, "vnetdev", { alias: "Dev" }),
      vnets: [...edit(run7, "vnetdev", { alias: "Dev" }).vnets, vnet({ id: "vnetqa", tag: 60 })],
    };
    const { plan, layout, problems } = revertOf(BASE, run7, { recorded: run8 });
    expect(problems).toEqual([]);
    expect(plan.steps).toEqual([
      expect.objectContaining({ op: "update", changes: [{ field: "tag", before: 21, after: 20 }] }),
    ]);
    expect(layout.vnets.map(({ id, tag, alias, role }) => [id, tag, alias, role])).toEqual([
      ["vnetdev", 20, "Dev", "development"],
      ["vnetlab", 50, undefined, undefined],
      ["vnetqa", 60, undefined, undefined],
    ]);
  });

  it("A20 names the three values where somebody has set another since, and writes nothing over", () => {
    const run7 = edit(BASE, "vnetdev", { tag: 21 });
    const { plan, problems } = revertOf(BASE, run7, { live: toEntities(edit(run7, "vnetdev", { tag: 22 })) });
    expect(problems).toEqual([
      expect.objectContaining({
        code: "changed-since",
        severity: "error",
        at: ["vnet/vnetdev"],
        field: "tag",
        values: { before: "20", after: "21", now: "22" },
      }),
    ]);
    expect(plan.problems).toContainEqual(problems[0]);
  });

  it("A20 gives a removed zone back with every key Proxmox had", () => {
    const props = {
      type: "vlan",
      bridge: "vmbr0",
      dns: "pdns",
      ipam: "pve",
      mtu: 1400,
      nodes: ["pve1"],
      novel: "thing",
    };
    const live: Entity[] = [{ key: "zone/old", kind: "zone", id: "old", props }];
    const emptied = layoutOf({ zones: [] });
    const run = { number: 7, plan: planOf(emptied, live, new Set(["zone/old"])), layout: emptied };
    const config = liveOf([]);
    const { layout, only } = revertRun({ run, recorded: emptied, before: null, config, owned: new Set() });
    expect(planOf(layout, [], new Set(), { only }).steps).toEqual([{ op: "create", after: live[0] }]);
  });

  it("leaves alone what is already as it was, and objects that drifted", () => {
    const run7 = edit(edit(BASE, "vnetdev", { tag: 21 }), "vnetlab", { alias: "Lab" });
    const live = toEntities(edit(edit(run7, "vnetdev", { tag: 20 }), "vnetlab", { tag: 55 }));
    const { plan, problems } = revertOf(BASE, run7, { live });
    expect(problems).toEqual([]);
    expect(plan.steps).toEqual([
      expect.objectContaining({ op: "update", changes: [{ field: "alias", before: "Lab", after: null }] }),
    ]);
  });

  it.each([
    [
      "a property that came into what the run created",
      (e: Entity) => ({ ...e, props: { ...e.props, alias: "x" } }),
      [],
    ],
    [
      "a subnet that came into what the run created",
      (e: Entity) => e,
      [
        {
          key: "subnet/vnew/10.9.0.0/24",
          kind: "subnet",
          id: "hybzone-10.9.0.0-24",
          props: { vnet: "vnew", zone: "hybzone" },
        },
      ],
    ],
  ] as const)("does not remove %s", (_what, change, more) => {
    const run7 = { ...BASE, vnets: [...BASE.vnets, vnet({ id: "vnew", tag: 90 })] };
    const live = toEntities(run7).map((entity) => (entity.key === "vnet/vnew" ? change(entity) : entity));
    const { problems } = revertOf(BASE, run7, { live: [...live, ...more] });
    expect(problems.map(({ code }) => code)).toEqual(["changed-since"]);
  });

  it("does not change what was removed since", () => {
    const run7 = edit(BASE, "vnetlab", { tag: 51 });
    const gone = { ...run7, vnets: run7.vnets.filter(({ id }) => id !== "vnetlab") };
    const { problems } = revertOf(BASE, run7, { recorded: gone });
    expect(problems.map(({ message }) => message)).toEqual([
      "VNet vnetlab was removed after run 7, so it cannot be changed back.",
    ]);
  });

  it("brings metadata and host services back with the object that had them", () => {
    const service = { vnet: "vnetdev", cidr: "10.20.0.0/24", gatewayNode: "pve1", snat: true };
    const from = { ...BASE, hostServices: [service] };
    const to = layoutOf({ zones: [VLAN], vnets: [vnet({ id: "vnetlab", tag: 50 })] });
    const { layout } = revertOf(from, to);
    expect(layout.hostServices).toEqual([service]);
    expect(layout.vnets.find(({ id }) => id === "vnetdev")?.role).toBe("development");
  });
});

describe("reverting what a run changed in host services", () => {
  const SERVICE: HostService = {
    vnet: "vnetdev",
    cidr: "10.20.0.0/24",
    gatewayNode: "pve1",
    dhcp: { lease: "1h", domain: "dev" },
  };
  const serving = (...hostServices: HostService[]): Layout => ({ ...BASE, hostServices });
  const longer = { ...SERVICE, snat: true, dhcp: { lease: "2h", domain: "dev" } };

  it.each([
    ["came", serving(), serving(SERVICE)],
    ["went", serving(SERVICE), serving()],
    ["changed", serving(SERVICE), serving(longer)],
  ])("takes back a service that %s, with no write to the cluster", (_what, from, to) => {
    const { layout, plan, problems } = revertOf(from, to);
    expect(problems).toEqual([]);
    expect(plan.steps).toEqual([]);
    expect(servicesOf(layout)).toEqual(servicesOf(from));
  });

  it("leaves what came into the same service later", () => {
    const recorded = serving({ ...longer, guard: true, dhcp: { lease: "2h", domain: "lab" } });
    const { layout, problems } = revertOf(serving(SERVICE), serving(longer), { recorded });
    expect(problems).toEqual([]);
    expect(layout.hostServices).toEqual([{ ...SERVICE, guard: true, dhcp: { lease: "1h", domain: "lab" } }]);
  });

  it.each([
    ["another value", serving(SERVICE), serving(longer), serving({ ...longer, dhcp: { lease: "3h" } }), "dhcp.lease"],
    ["more in what the run created", serving(), serving(SERVICE), serving({ ...SERVICE, guard: true }), "guard"],
    ["less in what the run created", serving(), serving(longer), serving({ ...longer, snat: false }), "snat"],
    ["something else where it removed", serving(SERVICE), serving(), serving(longer), "snat"],
    ["nothing where it changed", serving(SERVICE), serving(longer), serving(), undefined],
  ])("does not write over %s", (_what, from, to, recorded, field) => {
    const { layout, problems } = revertOf(from, to, { recorded });
    expect(problems[0]).toMatchObject({ code: "changed-since", at: ["subnet/vnetdev/10.20.0.0/24"] });
    expect(problems.map((problem) => problem.field)).toContain(field);
    expect(servicesOf(layout)).toEqual(servicesOf(recorded));
  });
});
