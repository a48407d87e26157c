import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stateArbitrary } from "../testing/state-arbitrary";
import { renderNode } from "./render-node";

const AGENT = path.resolve("lib/hosts/agent/trunkline-host");
// The agent is a part of the project, not of the machine: until it is written there is nothing to require.
const written = fs.existsSync(AGENT);
const python = spawnSync("python3", ["--version"]).status === 0;
const reason = !written ? " (skipped: the agent is not written yet)" : python ? "" : " (skipped: needs python3)";

describe.skipIf(!written || (!python && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1"))(
  `preview and agent${reason}`,
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
