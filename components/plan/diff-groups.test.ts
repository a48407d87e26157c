import { expect, it } from "vitest";
import { groupDiffs, groupTitle } from "./diff-groups";

it("puts nodes with the same diff together, whatever their file headers say", () => {
  const diff = (node: string, body: string) => ({
    node,
    interfaces: `--- /${node}/a\n+++ /${node}/b\n@@ -1 +1 @@\n${body}`,
    frr: null,
    missing: null,
  });
  const groups = groupDiffs([
    diff("pve1", "+auto v10"),
    diff("pve3", "+auto v99"),
    diff("pve2", "+auto v10"),
    { node: "pve4", interfaces: null, frr: null, missing: "does not answer" },
    { node: "pve5", interfaces: null, frr: null, missing: null },
    { node: "pve6", interfaces: "", frr: "", missing: null },
  ]);
  expect(groups.map((group) => group.nodes)).toEqual([["pve1", "pve2"], ["pve3"], ["pve4"], ["pve5", "pve6"]]);
  expect(groups.map((group) => groupTitle(group, 6))).toEqual(["Same on 2 nodes", "pve3", "pve4", "Same on 2 nodes"]);
  expect(groups[3]).toMatchObject({ interfaces: null, frr: null });
});
