import { expect, it } from "vitest";
import type { Check } from "@/lib/core/plan/plan";
import { applyRefusal } from "./apply-gate";

const CHECKS: readonly Check[] = [{ id: "quorum", status: "block", title: "Quorum", detail: "No quorum." }];

it("lets an operator apply a ready plan, and a viewer never", () => {
  expect(applyRefusal("ready", { problems: [], checks: [] }, "operator")).toBeNull();
  expect(applyRefusal("ready", { problems: [], checks: [] }, "viewer")).toContain("Viewers cannot");
});

it.each(["stale", "used", "nothing-to-do", "blocked"] as const)(
  "says why a plan that is %s cannot be applied",
  (state) => {
    expect(applyRefusal(state, { problems: [], checks: [] }, "owner")).toMatch(/\.$/);
  },
);

it("names the check that blocks", () => {
  expect(applyRefusal("blocked", { problems: [], checks: CHECKS }, "owner")).toContain("Quorum");
});
