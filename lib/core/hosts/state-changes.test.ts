import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutArbitrary } from "@/lib/core/layout/arbitrary";
import type { HostService } from "@/lib/core/layout/model";
import { FACTS, hosted } from "@/lib/core/validate/sample-layouts";
import type { NodeState } from "./node-state";
import { nodeStates } from "./node-states";
import { stateChanges } from "./state-changes";

const stateOf = (service: Partial<HostService>): NodeState | null =>
  nodeStates({
    layouts: [hosted(service)],
    facts: FACTS,
    owner: "trunkline-test",
    revision: 1,
    repairSeconds: () => 60,
  }).states.get("pve1") ?? null;
const texts = (before: Partial<HostService> | null, after: Partial<HostService> | null) =>
  stateChanges("pve1", before && stateOf(before), after && stateOf(after)).map(({ text }) => text);

describe("changes of a node", () => {
  it("say what a first state brings", () => {
    expect(texts(null, { snat: true, dhcp: {} })).toEqual([
      "gateway 10.10.0.1 of vnetmgmt on pve1: add (/24)",
      "SNAT of vnetmgmt 10.10.0.0/24 on pve1: add (through vmbr0)",
      "DHCP of vnetmgmt 10.10.0.0/24 on pve1: add (10.10.0.120 to 10.10.0.220; lease 24h)",
      expect.stringMatching(/^gateway MAC of vnetmgmt on pve1: add \(02:54:4c:/),
      "guard of vnetmgmt on pve1: add (on)",
      "traffic from vnetmgmt to other VNets on pve1: add (allowed)",
      "repair interval on pve1: add (60 s)",
    ]);
  });

  it.each<[string, Partial<HostService>, Partial<HostService>, string[]]>([
    ["nothing", {}, {}, []],
    ["SNAT off", { snat: true }, {}, ["SNAT of vnetmgmt 10.10.0.0/24 on pve1: remove (through vmbr0)"]],
    [
      "an exclusion",
      { snat: true },
      { snat: true, snatExclude: ["10.0.0.0/8"] },
      ["SNAT of vnetmgmt 10.10.0.0/24 on pve1: change (through vmbr0 → through vmbr0, except to 10.0.0.0/8)"],
    ],
    ["guard off", {}, { guard: false }, ["guard of vnetmgmt on pve1: change (on → off)"]],
    [
      "a reservation",
      { dhcp: {} },
      { dhcp: { reservations: [{ mac: "bc:24:11:00:00:01", ip: "10.10.0.5", hostname: "bastion" }] } },
      ["reservation 10.10.0.5 of vnetmgmt on pve1: add (bc:24:11:00:00:01 bastion)"],
    ],
    [
      "a route",
      {},
      { routes: [{ destination: "10.60.0.0/16", via: "10.10.0.9" }] },
      ["route 10.60.0.0/16 on pve1: add (via 10.10.0.9)"],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(texts(before, after)).toEqual(expected);
  });

  it("of a state to itself there are none, and the way back names the same objects", () => {
    const input = { facts: FACTS, owner: "trunkline-test", revision: 1, repairSeconds: () => 60, nodes: ["pve1"] };
    void fc.assert(
      fc.property(layoutArbitrary, layoutArbitrary, (one, two) => {
        const [a, b] = [one, two].map(
          (layout) => nodeStates({ layouts: [layout], ...input }).states.get("pve1") ?? null,
        );
        if (!a || !b) throw new Error("no state");
        expect(stateChanges("pve1", a, { ...a, revision: 2 })).toEqual([]);
        const there = stateChanges("pve1", a, b).map(({ object }) => object);
        const back = stateChanges("pve1", b, a).map(({ object }) => object);
        expect([...there].sort()).toEqual([...back].sort());
      }),
    );
  });
});
