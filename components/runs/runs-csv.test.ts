import { expect, it } from "vitest";
import type { RunSummary } from "@/lib/server/views";
import { runsCsv } from "./runs-csv";

const run: RunSummary = {
  id: "r",
  number: 7,
  state: "applied",
  message: 'Said "yes", twice.',
  clusterId: "c",
  clusterName: "lab",
  layoutId: "l",
  layoutName: "=SUM(A1)",
  layoutVersion: 2,
  planId: "p",
  actor: "Ada",
  source: "app",
  reason: null,
  createdAt: "2026-01-01T12:00:00.000Z",
  startedAt: null,
  endedAt: null,
  counts: { create: 1, update: 2, delete: 3, replace: 4 },
  hosts: { changes: 2, nodes: ["pve1", "pve2"], records: true },
  proven: 3,
  nodes: 3,
  purpose: { kind: "apply" },
  revertedBy: [],
};

it("writes one line per run, quoting text and defusing formulas", () => {
  const [heading, line] = runsCsv([run]).split("\r\n");
  expect(heading?.split(",").length).toBe(20);
  expect(line).toBe(
    `7,applied,1,2,3,4,"Host services: 2 changes on pve1, pve2",Ada,app,'=SUM(A1),2,lab,,,2026-01-01T12:00:00.000Z,,,3,3,"Said ""yes"", twice."`,
  );
});
