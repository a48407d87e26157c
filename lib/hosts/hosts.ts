import type { Failure } from "@/lib/core/failure";
import { readHostReport } from "@/lib/core/hosts/host-report";
import { readSeedReport } from "@/lib/core/hosts/seed-report";
import type { Hosts } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import { type Answer, answerFailure, otherNode, tooLarge, unreadable, withoutAgent } from "./answer-failure";
import type { SshTarget } from "./ssh/connection";
import { runCommand } from "./ssh/run-command";

export interface HostTimeouts {
  /** Connecting and signing in. */
  readonly connectMs: number;
  /** A verb that only looks. */
  readonly readMs: number;
  /** A verb that changes the node. */
  readonly writeMs: number;
}

const TIMEOUTS: HostTimeouts = { connectMs: 10_000, readMs: 30_000, writeMs: 120_000 };

/** The longest answer: `status` of a node with a full /16 of leases has about 10 MB. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** What an agent reads: some 2,900 VNets with SNAT and DHCP on one node. */
const MAX_STATE_BYTES = 1024 * 1024;

/** What the forced command on the node understands (docs/reference/host-agent.md). */
type Verb = "put" | "plan" | "apply" | "status" | "remove" | "version" | "seed-scan" | "seed-remove";
type Change = "put" | "apply" | "remove" | "seed-remove";

const WRITES: ReadonlySet<Verb> = new Set<Change>(["put", "apply", "remove", "seed-remove"]);

const WORDS: Readonly<Record<Verb, string>> = {
  put: "set the host services of",
  plan: "plan the host services of",
  apply: "repair the host services of",
  status: "read the host services of",
  remove: "remove the host services of",
  version: "ask for the agent of",
  "seed-scan": "look for leftovers of the Terraform module on",
  "seed-remove": "remove leftovers of the Terraform module from",
};

/**
 * The agents of a cluster's nodes over SSH. `targetOf` says how to reach a node's agent, null where there is none. One
 * connection per call: agents are asked rarely, and a connection that stands still would have to be watched.
 */
export function createHosts(targetOf: (node: string) => SshTarget | null, timeouts: HostTimeouts = TIMEOUTS): Hosts {
  async function ask<T extends Answer>(
    node: string,
    verb: Verb,
    read: (stdout: string) => T | null,
    stdin?: string,
  ): Promise<Result<T, Failure>> {
    const what = `${WORDS[verb]} ${node}`;
    const write = WRITES.has(verb);
    const target = targetOf(node);
    if (!target) return err(withoutAgent(what, node));
    const run = await runCommand(target, {
      what,
      verb,
      write,
      ...(stdin === undefined ? {} : { stdin }),
      connectMs: timeouts.connectMs,
      commandMs: write ? timeouts.writeMs : timeouts.readMs,
      maxOutputBytes: MAX_ANSWER_BYTES,
    });
    if (!run.ok) return run;
    const report = read(run.value.stdout);
    const failure = answerFailure(run.value, report, { what, node, write });
    if (failure) return err(failure);
    return report ? ok(report) : err(unreadable({ what, node, write }));
  }

  /** An address that leads to another node would give that node this one's gateways. So ask first whom it belongs to. */
  async function change<T extends Answer>(
    node: string,
    verb: Change,
    read: (stdout: string) => T | null,
    stdin?: string,
  ): Promise<Result<T, Failure>> {
    const version = await ask(node, "version", readHostReport);
    if (!version.ok) return version;
    const other = otherThan(node, version.value.node, WORDS[verb]);
    return other ? err(other) : ask(node, verb, read, stdin);
  }

  return {
    put: async (node, state) => {
      const text = JSON.stringify(state);
      const bytes = Buffer.byteLength(text);
      if (bytes > MAX_STATE_BYTES) return err(tooLarge(`${WORDS.put} ${node}`, bytes, MAX_STATE_BYTES));
      return change(node, "put", readHostReport, text);
    },
    apply: (node) => change(node, "apply", readHostReport),
    remove: (node) => change(node, "remove", readHostReport),
    plan: (node) => ask(node, "plan", readHostReport),
    status: (node) => ask(node, "status", readHostReport),
    version: (node) => ask(node, "version", readHostReport),
    scanSeed: (node) => ask(node, "seed-scan", readSeedReport),
    removeSeed: (node, ids) => change(node, "seed-remove", readSeedReport, JSON.stringify({ schema: 1, ids })),
  };
}

/** The refusal where `seen` answered and `node` was meant; null when it is that node. `doing` as in "put the state of". */
export function otherThan(node: string, seen: string, doing: string): Failure | null {
  return sameNode(node, seen) ? null : otherNode(`${doing} ${node}`, seen);
}

/** Whether a host name is that of a node. */
export const sameNode = (node: string, seen: string): boolean => shortName(seen) === shortName(node);

/** Proxmox names a node by its host name without the domain (PVE::INotify::nodename). */
const shortName = (name: string): string => (name.split(".")[0] ?? "").toLowerCase();
