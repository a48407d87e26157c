import { describe, expect, it } from "vitest";
import type { Layout } from "../layout/model";
import { diffEntities, differenceKey } from "./diff";
import { type Entity, toEntities } from "./entity";

const base: Layout = {
  version: 1,
  name: "test",
  zones: [
    { id: "z1", type: "vlan", bridge: "vmbr0", ipam: "pve" },
    { id: "z2", type: "vlan", bridge: "vmbr0" },
  ],
  vnets: [{ id: "web", zone: "z1", tag: 10, alias: "Web" }],
  subnets: [{ vnet: "web", cidr: "10.0.10.0/24", gateway: "10.0.10.1" }],
};
const live = toEntities(base);
const all = new Set(live.map((entity) => entity.key));
const summary = (after: Layout, owned: ReadonlySet<string> = all, from: Entity[] = live) =>
  diffEntities(from, toEntities(after), owned).differences.map((d) => `${d.op} ${differenceKey(d)}`);

describe("diffEntities", () => {
  it("finds nothing between equal layouts", () => {
    const diff = diffEntities(live, toEntities(base), all);
    expect(diff.differences).toEqual([]);
    expect(diff.unchanged).toBe(4);
  });

  it("names only the fields that change", () => {
    const after = { ...base, vnets: [{ id: "web", zone: "z1", tag: 11, alias: "Web" }] };
    const [change] = diffEntities(live, toEntities(after), all).differences;
    expect(change).toMatchObject({ op: "update", fields: [{ field: "tag", before: 10, after: 11 }] });
  });

  it("never deletes or changes what is not owned", () => {
    const empty: Layout = { ...base, zones: [], vnets: [], subnets: [] };
    expect(summary(empty, new Set(["subnet/web/10.0.10.0/24"]))).toEqual(["delete subnet/web/10.0.10.0/24"]);
    const diff = diffEntities(live, toEntities({ ...base, vnets: [{ id: "web", zone: "z1", tag: 99 }] }), new Set());
    expect(diff.differences).toEqual([]);
    expect(new Set(diff.problems.map((problem) => problem.code))).toEqual(new Set(["already-exists"]));
    expect(diff.goal).toEqual(live);
  });

  it("keeps properties it does not model and the mac Proxmox drew", () => {
    const extra = live.map((e) =>
      e.key === "zone/z1" ? { ...e, props: { ...e.props, mac: "BC:24:11:00:00:01", future: "x" } } : e,
    );
    const after = { ...base, zones: base.zones.map((zone) => (zone.id === "z1" ? { ...zone, mtu: 1400 } : zone)) };
    const [change] = diffEntities(extra, toEntities(after), all).differences;
    expect(change).toMatchObject({
      op: "update",
      after: { props: { mac: "BC:24:11:00:00:01", future: "x", mtu: 1400 } },
    });
    expect(change?.op === "update" && change.fields.map((f) => f.field)).toEqual(["mtu"]);
  });

  it("moves a vnet between zones of one type in place and replaces its subnets", () => {
    expect(summary({ ...base, vnets: [{ id: "web", zone: "z2", tag: 10, alias: "Web" }] }).sort()).toEqual([
      "replace subnet/web/10.0.10.0/24",
      "update vnet/web",
    ]);
  });

  it("replaces a zone whose type changes, with all that lives in it", () => {
    const after: Layout = {
      ...base,
      zones: [{ id: "z1", type: "simple", ipam: "pve" }, ...base.zones.slice(1)],
      vnets: [{ id: "web", zone: "z1", alias: "Web" }],
    };
    expect(summary(after).sort()).toEqual(["replace subnet/web/10.0.10.0/24", "replace vnet/web", "replace zone/z1"]);
  });

  it("replaces the subnets of a zone that changes its ipam", () => {
    const after = { ...base, zones: [{ id: "z1", type: "vlan" as const, bridge: "vmbr0" }, ...base.zones.slice(1)] };
    expect(summary(after).sort()).toEqual(["replace subnet/web/10.0.10.0/24", "update zone/z1"]);
  });

  it("says which foreign object stands in the way of a removal", () => {
    const diff = diffEntities(live, [], new Set(["zone/z1"]));
    expect(diff.problems).toMatchObject([{ code: "foreign-child", at: ["vnet/web"] }]);
  });

  it("does not send what Proxmox would ignore on a vlan zone", () => {
    const with_snat = { ...base, subnets: [{ vnet: "web", cidr: "10.0.10.0/24", gateway: "10.0.10.1", snat: true }] };
    expect(summary(with_snat)).toEqual([]);
  });
});
