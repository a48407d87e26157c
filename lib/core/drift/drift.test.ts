import * as fc from "fast-check";
import { expect, it } from "vitest";
import { layoutArbitrary } from "../layout/arbitrary";
import type { Layout } from "../layout/model";
import { type Entity, toEntities } from "../plan/entity";
import type { LiveConfig, PendingChange } from "../ports";
import { layoutOf, vnet } from "../validate/sample-layouts";
import { findDrift } from "./drift";

const keys = (layout: Layout) => new Set(toEntities(layout).map(({ key }) => key));
const config = (
  running: readonly Entity[],
  entities: readonly Entity[] = running,
  pending: readonly PendingChange[] = [],
): LiveConfig => ({ entities, running, pending, others: [] });

it("is none right after any layout was applied", () => {
  void fc.assert(
    fc.property(layoutArbitrary, (layout) => {
      const found = findDrift({ recorded: layout, owned: keys(layout), config: config(toEntities(layout)) });
      expect(found).toEqual({ items: [], foreignPending: [] });
    }),
  );
});

const recorded = layoutOf({ vnets: [vnet({ id: "lab1", tag: 50 }), vnet({ id: "prod1", tag: 40 })] });
const edit = (layout: Layout, id: string, change: object): Layout => ({
  ...layout,
  vnets: layout.vnets.map((one) => (one.id === id ? { ...one, ...change } : one)),
});

it("A21 tells what runs apart from what somebody has only edited", () => {
  const runs = edit(recorded, "lab1", { tag: 55 });
  const pending: PendingChange[] = [
    { kind: "vnet", id: "prod1", state: "changed", fields: ["alias"] },
    { kind: "zone", id: "theirs", state: "new", fields: [] },
  ];
  const edited = toEntities(edit(runs, "prod1", { alias: "Production" }));
  const found = findDrift({ recorded, owned: keys(recorded), config: config(toEntities(runs), edited, pending) });
  expect(found.items).toEqual([
    {
      key: "vnet/lab1",
      kind: "vnet",
      id: "lab1",
      where: "applied",
      op: "changed",
      fields: [{ field: "tag", recorded: 50, live: 55 }],
    },
    {
      key: "vnet/prod1",
      kind: "vnet",
      id: "prod1",
      where: "pending",
      op: "changed",
      fields: [{ field: "alias", recorded: null, live: "Production" }],
    },
  ]);
  expect(found.foreignPending.map(({ id }) => id)).toEqual(["theirs"]);
});

it("names what is gone and what came back, and never an object that is not ours", () => {
  const live = toEntities({ ...recorded, vnets: [vnet({ id: "old1", tag: 7 }), vnet({ id: "other1", tag: 8 })] });
  const owned = new Set([...keys(recorded), "vnet/old1"]);
  const found = findDrift({ recorded, owned, config: config(live) });
  expect(found.items.map(({ key, op }) => `${key} ${op}`).sort()).toEqual([
    "vnet/lab1 missing",
    "vnet/old1 unexpected",
    "vnet/prod1 missing",
  ]);
});
