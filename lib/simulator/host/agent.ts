import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { interfacesOf } from "@/lib/simulator/control/circumstances";
import { HostRefusal } from "@/lib/simulator/host/host-refusal";
import type { HostRecord, HostState } from "@/lib/simulator/host/host-state";
import { giveLeases } from "@/lib/simulator/host/leases";
import { type Change, partChanges } from "@/lib/simulator/host/part-changes";
import { readState } from "@/lib/simulator/host/read-state";
import { parseStrictly } from "@/lib/simulator/host/strict-json";
import { type Links, type Waiting, waitingOf, wantedParts } from "@/lib/simulator/host/wanted-parts";
import type { SceneNode } from "@/lib/simulator/scenes/scene";

/** How a command on a node ended. */
export interface Said {
  /** null: it was killed. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const killed: Said = { exit: null, stdout: "", stderr: "" };
const verbs = ["put", "plan", "apply", "status", "remove", "version"] as const;
type Verb = (typeof verbs)[number];
const stateFile = "/etc/trunkline/state.json";
const keptRepairs = 20;

interface Answer {
  readonly owner?: string | null;
  readonly revision?: number | null;
  readonly changes?: readonly Change[];
  readonly pending?: readonly Waiting[];
  readonly error?: { readonly field: string; readonly reason: string; readonly fix: string } | null;
  readonly leases?: readonly unknown[];
  readonly repairs?: readonly unknown[];
}

/** The simulated `trunkline-host` of one node. */
export class HostAgent {
  readonly #cluster: Cluster;
  readonly #node: SceneNode;

  constructor(cluster: Cluster, node: SceneNode) {
    this.#cluster = cluster;
    this.#node = node;
  }

  /** What the forced command does with what the client asked for. `dies`: killed once the state is kept, before it acts. */
  run(command: string, input: Buffer, dies = false): Said {
    if (command === "seed-scan" || command === "seed-remove") return dies ? killed : this.#seed();
    const verb = verbs.find((one) => one === command);
    if (verb === undefined) {
      const allowed = [...verbs, "seed-scan", "seed-remove"].join(", ");
      return { exit: 126, stdout: "", stderr: `This key may only start: ${allowed}.\n` };
    }
    if (this.#cluster.flags.has(`no-agent-${this.#node.name}`))
      return { exit: 127, stdout: "", stderr: "/usr/local/sbin/trunkline-host is not installed.\n" };
    try {
      if (verb !== "version") this.#attend();
      const { exit, ...answer } = this.#carryOut(verb, input, dies);
      this.#cluster.onChange(verb === "put" || verb === "remove");
      if (dies) return killed;
      return this.#said(verb, exit, answer);
    } catch (cause) {
      if (!(cause instanceof HostRefusal)) throw cause;
      const { field, reason, fix, exit } = cause;
      return this.#said(
        verb,
        exit,
        { error: { field, reason, fix } },
        `${field === "" ? "" : `${field}: `}${reason}. ${fix}\n`,
      );
    }
  }

  #said(verb: Verb, exit: number, answer: Answer, stderr = ""): Said {
    const { owner = null, revision = null, changes = [], pending = [], error = null, ...more } = answer;
    const head = { schema: 1, agent: "1.0.0", node: this.#node.name, owner, revision };
    const asked = { verb, atMs: this.#cluster.surroundings.now() };
    return { exit, stdout: `${JSON.stringify({ ...head, changes, pending, ...more, error, ...asked })}\n`, stderr };
  }

  get #record(): HostRecord {
    return this.#cluster.host(this.#node.name);
  }

