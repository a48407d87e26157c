import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { loadHelp } from "./help";
import { must, mustFail, viewer } from "./testing/harness";

const files = fs
  .readdirSync("docs", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .map((file) => file.replaceAll(path.sep, "/"));
const partsOf = (file: string) =>
  file
    .replace(/\.md$/, "")
    .split("/")
    .filter((part) => part !== "README");

describe("the help", () => {
  it.each(files)("shows %s, and every link in it leads somewhere", async (file) => {
    const { title, html } = must(await loadHelp(viewer, { parts: partsOf(file) }));
    expect(title).not.toBe("");
    for (const [, href = ""] of html.matchAll(/<a href="(\/help[^"]*)"/g)) {
      const [page = "", anchor] = href.split("#");
      const parts = page.split("/").slice(2);
      const to = must(await loadHelp(viewer, { parts }));
      if (anchor) expect(to.html, `${file} → ${href}`).toContain(`id="${anchor}"`);
    }
  });

  it("gives nothing but documents", async () => {
    for (const parts of [
      ["..", "package"],
      ["%2e%2e"],
      ["guide", "..", "..", "README"],
      ["nowhere"],
      [""],
      ["images", "plan.png"],
    ])
      expect(mustFail(await loadHelp(viewer, { parts })).message).toMatch(/does not exist/);
  });
});
