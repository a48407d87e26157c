import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agentReason, folderNode, withoutAgent } from "@/lib/hosts/testing/agent";
import { labState, labSubnet, labVnet } from "@/lib/hosts/testing/lab-state";
import { GARBLED, having, REFUSED, wholeState } from "@/lib/hosts/testing/refused-states";
import { stateArbitrary } from "@/lib/hosts/testing/state-arbitrary";
import { Cluster } from "@/lib/simulator/cluster/cluster";
import { HostAgent } from "@/lib/simulator/host/agent";
import { damageHost } from "@/lib/simulator/host/damage";
import { readState } from "@/lib/simulator/host/read-state";
import { parseStrictly } from "@/lib/simulator/host/strict-json";
import { threeNodeScene } from "@/lib/simulator/scenes/three-node";

/** The simulated agent answers as the real one, which is asked beside it: on a node that is only a folder. */

const stateFile = "etc/trunkline/state.json";
const snippetFile = "etc/network/interfaces.d/trunkline";

interface Answered {
  readonly exit: number | null;
  readonly verb: string | null;
  readonly owner: string | null;
  readonly revision: number | null;
  readonly changes: readonly { what: string; object: string; action: string }[];
  readonly pending: readonly unknown[];
  readonly error: { readonly field: string; readonly reason: string; readonly fix: string } | null;
  readonly repairs?: readonly { changes: number; what: readonly string[] }[];
}

/** A simulated node whose running SDN configuration has these VNets, and its agent. */
function simulatedNode(...vnets: readonly string[]) {
  let now = 1_790_000_000_000;
  const surroundings = { now: () => now, random: () => 0.5, sleep: () => Promise.resolve() };
  const cluster = new Cluster(threeNodeScene, surroundings, { speed: "instant", release: "9.2" });
  cluster.nodeState("pve1").up = new Map(vnets.map((vnet) => [vnet, ""]));
  const agent = new HostAgent(cluster, cluster.node("pve1"));
  const ask = (verb: string, input: unknown = ""): Answered => {
    const text = typeof input === "string" || Buffer.isBuffer(input) ? input : JSON.stringify(input);
    const { exit, stdout } = agent.run(verb, Buffer.from(text));
    return { exit, ...JSON.parse(stdout) };
  };
  return {
    ...{ cluster, agent, ask },
    damage: (kind: string) => expect(damageHost(cluster, "pve1", kind)).toBeUndefined(),
    later: (seconds: number) => {
      now += seconds * 1000;
    },
  };
}

/** What both list alike: a folder has files and no interfaces, rules or running servers. */
function filesIn({ changes }: Answered): string[] {
  const inFiles = ["snippet", "dhcp", "unit", "state"];
  return changes
    .filter(({ what, action }) => inFiles.includes(what) && action !== "restart")
    .map(({ what, object, action }) => `${what} ${object} ${action}`)
    .sort();
}

const mgmt = labVnet("vnetmgmt", [labSubnet("10.10.0")]);
const dev = labVnet("vnetdev", [labSubnet("10.20.0", null)], { mac: "02:54:4c:00:00:14" });
const narrow = labVnet("vnetmgmt", [labSubnet("10.10.1")]);

type Node = ReturnType<typeof folderNode>;
type Simulated = ReturnType<typeof simulatedNode>;
/** A verb with what it is given, or something that is done to both nodes. */
type Step =
  | readonly [verb: string, input?: unknown]
  | { readonly real: (node: Node) => unknown; readonly simulated: (node: Simulated) => unknown };