  #links(): Links {
    const own = new Set(interfacesOf(this.#cluster, this.#node).map(({ iface }) => iface));
    const uplink = this.#node.interfaces.find(({ address }) => address === this.#node.address)?.iface ?? "";
    return { vnets: new Set(this.#cluster.nodeState(this.#node.name).up.keys()), own, uplink };
  }

  #carryOut(verb: Verb, input: Buffer, dies: boolean): Answer & { readonly exit: number } {
    switch (verb) {
      case "put":
        return this.#put(input, dies);
      case "apply": {
        const state = this.#stored();
        return state === null ? this.#untold() : this.#applying(state, false);
      }
      case "plan":
        return this.#plan();
      case "status": {
        const found = this.#plan();
        giveLeases(this.#cluster, this.#node.name, this.#record);
        return { ...found, leases: this.#record.leases, repairs: this.#record.repairs };
      }
      case "remove":
        return this.#remove();
      case "version":
        return { exit: 0 };
    }
  }

  /** The state that was put; a damaged one is refused, and nothing is touched. */
  #stored(): HostState | null {
    const { state, damaged } = this.#record;
    if (damaged) throw new HostRefusal("state", `${stateFile} is damaged`, "Let Trunkline send the state again.");
    return state;
  }

  /** No state is no error: the agent was told nothing yet. But services without a state are. */
  #untold(): Answer & { readonly exit: number } {
    if (this.#record.owner === null) return { exit: 0 };
    throw new HostRefusal(
      "state",
      `${stateFile} is missing, and its services are still in force`,
      "Let Trunkline send the state again, or run `trunkline-host remove`.",
    );
  }

  #put(input: Buffer, dies: boolean): Answer & { readonly exit: number } {
    const state = readState(parseStrictly(input));
    this.#refuseOthers(state);
    const own = this.#links().own;
    for (const [index, { vnet }] of state.vnets.entries())
      if (own.has(vnet))
        throw new HostRefusal(
          `vnets[${index}].vnet`,
          `${vnet} is an interface of the node's own configuration`,
          "Name a VNet.",
        );
    const record = this.#record;
    record.state = state;
    record.damaged = false;
    return dies ? { exit: 1 } : this.#applying(state, true);
  }

  /** One owner, and revisions that grow. */
  #refuseOthers(state: HostState): void {
    const record = this.#record;
    const before = record.damaged ? null : record.state;
    const owner = before ? before.owner : record.owner;
    const revision = before ? before.revision : record.revision;
    if (owner !== null && owner !== state.owner)
      throw new HostRefusal(
        "owner",
        `the host services of this node belong to the installation ${owner}`,
        `If that one is gone, run \`trunkline-host remove\` on ${this.#node.name} first.`,
        3,
      );
    if (revision !== null && state.revision < revision)
      throw new HostRefusal(
        "revision",
        `revision ${state.revision} is older than ${revision}, which is in force`,
        "Read the node's status and plan again.",
        3,
      );
    if (before && state.revision === revision && !sameJson(state, before))
      throw new HostRefusal(
        "revision",
        `revision ${revision} is in force with another content`,
        "Read the node's status and send the next revision.",
        3,
      );
  }

  /** Puts right what differs. What was not asked for by a `put` is a repair, and is remembered. */
  #applying(state: HostState, asked: boolean): Answer & { readonly exit: number } {
    const record = this.#record;
    const links = this.#links();
    const wanted = wantedParts(state, links);
    const changes = partChanges(settled(record, links), wanted);
    record.parts = wanted;
    record.owner = state.owner;
    record.revision = state.revision;
    record.lookedAtMs = this.#cluster.surroundings.now();
    record.reloads = this.#cluster.nodeState(this.#node.name).reloads;
    if (changes.length > 0 && !asked) {
      const what = changes.map((change) => `${change.what} ${change.object}`).slice(0, 50);
      const repair = { atMs: record.lookedAtMs, changes: changes.length, what };
      record.repairs = [...record.repairs, repair].slice(-keptRepairs);
    }
    giveLeases(this.#cluster, this.#node.name, record);
    const pending = waitingOf(state, links);
    return { exit: pending.length > 0 ? 4 : 0, owner: state.owner, revision: state.revision, changes, pending };
  }

  #plan(): Answer & { readonly exit: number } {
    const state = this.#stored();
    if (state === null) return this.#untold();
    const links = this.#links();
    const changes = partChanges(settled(this.#record, links), wantedParts(state, links));
    const pending = waitingOf(state, links);
    const exit = changes.length > 0 ? 10 : pending.length > 0 ? 4 : 0;
    return { exit, owner: state.owner, revision: state.revision, changes, pending };
  }

  #remove(): Answer & { readonly exit: number } {
    const { state, damaged, parts } = this.#record;
    const changes = partChanges(settled(this.#record, this.#links()), []);
    if (parts.some(({ what }) => what === "nft"))
      changes.push({ what: "nft", object: "arp trunkline", action: "remove", detail: "" });
    if (state !== null || damaged) changes.push({ what: "state", object: stateFile, action: "remove", detail: "" });
    this.#cluster.forgetHost(this.#node.name);
    return { exit: 0, changes };
  }

  /** What the node's own timer and its hook after each reload have done since somebody last asked. */
  #attend(): void {
    const record = this.#record;
    const { state, damaged, lookedAtMs } = record;
    if (state === null || damaged || this.#cluster.flags.has(`no-timer-${this.#node.name}`)) return;
    const due = this.#cluster.surroundings.now() - lookedAtMs >= state.repairSeconds * 1000;
    if (due || this.#cluster.nodeState(this.#node.name).reloads !== record.reloads) this.#applying(state, false);
  }

  /** Simulated nodes were never set up with the Terraform module, so there is nothing to find. */
  #seed(): Said {
    const report = { schema: 1, node: this.#node.name, leftovers: [], left: [], removed: [], failed: [], error: null };
    return { exit: 0, stdout: `${JSON.stringify(report)}\n`, stderr: "" };
  }
}

/** What is there now: addresses and servers go with their interface. */
const settled = ({ parts }: HostRecord, links: Links) =>
  parts.filter(({ link }) => link === undefined || links.vnets.has(link));

/** Equal whatever the order of the keys. */
function sameJson(one: unknown, two: unknown): boolean {
  const sorted = (_: string, value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.stringify(one, sorted) === JSON.stringify(two, sorted);
}
