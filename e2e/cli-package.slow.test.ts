import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";

const LAYOUT = `# yaml-language-server: $schema=./layout.schema.json
version: 1
name: homelab
zones:
  - { id: hybzone, type: vlan, bridge: vmbr0, ipam: pve }
vnets:
  - { id: vnetmgmt, zone: hybzone, tag: 10 }
subnets:
  - { vnet: vnetmgmt, cidr: 10.10.0.0/24, gateway: 10.10.0.1 }
`;

// The discard port: whatever asks a registry fails.
const NO_REGISTRY = { npm_config_registry: "http://127.0.0.1:9", npm_config_update_notifier: "false" };

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function called(
  program: string,
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const surroundings = { ...process.env, NODE_OPTIONS: "", NO_COLOR: "1", ...env };
  return new Promise((resolve) =>
    execFile(program, words, { cwd, env: surroundings }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    ),
  );
}

let simulator: Simulator;
let folder: string;
let installed: string;

beforeAll(async () => {
  simulator = await startSimulator({ scene: "three-node", port: 0, control: true, speed: "instant" });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-package-"));
  fs.writeFileSync(path.join(folder, "lab.yaml"), LAYOUT);
  const made = await called("npm", ["run", "package", "--", folder], process.cwd(), NO_REGISTRY);
  expect(made).toMatchObject({ code: 0 });
  const tarball = fs.readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  const prefix = path.join(folder, "prefix");
  const words = ["install", "--global", `./${tarball[0]}`, "--prefix", prefix, "--cache", path.join(folder, "cache")];
  expect(await called("npm", words, folder, NO_REGISTRY)).toMatchObject({ code: 0 });
  installed = path.join(prefix, "bin", "trunkline");
});
afterAll(async () => {
  await simulator.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const trunkline = (...words: string[]) =>
  called(installed, words, folder, { TRUNKLINE_TOKEN: `${demoToken.id}=${demoToken.secret}` });

it("installs without a registry, and validates, plans, applies and converts", async () => {
  expect(await trunkline("validate", "lab.yaml")).toMatchObject({ code: 0, err: "" });
  const cluster = ["--endpoint", simulator.url];
  expect(await trunkline("plan", "lab.yaml", ...cluster)).toMatchObject({
    code: 2,
    out: expect.stringContaining("+ vnet vnetmgmt"),
  });
  expect(await trunkline("apply", "lab.yaml", "--yes", ...cluster)).toMatchObject({
    code: 0,
    out: expect.stringContaining("verified on 3 of 3 nodes"),
  });
  expect(await trunkline("drift", "lab.yaml", ...cluster)).toMatchObject({ code: 0 });
  expect(await trunkline("convert", "lab.yaml", "--to", "md")).toMatchObject({ code: 0 });
});

it("holds the command, its licences and its pages, and nothing else", () => {
  const inside = path.dirname(fs.realpathSync(installed));
  expect(fs.readdirSync(inside).sort()).toEqual([
    "LICENSE",
    "README.md",
    "THIRD-PARTY-LICENSES",
    "layout-format.md",
    "layout.schema.json",
    "package.json",
    "problems.md",
    "trunkline.cjs",
  ]);
  const manifest = JSON.parse(fs.readFileSync(path.join(inside, "package.json"), "utf8"));
  expect(manifest).not.toHaveProperty("dependencies");
  expect(manifest).not.toHaveProperty("scripts");
  for (const page of ["README.md", "layout-format.md", "problems.md"]) {
    const links = fs.readFileSync(path.join(inside, page), "utf8").matchAll(/\]\(([^)#:\s]+)\)/g);
    for (const [, link = ""] of links) expect(fs.existsSync(path.join(inside, link)), `${page}: ${link}`).toBe(true);
  }
});
