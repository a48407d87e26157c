import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { lockFaults } from "./check-lock.mjs";

const real = () => JSON.parse(fs.readFileSync("package-lock.json", "utf8"));

describe("the lock file check", () => {
  it("accepts the repository's own lock file", () => {
    expect(lockFaults(real())).toEqual([]);
  });

  it("names an optional platform package that has no entry", () => {
    const lock = real();
    const key = Object.keys(lock.packages).find((name) => name.includes("darwin-arm64"));
    expect(key).toBeDefined();
    delete lock.packages[String(key)];
    expect(lockFaults(lock).join("\n")).toContain(String(key).replace(/^.*node_modules\//, ""));
  });

  it("names an entry with a download address or without a hash", () => {
    const lock = real();
    lock.packages["node_modules/react"].resolved = "https://registry.example/react.tgz";
    delete lock.packages["node_modules/next"].integrity;
    expect(lockFaults(lock)).toEqual([
      "node_modules/next has no integrity hash.",
      "node_modules/react carries a download address; see .npmrc.",
    ]);
  });

  it("does not call an empty file clean", () => {
    expect(lockFaults({})).not.toEqual([]);
  });
});
