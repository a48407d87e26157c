import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { requireDataFolder } from "./data-folder.mjs";
import { DEMO_TOKEN } from "./demo.mjs";
import { fingerprint } from "./fingerprint.mjs";
import { requireNode } from "./node-version.mjs";
import { totals } from "./suites.mjs";

let folder = "";

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-scripts-"));
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

describe("the needed Node.js", () => {
  it.each(["20.19.0", "20.20.2", "22.0.0", "100.1.0"])("is met by %s", (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });

  it.each(["20.18.3", "18.20.4", "8.0.0"])("is not met by %s", (version) => {
    expect(() => requireNode(version)).toThrow(`this is ${version}`);
  });
});

describe("the data folder", () => {
  it("is made for its owner alone", () => {
    const wanted = path.join(folder, "deep/data");
    expect(requireDataFolder({ TRUNKLINE_DATA_DIR: wanted })).toBe(wanted);
    expect(fs.statSync(wanted).mode & 0o777).toBe(0o700);
    expect(fs.readdirSync(wanted)).toEqual([]);
  });

  it("is refused with the reason when it cannot be made", () => {
    fs.writeFileSync(path.join(folder, "file"), "");
    expect(() => requireDataFolder({ TRUNKLINE_DATA_DIR: path.join(folder, "file/data") })).toThrow("(ENOTDIR)");
  });
});

describe("the fingerprint that tells a stale build", () => {
  const take = () => fingerprint(folder, ["src", "settings.json"], (file) => !file.endsWith(".test.ts"));

  beforeEach(() => {
    fs.mkdirSync(path.join(folder, "src"));
    fs.writeFileSync(path.join(folder, "src/a.ts"), "one");
  });

  it("stays the same for the same files", () => {
    expect(take()).toBe(take());
  });

  it.each<[string, () => void]>([
    ["a changed file", () => fs.writeFileSync(path.join(folder, "src/a.ts"), "two")],
    ["a new file", () => fs.writeFileSync(path.join(folder, "src/b.ts"), "")],
    ["a renamed file", () => fs.renameSync(path.join(folder, "src/a.ts"), path.join(folder, "src/c.ts"))],
    ["a setting that was missing", () => fs.writeFileSync(path.join(folder, "settings.json"), "{}")],
  ])("changes with %s", (_name, change) => {
    const before = take();
    change();
    expect(take()).not.toBe(before);
  });

  it("does not change with a file that is not part of the product", () => {
    const before = take();
    fs.writeFileSync(path.join(folder, "src/a.test.ts"), "");
    expect(take()).toBe(before);
  });
});

describe("the last line", () => {
  const suite = { name: "", passed: 2, failed: 0, skipped: 0, skips: [] };

  it("sums over suites and mentions skips only when there are some", () => {
    expect(totals([suite, { ...suite, failed: 1 }])).toBe("4 passed, 1 failed");
    expect(totals([suite, { ...suite, skipped: 3 }])).toBe("4 passed, 0 failed, 3 skipped");
  });
});

it("hands the server the token that the simulated cluster accepts", () => {
  expect(DEMO_TOKEN).toBe(`${demoToken.id}=${demoToken.secret}`);
});
