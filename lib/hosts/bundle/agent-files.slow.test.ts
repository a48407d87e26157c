import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NodeState } from "@/lib/core/hosts/node-state";
import { createKeyPair } from "../ssh/key-pair";
import { readAgentFiles } from "./agent-files";
import { bundleScript, installScript } from "./install-script";

const ROOT = path.resolve(".");
const there = fs.existsSync(path.join(ROOT, "lib/hosts/agent/trunkline-host"));
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-agent-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

it("a file that is missing is named, so that nothing is shipped without it", async () => {
  await expect(readAgentFiles(folder)).rejects.toThrow(/lib\/hosts\/(agent|seed)\//);
});

// A part of the project, not of the machine: until the agent is written there is nothing to try.
if (there)
  describe("the agent as it is shipped", () => {
    it("every file is there, in a form its reader takes", async () => {
      for (const { target, content } of await readAgentFiles(ROOT)) {
        expect(content.length, target).toBeGreaterThan(0);
        const [first = ""] = content.toString("utf8").split("\n");
        if (first.includes("python3")) {
          const check = "import ast, sys; ast.parse(sys.stdin.read())";
          expect(spawnSync("/usr/bin/python3", ["-c", check], { input: content }).status, target).toBe(0);
        } else if (first.startsWith("#!")) expect(spawnSync("sh", ["-n"], { input: content }).status, target).toBe(0);
        else expect(first, target).toMatch(/^[#[]/);
      }
    });

    it("the install script puts it in place, and nothing is lost on the way", async () => {
      const files = await readAgentFiles(ROOT);
      const { publicKey } = createKeyPair("trunkline@test");
      const script = path.join(folder, "install.sh");
      fs.writeFileSync(script, installScript({ node: "pve1", files, publicKey, from: [] }).text);
      expect(spawnSync("sh", [script, "--root", path.join(folder, "node")]).status).toBe(0);
      for (const { target, content } of files) {
        expect(fs.readFileSync(path.join(folder, "node", target)).equals(content), target).toBe(true);
      }
    });

    it("the bundle's shell can read it with the agent in it", async () => {
      const state: NodeState = {
        schema: 1,
        owner: "trunkline-test",
        revision: 1,
        repairSeconds: 60,
        vnets: [],
        routes: [],
      };
      const { text } = bundleScript({ node: "pve1", files: await readAgentFiles(ROOT), state });
      expect(spawnSync("sh", ["-n"], { input: text }).status).toBe(0);
      expect(text.length).toBeLessThan(1024 * 1024);
    });
  });
