import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stateArbitrary } from "../testing/state-arbitrary";
import { renderNode } from "./render-node";

const AGENT = path.resolve("lib/hosts/agent/trunkline-host");
const missing = [
  ...(fs.existsSync(AGENT) ? [] : ["the agent"]),
  ...(spawnSync("python3", ["--version"]).status === 0 ? [] : ["python3"]),
];
const skipped = missing.length > 0 && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1";

describe.skipIf(skipped)(
  `preview and agent${missing.length > 0 ? ` (skipped: needs ${missing.join(", ")})` : ""}`,
  () => {
    it("render the same bytes for any state", () => {
      void fc.assert(
        fc.property(stateArbitrary, (state) => {
          const done = spawnSync("python3", [AGENT, "render"], { input: JSON.stringify(state), encoding: "utf8" });
          expect(done.status, `${done.stderr}${done.stdout}`).toBe(0);
          expect(JSON.parse(done.stdout)).toEqual(renderNode(state));
        }),
        { numRuns: 60 },
      );
    });
  },
);