const walk: readonly Step[] = [
  ["version"],
  ["plan"],
  ["status"],
  ["apply"],
  ["remove"],
  ["put", labState(3, [dev, mgmt])],
  ["plan"],
  ["status"],
  ["apply"],
  ["put", labState(3, [dev, mgmt])],
  ["put", labState(2, [dev, mgmt])],
  ["put", labState(3, [mgmt])],
  ["put", labState(9, [mgmt], { owner: "trunkline-other" })],
  ["put", labState(4, [mgmt])],
  ["put", labState(5, [narrow], { repairSeconds: 30 })],
  ["put", labState(6, [narrow, dev])],
  { real: (node) => node.write(snippetFile, "something else\n"), simulated: (node) => node.damage("snippet") },
  ["plan"],
  ["apply"],
  ["status"],
  { real: (node) => node.write(stateFile, "{}"), simulated: (node) => node.damage("state") },
  ["plan"],
  ["status"],
  ["apply"],
  ["put", labState(5, [mgmt])],
  ["put", labState(7, [mgmt], { owner: "trunkline-other" })],
  ["put", labState(7, [mgmt])],
  ["plan"],
  ["remove"],
  ["status"],
  ["remove"],
  ["put", labState(1, [dev], { owner: "trunkline-other" })],
];

describe.skipIf(withoutAgent)(`the simulated agent beside the real one${agentReason}`, () => {
  const real = folderNode();
  const simulated = simulatedNode("vnetmgmt", "vnetdev");
  afterAll(real.remove);

  it("every step of a walk ends alike: exit, whose state, which fields, which files, which place is named", async () => {
    for (const [index, step] of walk.entries()) {
      if (!Array.isArray(step)) {
        if ("real" in step) {
          step.real(real);
          step.simulated(simulated);
        }
        continue;
      }
      const [verb, input] = step;
      const one: Answered = await real.agent(verb, input);
      const two = simulated.ask(verb, input);
      const place = `step ${index}: ${verb}`;
      const { stderr: _, ...answered } = { stderr: "", ...one };
      expect(Object.keys(two).sort(), place).toEqual(Object.keys(answered).sort());
      const ended = ({ exit, verb, owner, revision, error }: Answered) => ({
        ...{ exit, verb, owner, revision },
        field: error?.field,
      });
      expect(ended(two), place).toEqual(ended(one));
      // A broken snippet is another text for the one and a missing one for the other.
      const files = filesIn(one).map((line) => line.replace(/^(snippet .*) replace$/, "$1 set"));
      expect(
        filesIn(two).map((line) => line.replace(/^(snippet .*) (replace|add)$/, "$1 set")),
        place,
      ).toEqual(files.map((line) => line.replace(/^(snippet .*) add$/, "$1 set")));
      expect(two.repairs?.length, place).toBe(one.repairs?.length);
    }
  });
});

describe("what the simulated agent refuses is what the real one refuses", () => {
  const node = simulatedNode("vnetmgmt");
  let before: string;
  beforeAll(() => {
    expect(node.ask("put", having("revision", 1))).toMatchObject({ exit: 0, error: null });
    before = JSON.stringify(node.cluster.host("pve1"));
  });

  for (const [place, value, field] of REFUSED)
    it(`${place}: ${JSON.stringify(value).slice(0, 60)}`, () => {
      const said = node.ask("put", having(place, value));
      expect(said).toMatchObject({ exit: 2, changes: [], error: { field: field ?? place } });
      expect(said.error?.reason).toMatch(/^[^\n]{5,}$/);
      expect(said.error?.fix).toMatch(/^[A-Z][^\n]+\.$/);
    });

  it.each(GARBLED)("%s instead of a state", (_, text) => {
    expect(node.ask("put", text)).toMatchObject({ exit: 2, changes: [], error: { field: "" } });
  });

  it("and after all of them nothing is otherwise, and the state itself is good", () => {
    expect(JSON.stringify(node.cluster.host("pve1"))).toEqual(before);
    expect(node.ask("put", wholeState())).toMatchObject({ exit: 0, revision: 5 });
  });

  it("an interface of the node's own is no VNet", () => {
    const state = labState(9, [labVnet("vmbr1", [labSubnet("10.30.0")])], { owner: "trunkline-test" });
    expect(node.ask("put", state)).toMatchObject({ exit: 2, error: { field: "vnets[0].vnet" } });
  });
});

