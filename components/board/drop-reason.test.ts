import { beforeAll, describe, expect, it } from "vitest";
import { loadRules } from "@/components/designer/judge";
import { judgeMove } from "@/components/designer/judge-change";
import { emptyLayout, type Layout } from "@/lib/core/layout/model";
import { dropReason } from "./drop-reason";

// What a hook returns is called afterwards, so the rules themselves must not be returned.
beforeAll(async () => {
  await loadRules();
});

const LAYOUT: Layout = {
  ...emptyLayout("lab"),
  zones: [
    { id: "local", type: "simple" },
    { id: "lan", type: "vlan", bridge: "vmbr0" },
    { id: "dmz", type: "vlan", bridge: "vmbr1" },
    { id: "trunk", type: "vlan", bridge: "vmbr0" },
    { id: "over", type: "vxlan", peers: ["192.0.2.1"] },
  ],
  vnets: [
    { id: "plain", zone: "local" },
    { id: "voip", zone: "lan", tag: 10 },
    { id: "cams", zone: "dmz", tag: 10 },
    { id: "high", zone: "over", tag: 5000 },
  ],
};

const over = (vnet: string, zone: string): string | null => {
  const problem = judgeMove(LAYOUT, null, [vnet], zone);
  return problem && dropReason(LAYOUT, problem);
};

describe("over another zone", () => {
  it.each([
    ["plain", "lan", "plain needs a tag there"],
    ["voip", "local", "no tags there, and voip has 10"],
    ["voip", "dmz", "tag 10 is taken by cams"],
    ["cams", "trunk", "tag 10 is taken by voip"],
    ["high", "dmz", "tag 5000 is too high there"],
    ["voip", "trunk", null],
    ["cams", "over", null],
  ])("%s on %s: %s", (vnet, zone, reason) => {
    expect(over(vnet, zone)).toBe(reason);
  });

  it("asks each of several VNets", () => {
    expect(judgeMove(LAYOUT, null, ["high", "voip"], "dmz")?.at[0]).toBe("vnet/high");
    expect(judgeMove(LAYOUT, null, ["plain"], "local")).toBeNull();
  });
});
