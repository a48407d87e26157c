import fs from "node:fs";
import { describe, expect, it } from "vitest";
import type { FailureKind } from "@/lib/core/failure";
import { failurePage } from "./failure-page";

const KINDS: Readonly<Record<FailureKind, true>> = {
  unreachable: true,
  timeout: true,
  certificate: true,
  unauthorized: true,
  forbidden: true,
  rejected: true,
  refused: true,
  locked: true,
  unsupported: true,
  "node-unreachable": true,
  "bad-answer": true,
  stale: true,
  cancelled: true,
};
const kinds = Object.keys(KINDS) as FailureKind[];

const pages = [
  ...kinds.map((kind) => failurePage("failed", kind)),
  ...(["blocked", "partially-applied", "interrupted", "needs-attention"] as const).map((state) =>
    failurePage(state, null),
  ),
];

describe("how a run ended", () => {
  it.each(pages)("%s is a page that says what it means, what is in the cluster and what to do", (page) => {
    const text = fs.readFileSync(`docs${page?.replace("/help", "")}.md`, "utf8");
    for (const part of [
      "# ",
      "**What it means.**",
      "**What is in the cluster.**",
      "**What to do.**",
      "**So that it does not",
    ])
      expect(text).toContain(part);
  });

  it("has one page each, and all of them are listed", () => {
    expect(new Set(pages).size).toBe(pages.length);
    const list = fs.readFileSync("docs/guide/failures/README.md", "utf8");
    for (const page of pages) expect(list).toContain(`(${page?.split("/").at(-1)}.md)`);
  });

  it("is nothing to explain while it goes on or when it worked", () => {
    for (const state of ["queued", "running", "applied"] as const) expect(failurePage(state, null)).toBeNull();
  });
});