it("takes every state that Trunkline can make", () => {
  void fc.assert(
    fc.property(stateArbitrary, (state) => {
      expect(readState(parseStrictly(Buffer.from(JSON.stringify(state))))).toEqual(state);
    }),
  );
});

describe("on a node that lives", () => {
  const lease = { ip: "10.10.0.100", mac: "bc:24:11:00:00:07", hostname: "guest300" };

  it("what is not there yet waits, and is served once the network was reloaded", () => {
    const node = simulatedNode("vnetmgmt");
    const put = node.ask("put", labState(1, [mgmt, dev]));
    expect(put).toMatchObject({ exit: 4, pending: [{ object: "vnetdev" }] });
    expect(put.changes.map(({ what, object }) => `${what} ${object}`)).toContain("address vnetmgmt 10.10.0.1/24");
    const state = node.cluster.nodeState("pve1");
    state.up = new Map([...state.up, ["vnetdev", ""]]);
    state.reloads += 1;
    expect(node.ask("plan")).toMatchObject({ exit: 0, changes: [], pending: [] });
    expect(node.ask("status").repairs).toMatchObject([
      { what: expect.arrayContaining(["address vnetdev 10.20.0.1/24"]) },
    ]);
  });

  it("what somebody takes away is a difference until the timer comes round, or for ever without one", () => {
    const node = simulatedNode("vnetmgmt");
    node.ask("put", labState(1, [mgmt], { repairSeconds: 60 }));
    node.damage("rules");
    expect(node.ask("plan")).toMatchObject({ exit: 10, changes: [{ what: "nft" }] });
    node.later(61);
    expect(node.ask("status")).toMatchObject({ exit: 0, changes: [], repairs: [{ what: ["nft inet trunkline"] }] });
    node.cluster.flags.set("no-timer-pve1", "1");
    node.damage("dhcp");
    node.later(600);
    expect(node.ask("plan")).toMatchObject({ exit: 10, changes: [{ what: "dhcp", action: "restart" }] });
    expect(node.ask("apply")).toMatchObject({ exit: 0, changes: [{ what: "dhcp" }] });
    expect(node.ask("plan")).toMatchObject({ exit: 0 });
  });

  it("guests on a served VNet have leases, each its own, and keep them", () => {
    const node = simulatedNode("vnetmgmt");
    node.cluster.flags.set("guest-300", `qemu pve1 running vnetmgmt ${lease.mac.toUpperCase()}`);
    node.cluster.flags.set("guest-301", "lxc pve2 running vnetmgmt BC:24:11:00:00:08");
    node.cluster.flags.set("guest-302", "qemu pve1 stopped vnetmgmt BC:24:11:00:00:09");
    node.cluster.flags.set("guest-303", "qemu pve1 running vnetdev BC:24:11:00:00:0A");
    const reserving = structuredClone(mgmt);
    const [first] = reserving.subnets;
    first?.dhcp?.ranges.splice(0, 9, { start: "10.10.0.100", end: "10.10.0.110" });
    node.ask("put", labState(1, [reserving]));
    const { leases } = { leases: [], ...node.ask("status") };
    expect(leases).toMatchObject([lease, { ip: "10.10.0.101", hostname: "guest301" }]);
    node.later(30);
    expect({ leases: [], ...node.ask("status") }.leases).toEqual(leases);
  });

  it("a server that is stopped gives none", () => {
    const node = simulatedNode("vnetmgmt");
    node.cluster.flags.set("no-timer-pve1", "1");
    node.ask("put", labState(1, [mgmt]));
    node.damage("dhcp");
    node.cluster.flags.set("guest-300", `qemu pve1 running vnetmgmt ${lease.mac}`);
    expect({ leases: null, ...node.ask("status") }.leases).toEqual([]);
  });
});
