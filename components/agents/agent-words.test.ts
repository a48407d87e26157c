import { describe, expect, it } from "vitest";
import type { AgentView } from "@/lib/server/agent-views";
import { intervalWords, servedWords, verdictOf } from "./agent-words";

const OWNER = { owner: "tl-ours" };
const at = "2026-11-27T10:00:00Z";
const report: NonNullable<AgentView["report"]> = {
  ...{ schema: 1, agent: "1.0.0", node: "pve1", owner: "tl-ours", revision: 3, at },
  ...{ changes: [], pending: [], repairs: [], error: null },
};
const agent: AgentView = {
  ...{
    node: "pve1",
    mode: "ssh",
    host: "10.0.0.1",
    port: 22,
    user: "trunkline",
    hostKey: "SHA256:x",
    repairSeconds: 60,
  },
  ...{ addedAt: at, addedBy: "Anna", contactAt: at, failure: null },
  put: { revision: 3, vnets: 2, at },
  report,
};
const change = { what: "address", object: "vnetlab 10.9.0.1/24", action: "add", detail: "" };
const failed = (kind: "certificate" | "unauthorized" | "unreachable" | "refused", contactAt: string | null = at) => ({
  contactAt,
  failure: { kind, message: "", retry: false, at },
});

describe("an agent in one look", () => {
  const cases: [what: string, change: Partial<AgentView>, tone: string, words: RegExp][] = [
    ["as told", {}, "good", /^In order$/],
    ["that keeps what an older database put", { put: null }, "good", /^In order$/],
    ["without a state", { put: null, report: { ...report, revision: null } }, "good", /serves nothing yet/],
    ["with differences", { report: { ...report, changes: [change] } }, "differs", /^1 difference$/],
    ["with parts that wait", { report: { ...report, pending: [{ object: "v", reason: "r" }] } }, "waits", /^1 part/],
    ["of another installation", { report: { ...report, owner: "tl-other" } }, "fails", /another Trunkline/],
    [
      "with a damaged state",
      { report: { ...report, error: { field: "", reason: "no JSON", fix: "" } } },
      "fails",
      /no JSON/,
    ],
    ["with another host key", failed("certificate"), "fails", /host key/],
    ["that does not let us in, and never did", failed("unauthorized", null), "fails", /^Not installed yet$/],
    ["that does not let us in any more", failed("unauthorized"), "fails", /accept the key/],
    [
      "that lost its state",
      { failure: { kind: "rejected", message: "", retry: false, at, fields: { state: "damaged" } } },
      "fails",
      /^Its state file is damaged or gone$/,
    ],
    ["that is silent", failed("unreachable"), "fails", /not answer/],
    ["never asked", { report: null, put: null }, "quiet", /Never asked/],
    ["by script", { mode: "bundle", report: null }, "quiet", /whether revision 3 was run/],
    ["by script, none made", { mode: "bundle", report: null, put: null }, "quiet", /none made yet/],
    ["by script, as it was reported", { mode: "bundle" }, "good", /^In order, as reported$/],
    [
      "by script, with reported differences",
      { mode: "bundle", report: { ...report, changes: [change] } },
      "differs",
      /^1 difference, as reported$/,
    ],
    [
      "by script, where a newer script was made",
      { mode: "bundle", report: { ...report, revision: 2 } },
      "waits",
      /^Revision 3 is not reported yet; 2 was$/,
    ],
    [
      "by script, where none was run",
      { mode: "bundle", report: { ...report, owner: null, revision: null } },
      "waits",
      /; none was$/,
    ],
    [
      "by script, of another installation",
      { mode: "bundle", report: { ...report, owner: "tl-other", revision: 9 } },
      "fails",
      /another Trunkline/,
    ],
  ];
  it.each(cases)("%s", (_, more, tone, words) => {
    const verdict = verdictOf({ ...agent, ...more }, OWNER);
    expect(verdict.tone).toBe(tone);
    expect(verdict.words).toMatch(words);
  });

  it("a failure counts more than what was found before it", () => {
    const both = { ...agent, report: { ...report, changes: [change] }, ...failed("unreachable") };
    expect(verdictOf(both, OWNER).tone).toBe("fails");
  });
});

it("a node with another revision than the last one put says so", () => {
  expect(servedWords(agent)).toBe("2 VNets");
  expect(servedWords({ ...agent, report: { ...report, revision: 2 } })).toBe("2 VNets by revision 3; the node has 2");
  expect(servedWords({ ...agent, put: null })).toBe("Not known here; the node has revision 3");
  expect(servedWords({ ...agent, put: null, report: { ...report, revision: null } })).toBe("Nothing");
});

it.each([
  [60, "every minute"],
  [45, "every 45 s"],
  [90, "every 90 s"],
  [300, "every 5 minutes"],
  [3600, "every hour"],
])("%d seconds are %s", (seconds, words) => {
  expect(intervalWords(seconds)).toBe(words);
});
