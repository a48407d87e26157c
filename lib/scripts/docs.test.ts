import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { envSchema } from "@/lib/server/env";

const root = path.resolve(import.meta.dirname, "../..");

function markdownBelow(folder: string): string[] {
  return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return markdownBelow(file);
    return entry.name.endsWith(".md") ? [file] : [];
  });
}

const documents = [...markdownBelow("docs"), ...fs.readdirSync(root).filter((name) => name.endsWith(".md"))];

describe("the documents", () => {
  it.each(documents)("%s links to files that exist", (file) => {
    const text = fs.readFileSync(path.join(root, file), "utf8").replace(/```[\s\S]*?```/g, "");
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => String(match[1]));
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !fs.existsSync(path.join(root, path.dirname(file), target)))).toEqual([]);
  });

  it("list every setting with its default and its words", () => {
    const page = fs.readFileSync(path.join(root, "docs/operate/settings.md"), "utf8");
    const defaults = envSchema.safeParse({}).data ?? {};
    for (const [name, schema] of Object.entries(envSchema.shape)) {
      const value: unknown = Reflect.get(defaults, name);
      const shown = value === undefined ? "" : `\`${String(value)}\``;
      expect(page, name).toContain(`| \`${name}\` | ${shown}${shown ? " " : ""}| ${schema.description} |`);
    }
  });

  it("number the decisions without a gap and list each", () => {
    const names = fs.readdirSync(path.join(root, "docs/decisions")).filter((name) => /^\d{4}-/.test(name));
    const index = fs.readFileSync(path.join(root, "docs/decisions/README.md"), "utf8");
    names.sort().forEach((name, at) => {
      expect(name.slice(0, 4)).toBe(String(at + 1).padStart(4, "0"));
      expect(index).toContain(`](${name})`);
    });
  });
});
