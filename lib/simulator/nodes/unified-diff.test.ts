import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unifiedDiff } from "@/lib/simulator/nodes/unified-diff";

/** Applies a unified diff by its line numbers; fails on a context or removed line that is not there. */
function patch(before: string, diff: string | undefined): string {
  const source = before.split("\n").slice(0, -1);
  const out: string[] = [];
  let at = 0;
  for (const line of (diff ?? "").split("\n").slice(0, -1)) {
    const hunk = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (hunk !== null) {
      const start = hunk[2] === "0" ? Number(hunk[1]) : Number(hunk[1]) - 1;
      out.push(...source.slice(at, start));
      at = start;
      continue;
    }
    if (line[0] !== "+") expect(source[at++]).toBe(line.slice(1));
    if (line[0] !== "-") out.push(line.slice(1));
  }
  return [...out, ...source.slice(at)].map((line) => `${line}\n`).join("");
}

const files = fc.array(fc.constantFrom("auto a", "iface a", "bridge_stp off", "mtu 1400", ""), { maxLength: 40 });

describe("unifiedDiff", () => {
  it("turns one file into the other", () => {
    fc.assert(
      fc.property(files, files, (a, b) => {
        const [before, after] = [a, b].map((lines) => lines.map((line) => `${line}\n`).join(""));
        expect(patch(before ?? "", unifiedDiff(before ?? "", after ?? ""))).toBe(after);
      }),
    );
  });

  it("says nothing when only white space differs", () => {
    expect(unifiedDiff("bridge_ports  eno2.10 \n", "bridge_ports eno2.10\n")).toBeUndefined();
  });

  it("shows three lines of context and both line ranges", () => {
    const before = ["1", "2", "3", "4", "5", "6", "7", "8", ""].join("\n");
    expect(unifiedDiff(before, before.replace("5", "five"))).toBe(
      "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
    );
  });

  it("shows a whole new file with its length", () => {
    expect(unifiedDiff("", "#version:1\n\nauto v1\n")).toBe("@@ -0,0 +1,3 @@\n+#version:1\n+\n+auto v1\n");
  });
});
