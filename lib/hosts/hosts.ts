import type { Failure } from "@/lib/core/failure";
import { type HostReport, readHostReport } from "@/lib/core/hosts/host-report";
import type { Hosts } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import { answerFailure, otherNode, unreadable, withoutAgent } from "./answer-failure";
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

type Verb = keyof Hosts;

const WRITES: ReadonlySet<Verb> = new Set(["put", "apply", "remove"]);

const WORDS: Readonly<Record<Verb, string>> = {
  put: "set the host services of",
  plan: "plan the host services of",
  apply: "repair the host services of",
  status: "read the host services of",
  remove: "remove the host services of",
  version: "ask for the agent of",
};

/**
 * The agents of a cluster's nodes over SSH. `targetOf` says how to reach a node's agent, null where there is none. One
 * connection per call: agents are asked rarely, and a connection that stands still would have to be watched.
 */
export function createHosts(targetOf: (node: string) => SshTarget | null, timeouts: HostTimeouts = TIMEOUTS): Hosts {
  async function ask(node: string, verb: Verb, stdin?: string): Promise<Result<HostReport, Failure>> {
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
    const report = readHostReport(run.value.stdout);
    const failure = answerFailure(run.value, report, { what, node, write });
    if (failure) return err(failure);
    return report ? ok(report) : err(unreadable({ what, node, write }));
  }

  /** An address that leads to another node would give that node this one's gateways. So ask first whom it belongs to. */
  async function change(node: string, verb: "put" | "apply" | "remove", stdin?: string) {
    const version = await ask(node, "version");
    if (!version.ok) return version;
    if (shortName(version.value.node) !== shortName(node)) {
      return err(otherNode(`${WORDS[verb]} ${node}`, version.value.node));
    }
    return ask(node, verb, stdin);
  }

  return {
    put: (node, state) => change(node, "put", JSON.stringify(state)),
    apply: (node) => change(node, "apply"),
    remove: (node) => change(node, "remove"),
    plan: (node) => ask(node, "plan"),
    status: (node) => ask(node, "status"),
    version: (node) => ask(node, "version"),
  };
}

/** Proxmox names a node by its host name without the domain (PVE::INotify::nodename). */
const shortName = (name: string): string => (name.split(".")[0] ?? "").toLowerCase();
