import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const repository = path.resolve(import.meta.dirname, "../..");
let tree = "";

beforeEach(() => {
  tree = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-seeded-"));
});

afterEach(() => {
  fs.rmSync(tree, { recursive: true });
});

function plant(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.join(tree, path.dirname(name)), { recursive: true });
    fs.writeFileSync(path.join(tree, name), text);
  }
}

function node(args: string[]): { code: number | null; output: string } {
  const result = spawnSync(process.execPath, args, { cwd: tree, encoding: "utf8" });
  return { code: result.status, output: result.stdout + result.stderr };
}

describe("the wall check", () => {
  const checkWalls = () => node([path.join(repository, "lib/scripts/check-walls.mjs"), tree]);
  const settings = { "tsconfig.json": fs.readFileSync(path.join(repository, "tsconfig.json"), "utf8") };
  const rooms = {
    "app/page.ts": "export const page = 1;\n",
    "components/card.ts": "export const card = 1;\n",
    "lib/core/rule.ts": "export const rule = 1;\n",
    "lib/proxmox/client.ts": "export const client = 1;\n",
    "lib/simulator/pve.ts": "export const pve = 1;\n",
    "lib/store/db.ts": "export const db = 1;\n",
    "lib/server/views.ts": "export type View = 1;\n",
    "lib/server/runs.ts": "export const runs = 1;\n",
    "prisma/generated/client.ts": "export const client = 1;\n",
  };

  it("passes a tree that keeps to its rooms", () => {
    plant({
      ...settings,
      ...rooms,
      "app/list.ts": 'import { runs } from "@/lib/server/runs";\nexport const list = runs;\n',
    });
    expect(checkWalls()).toEqual({ code: 0, output: "9 modules, 0 broken walls\n" });
  });

  // One import per wall, each from a file of the forbidden room.
  const seeds: [rule: string, from: string, to: string][] = [
    ["core-is-pure", "lib/core/seed.ts", "node:fs"],
    ["proxmox-speaks-core", "lib/proxmox/seed.ts", "@/lib/store/db"],
    ["simulator-knows-no-client", "lib/simulator/seed.ts", "@/lib/core/rule"],
    ["exchange-is-pure", "lib/exchange/seed.ts", "node:fs"],
    ["store-keeps-and-does-nothing-else", "lib/store/seed.ts", "@/lib/proxmox/client"],
    ["server-stays-behind-the-pages", "lib/server/seed.ts", "@/components/card"],
    ["prisma-only-in-store", "lib/server/prisma-seed.ts", "@/prisma/generated/client"],
    ["ui-stays-in-the-browser", "components/seed.ts", "@/lib/store/db"],
    ["ui-takes-only-views-from-server", "components/server-seed.ts", "@/lib/server/runs"],
    ["ui-needs-no-node", "components/node-seed.ts", "node:path"],
    ["app-goes-through-server", "app/seed.ts", "@/lib/proxmox/client"],
    ["nothing-imports-app", "lib/server/app-seed.ts", "@/app/page"],
    ["nothing-unresolved", "lib/server/lost-seed.ts", "@/lib/server/nowhere"],
    ["no-circular", "lib/core/circle.ts", "@/lib/core/circle-back"],
    ["views-are-plain", "lib/server/views.ts", "@/lib/server/runs"],
    ["scripts-stand-alone", "lib/scripts/seed.mjs", "../core/rule.ts"],
  ];

  it("names every wall that a seeded import breaks", () => {
    plant({
      ...settings,
      ...rooms,
      ...Object.fromEntries(
        seeds.map(([, from, to]) => [from, `import * as seed from "${to}";\nexport const it = seed;\n`]),
      ),
      "lib/core/circle-back.ts": 'import { it } from "@/lib/core/circle";\nexport const back = it;\n',
    });
    const { code, output } = checkWalls();
    expect(code).toBe(1);
    for (const [rule, from] of seeds) {
      const section = output.split(/^(?=[a-z-]+: )/m).find((part) => part.startsWith(`${rule}: `)) ?? "";
      expect(section, rule).toContain(from);
    }
  });

  it("sees an import of types alone", () => {
    plant({
      ...settings,
      ...rooms,
      "lib/core/seed.ts": 'import type { Stats } from "node:fs";\nexport type It = Stats;\n',
    });
    expect(checkWalls().output).toContain("lib/core/seed.ts -> fs");
  });

  it("fails when it read nothing", () => {
    plant({ ...settings, "lib/README.md": "No module here.\n" });
    const { code, output } = checkWalls();
    expect(code).toBe(1);
    expect(output).toContain("0 modules");
  });
});

describe("the lint check", () => {
  const biome = path.join(repository, "node_modules/@biomejs/biome/bin/biome");
  const lint = () => node([biome, "check", "--vcs-enabled=false", "--diagnostic-level=error", "."]);
  const config = fs.readFileSync(path.join(repository, "biome.json"), "utf8");

  it.each([
    ["noExplicitAny", "card.ts", "export const card: any = 1;\n"],
    ["noNonNullAssertion", "card.ts", "export const first = (list: string[]) => list[0]!;\n"],
    ["noDefaultExport", "card.ts", "export default 1;\n"],
    ["noBarrelFile", "card.ts", 'export { one } from "./one";\n'],
    ["noProcessEnv", "card.ts", "export const home = process.env.HOME;\n"],
    ["useFilenamingConvention", "myCard.ts", "export const card = 1;\n"],
    ["noFloatingPromises", "card.ts", "const later = async () => 1;\nexport const go = () => {\n  later();\n};\n"],
    ["format", "card.ts", "export const card = 'single';\n"],
  ])("refuses what %s forbids", (rule, file, text) => {
    plant({ "biome.json": config, [`components/${file}`]: text, "components/one.ts": "export const one = 1;\n" });
    const { code, output } = lint();
    expect(output).toContain(rule);
    expect(code).toBe(1);
  });
});

describe("the core's own types", () => {
  it.each(["setTimeout(() => {}, 1);", "process.exit(1);", "document.title;"])("do not know %s", (line) => {
    const shared = fs.readFileSync(path.join(repository, "tsconfig.json"), "utf8");
    const own = fs.readFileSync(path.join(repository, "lib/core/tsconfig.json"), "utf8");
    plant({ "tsconfig.json": shared, "lib/core/tsconfig.json": own, "lib/core/seed.ts": `${line}\nexport {};\n` });
    const { code, output } = node([
      path.join(repository, "node_modules/typescript/bin/tsc"),
      "--noEmit",
      "--pretty",
      "false",
      "-p",
      "lib/core/tsconfig.json",
    ]);
    expect(output).toContain("lib/core/seed.ts(1,1)");
    expect(code).not.toBe(0);
  });
});
