import { expect, it } from "vitest";
import type { RunEvent } from "@/lib/core/apply/events";
import { journalLine } from "./journal-words";

const line = (event: RunEvent) => journalLine({ ...event, seq: 1, at: "2026-01-01T12:00:00.000Z" }, []);

it("never prints the token of the lock", () => {
  expect(line({ type: "locked", token: "0192f3a0-secret" }).text).not.toContain("secret");
});

it("says when there is no lock, as a warning", () => {
  expect(line({ type: "locked", token: null })).toMatchObject({ tone: "warning" });
});

it.each([
  [{ type: "node", node: "pve1", state: "reloaded" }, "plain"],
  [{ type: "node", node: "pve1", state: "proven" }, "good"],
  [{ type: "node", node: "pve1", state: "unreachable" }, "bad"],
  [{ type: "ended", state: "partially-applied", message: "Committed.", proven: 1, nodes: 2 }, "warning"],
  [{ type: "ended", state: "applied", message: "Applied.", proven: 2, nodes: 2 }, "good"],
] as const)("calls only what was verified good: %j", (event, tone) => {
  expect(line(event).tone).toBe(tone);
});
