import { expect, it } from "vitest";
import { layoutChanges } from "@/lib/core/layout/changes";
import type { Layout } from "@/lib/core/layout/model";
import { changedPart } from "./changed-part";

const layout = (count: number): Layout => ({
  version: 1,
  name: "many",
  zones: [
    { id: "a", type: "vlan", bridge: "vmbr0" },
    { id: "b", type: "vlan", bridge: "vmbr1" },
  ],
  vnets: Array.from({ length: count }, (_, at) => ({ id: `v${at}`, zone: "a", tag: at + 1 })),
  subnets: [],
});

it.each([
  ["a small one is drawn whole", 20, 3, { unchanged: 0, more: 0, drawn: 20 }],
  ["of a large one only what changes", 500, 3, { unchanged: 497, more: 0, drawn: 3 }],
  ["and of many changes as many as can be read", 500, 200, { unchanged: 300, more: 140, drawn: 60 }],
])("%s", (_title, size, edits, expected) => {
  const before = layout(size);
  const after = { ...before, vnets: before.vnets.map((vnet, at) => (at < edits ? { ...vnet, alias: "new" } : vnet)) };
  const { byKey, shown } = layoutChanges(before, after);
  const part = changedPart(before, shown, byKey);
  expect({ unchanged: part.unchanged, more: part.more, drawn: part.after.vnets.length }).toEqual(expected);
  expect(part.before.vnets.map(({ id }) => id)).toEqual(part.after.vnets.map(({ id }) => id));
});
