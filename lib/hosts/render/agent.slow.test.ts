import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { stateArbitrary } from "../testing/state-arbitrary";
import { renderNode } from "./render-node";

const AGENT = path.resolve("lib/hosts/agent/trunkline-host");
const python = fs.existsSync("/usr/bin/python3");

it("the preview has bytes for every state, and the same ones each time", () => {
  void fc.assert(
    fc.property(stateArbitrary, (state) => {
      const files = renderNode(state);
      expect(Object.keys(files).length).toBeGreaterThan(0);
      expect(renderNode(structuredClone(state))).toEqual(files);
    }),
    { numRuns: 100 },
  );
});

const same = () => {
  void fc.assert(
    fc.property(stateArbitrary, (state) => {
      const done = spawnSync(AGENT, ["render"], { input: JSON.stringify(state), encoding: "utf8" });
      expect(done.status, `${done.stderr}${done.stdout}`).toBe(0);
      expect(JSON.parse(done.stdout)).toEqual(renderNode(state));
    }),
    { numRuns: 60 },
  );
};

const skipped = !python && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1";
it.skipIf(skipped)(
  `preview and agent render the same bytes${python ? "" : " (skipped: needs /usr/bin/python3)"}`,
  same,
);
