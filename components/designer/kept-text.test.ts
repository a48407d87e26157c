import { describe, expect, it } from "vitest";
import type { Layout } from "@/lib/core/layout/model";
import type { EntityKey } from "@/lib/core/plan/entity";
import { createDesignerStore } from "./designer-store";
import { type KeptTexts, movedTexts, textProblems, withText } from "./kept-text";
import { keepUnfinished } from "./kept-unfinished";

const WORDS = { label: "Ranges", text: "10.0.0.9", reason: "10.0.0.9 is not two addresses." };
const textsAt = (...keys: EntityKey[]): KeptTexts =>
  keys.reduce<KeptTexts>((texts, of) => withText(texts, { of, field: "x" }, WORDS), new Map());

describe("texts that wait in fields", () => {
  it.each<[EntityKey, EntityKey, EntityKey, EntityKey]>([
    ["vnet/a", "vnet/a", "vnet/b", "vnet/b"],
    ["subnet/a/10.0.0.0/24", "vnet/a", "vnet/b", "subnet/b/10.0.0.0/24"],
    ["host/a/10.0.0.0/24", "vnet/a", "vnet/b", "host/b/10.0.0.0/24"],
    ["host/a/10.0.0.0/24", "subnet/a/10.0.0.0/24", "subnet/a/10.1.0.0/24", "host/a/10.1.0.0/24"],
    ["host/a/10.0.0.0/24", "subnet/a/10.0.0.0/2", "subnet/a/10.1.0.0/24", "host/a/10.0.0.0/24"],
    ["vnet/a", "zone/a", "zone/b", "vnet/a"],
    ["subnet/ab/10.0.0.0/24", "vnet/a", "vnet/b", "subnet/ab/10.0.0.0/24"],
  ])("%s stays with its object when %s becomes %s", (key, from, to, after) => {
    expect([...movedTexts(textsAt(key), [[from, to]]).values()]).toEqual([{ ...WORDS, of: after, field: "x" }]);
  });

  it("are errors of objects that are there, and come back with what was deleted", () => {
    const layout: Layout = {
      ...{ version: 1, name: "x", zones: [], vnets: [{ id: "a", zone: "z" }] },
      subnets: [{ vnet: "a", cidr: "10.0.0.0/24" }],
    };
    const { getState } = createDesignerStore({ layout });
    const { keepText, change, undo } = getState().actions;
    const problems = () => textProblems(getState().texts, getState().layout);
    const place = { of: "subnet/a/10.0.0.0/24", field: "dhcp-range" };
    keepText(place, WORDS);
    expect(problems()).toEqual([
      {
        ...{ code: "text-not-taken", severity: "error", at: [place.of], field: place.field },
        message: "Ranges still has a text that could not be taken. 10.0.0.9 is not two addresses.",
      },
    ]);
    change({ label: "Delete", apply: (now) => ({ ...now, subnets: [] }) });
    expect(problems()).toEqual([]);
    undo();
    expect(problems()).toHaveLength(1);
    keepText(place, null);
    expect(problems()).toEqual([]);
  });

  it("come back in this browser until they are let go of; what it did not write itself is left alone", () => {
    const storage = new Map<string, string>();
    const browser = {
      getItem: (name: string) => storage.get(name) ?? null,
      setItem: (name: string, text: string) => void storage.set(name, text),
      removeItem: (name: string) => void storage.delete(name),
    };
    const opened = () => {
      const store = createDesignerStore({ layout: { version: 1, name: "x", zones: [], vnets: [], subnets: [] } });
      return { ...store.getState().actions, store, close: keepUnfinished(store, "id", browser) };
    };
    const place = { of: "vnet/a", field: "tag" } as const;
    const first = opened();
    first.keepText(place, WORDS);
    first.close();
    const second = opened();
    expect([...second.store.getState().texts.values()]).toEqual([{ ...place, ...WORDS }]);
    second.keepText(place, null);
    expect([...storage]).toEqual([]);
    second.close();
    for (const foreign of ["{", "null", "7", '[{"of":"vnet/a"},null]', '{"of":"vnet/a"}']) {
      storage.set("trunkline:texts:id", foreign);
      expect(opened().store.getState().texts.size, foreign).toBe(0);
    }
  });
});
