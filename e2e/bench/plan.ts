import { createHash } from "node:crypto";
import type { Layout } from "@/lib/core/layout/model";
import { toEntities } from "@/lib/core/plan/entity";
import { makePlan } from "@/lib/core/plan/make-plan";
import { validateLayout } from "@/lib/core/validate/validate";
import { largeFacts, largeLayout, liveOf } from "./large";

/**
 * Planning and validation at 4,094 VNets with as many subnets. Prints medians in milliseconds and each as a ratio to a
 * baseline of the same run (writing the layout as JSON and hashing it), so that machines can be compared.
 */
const RUNS = 9;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

function median(run: () => unknown): number {
  run();
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return times[Math.floor(RUNS / 2)] ?? 0;
}

const layout = largeLayout(4094, 64, 16);
const facts = largeFacts(64, 16);
const owned = new Set(toEntities(layout).map((entity) => entity.key));
const empty: Layout = { ...layout, zones: [], vnets: [], subnets: [] };
const swapped: Layout = { ...layout, vnets: layout.vnets.map((vnet) => ({ ...vnet, alias: `${vnet.alias} changed` })) };

const baseline = median(() => sha256(JSON.stringify(layout)));
const rows: [string, number, number | null][] = [
  [
    "plan against an empty cluster",
    median(() => makePlan({ layout, config: liveOf(empty), facts, owned: new Set(), fingerprint: sha256 })),
    1000,
  ],
  [
    "plan against an equal cluster",
    median(() => makePlan({ layout, config: liveOf(layout), facts, owned, fingerprint: sha256 })),
    1000,
  ],
  [
    "plan with every vnet changed",
    median(() => makePlan({ layout: swapped, config: liveOf(layout), facts, owned, fingerprint: sha256 })),
    1000,
  ],
  [
    "plan that removes everything",
    median(() => makePlan({ layout: empty, config: liveOf(layout), facts, owned, fingerprint: sha256 })),
    1000,
  ],
  ["validate", median(() => validateLayout(layout, { facts })), 200],
];
console.log(
  `4,094 VNets + 4,094 subnets, 64 zones, 16 nodes; medians of ${RUNS}; baseline (JSON + SHA-256) ${baseline.toFixed(1)} ms`,
);
let failed = 0;
for (const [name, ms, limit] of rows) {
  const over = limit !== null && ms > limit;
  if (over) failed += 1;
  console.log(
    `${name.padEnd(34)} ${ms.toFixed(1).padStart(8)} ms  ${(ms / baseline).toFixed(1).padStart(7)} x  ${limit === null ? "" : `limit ${limit} ms${over ? "  OVER" : ""}`}`,
  );
}
process.exitCode = failed > 0 ? 1 : 0;
