import { expect, it } from "vitest";
import type { HostState, LaneState, RunStatus } from "@/lib/core/apply/run-status";
import { retryWords } from "./retry-words";

function words(steps: number, lanes: Record<string, LaneState>, hosts: Record<string, HostState>) {
  const status: Pick<RunStatus, "nodes" | "hosts" | "steps"> = {
    steps: Array.from({ length: steps }, () => ({ state: "done" })),
    nodes: Object.entries(lanes).map(([node, state]) => ({ node, state, mustProve: true, log: [] })),
    hosts: Object.entries(hosts).map(([node, state]) => ({ node, state })),
  };
  const { title, text } = retryWords(["pve1", "pve2"], status);
  return `${title}. ${text}`;
}

it("names the nodes that miss the proof", () => {
  expect(words(1, { pve1: "failed", pve2: "unreachable" }, {})).toBe(
    "The change is committed; pve1 and pve2 have not shown it yet. A retry of pve1 or pve2 has the node reload its network once more and proves it again. Nothing else is committed.",
  );
});

it("says nothing of a reload where only host services are missing", () => {
  expect(words(1, { pve1: "proven", pve2: "proven" }, { pve1: "restored", pve2: "failed" })).toBe(
    "The change is committed and proven; host services of pve1 and pve2 are not as planned. A retry of pve1 or pve2 puts its host services once more, without a reload. Nothing else is committed.",
  );
  expect(words(0, { pve1: "untouched", pve2: "untouched" }, { pve1: "serving", pve2: "pending" })).toBe(
    "Host services of pve2 are not as planned. A retry of pve2 puts its host services once more, without a reload.",
  );
});

it("tells the two apart where both are missing", () => {
  expect(words(1, { pve1: "unproven", pve2: "proven" }, { pve1: "untouched", pve2: "restored" })).toBe(
    "The change is committed; pve1 has not shown it yet, and host services of pve2 are not as planned. A retry of pve1 has the node reload its network once more and proves it again, then puts its host services. A retry of pve2 puts its host services once more, without a reload. Nothing else is committed.",
  );
});
