import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { PROBLEM_CODES } from "./codes";

const ROOT = path.join(import.meta.dirname, "../../..");
const codes = Object.keys(PROBLEM_CODES);

const core = readdirSync(path.join(ROOT, "lib/core"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.endsWith("codes.ts"))
  .map((file) => readFileSync(path.join(ROOT, "lib/core", file), "utf8"))
  .join("\n");

describe("problem codes", () => {
  it("have each a heading in the reference, and no heading is left over", () => {
    const page = readFileSync(path.join(ROOT, "docs/reference/problems.md"), "utf8");
    const headings = [...page.matchAll(/^### (\S+)$/gm)].map((match) => match[1]);
    expect([...headings].sort()).toEqual([...codes].sort());
  });

  it("have their title in the reference", () => {
    const page = readFileSync(path.join(ROOT, "docs/reference/problems.md"), "utf8");
    const missing = Object.entries(PROBLEM_CODES).filter(
      ([code, title]) => !page.includes(`### ${code}\n\n*${title}.*`),
    );
    expect(missing).toEqual([]);
  });

  it("are all used somewhere", () => {
    expect(codes.filter((code) => !core.includes(`"${code}"`))).toEqual([]);
  });

  it.each(codes)("%s is kebab-case", (code) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it("of every problem written in the core are in the table", () => {
    const written = [...core.matchAll(/\bcode: "([a-z-]+)"/g)].flatMap((match) => match[1] ?? []);
    expect(written.filter((code) => !codes.includes(code))).toEqual([]);
  });
});
