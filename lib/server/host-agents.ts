import { randomBytes } from "node:crypto";
import type { Failure } from "@/lib/core/failure";
import type { HostReport } from "@/lib/core/hosts/host-report";
import type { NodeState } from "@/lib/core/hosts/node-state";
import type { Hosts } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import type { SshTarget } from "@/lib/hosts/ssh/connection";
import * as store from "@/lib/store/host-agents";
import type { Context } from "./context";

/** What is known of one node whose agent a run can reach. */
export interface AgentState {
  readonly node: string;
  /** The state last put there; null: none yet, or taken away. */
  readonly state: NodeState | null;
  /**
   * The highest revision ever sent there, or heard of; a new state needs a higher one. Above that of `state` it means
   * that a put had no clear outcome, or that the database is older than the node: put again, even what looks the same.
   */
  readonly revision: number;
  /** How often it shall look by itself, in seconds. */
  readonly repairSeconds: number;
  /** Why it could not be used when it was asked last; null: it could. */
  readonly failure: string | null;
}

/** This installation's mark, the `owner` of each node's state. Made at its first use. */
export function installationOwner(ctx: Context): Promise<string> {
  return store.installationOwner(ctx.db, `tl-${randomBytes(12).toString("hex")}`);
}

/** The nodes of a cluster whose agents are reached over SSH, with the state last put on each. */
export async function agentsOf(ctx: Context, clusterId: string): Promise<readonly AgentState[]> {
  const agents = await store.listAgents(ctx.db, clusterId);
  return agents.flatMap(({ mode, node, state, revision, repairSeconds, failure }) =>
    mode === "ssh" ? [{ node, state, revision, repairSeconds, failure: failure?.message ?? null }] : [],
  );
}

/** The nodes of a cluster whose state a person carries there. */
export async function nodesByScript(ctx: Context, clusterId: string): Promise<readonly string[]> {
  const agents = await store.listAgents(ctx.db, clusterId);
  return agents.flatMap(({ mode, node }) => (mode === "ssh" ? [] : [node]));
}

export const keyPurpose = ({ clusterId, node }: store.AgentPlace): string => `cluster/${clusterId}/agent/${node}`;

/**
 * The agents of a cluster, as they are to be reached now. Each answer and each failure is remembered with its moment; a
 * revision before it is sent, and a state as soon as the agent has it: nobody who puts a state has to think of that.
 */
export async function hostsOf(ctx: Context, clusterId: string): Promise<Hosts> {
  const targets = new Map<string, Result<SshTarget, Failure>>();
  for (const agent of await store.listAgents(ctx.db, clusterId)) {
    if (agent.mode === "ssh") targets.set(agent.node, targetOf(ctx, agent));
  }
  const over = ctx.hosts.connect((node) => {
    const target = targets.get(node);
    return target?.ok ? target.value : null;
  });
  return remembering(ctx, clusterId, over, (node) => {
    const target = targets.get(node);
    return target && !target.ok ? target.error : null;
  });
}

/** How a stored agent is reached, its key unsealed. Internal: never hand this to a page. */
function targetOf(ctx: Context, agent: store.AgentRow): Result<SshTarget, Failure> {
  const { node, host, port, user } = agent;
  const key = ctx.seal.open(agent.sealedKey ?? "", keyPurpose(agent));
  if (!key.ok || agent.hostKey === null) {
    return err({
      kind: "unauthorized",
      retry: false,
      message: `Could not use the key of the agent on ${node}. It cannot be opened with this server's key.`,
      next: `Restore the server's key, or make a new one for ${node} on the cluster's page and install the agent again.`,
    });
  }
  return ok({ node, host, port, user, privateKey: key.value, hostKey: agent.hostKey });
}

function remembering(ctx: Context, clusterId: string, hosts: Hosts, unusable: (node: string) => Failure | null): Hosts {
  async function call<T>(
    node: string,
    ask: () => Promise<Result<T, Failure>>,
    note: (value: T, at: Date) => Promise<void>,
  ): Promise<Result<T, Failure>> {
    const begun = new Date(ctx.clock.now());
    const failed = unusable(node);
    const answer: Result<T, Failure> = failed ? err(failed) : await ask();
    const at = new Date(ctx.clock.now());
    if (answer.ok) await note(answer.value, at);
    else await store.noteFailure(ctx.db, { clusterId, node }, answer.error, { begun, at });
    return answer;
  }
  const found =
    (node: string, whole: boolean) =>
    (report: HostReport, at: Date): Promise<void> =>
      store.noteAnswer(ctx.db, { clusterId, node }, { report, whole, at });
  // The changes such an answer lists are done: they are no differences any more.
  const done =
    (node: string, whole = false) =>
    (report: HostReport, at: Date): Promise<void> =>
      found(node, whole)({ ...report, changes: [] }, at);
  const seen =
    (node: string) =>
    (_: unknown, at: Date): Promise<void> =>
      store.noteContact(ctx.db, { clusterId, node }, at);

  return {
    async put(node, state) {
      await store.noteRevision(ctx.db, { clusterId, node }, state.revision);
      return call(
        node,
        () => hosts.put(node, state),
        async (report, at) => {
          await store.noteState(ctx.db, { clusterId, node }, state, at);
          await done(node)(report, at);
        },
      );
    },
    remove: (node) =>
      call(
        node,
        () => hosts.remove(node),
        async (report, at) => {
          await store.noteState(ctx.db, { clusterId, node }, null, at);
          // Its leases and repairs went with it.
          await done(node, true)(report, at);
        },
      ),
    plan: (node) => call(node, () => hosts.plan(node), found(node, false)),
    apply: (node) => call(node, () => hosts.apply(node), done(node)),
    status: (node) => call(node, () => hosts.status(node), found(node, true)),
    version: (node) => call(node, () => hosts.version(node), seen(node)),
    scanSeed: (node) => call(node, () => hosts.scanSeed(node), seen(node)),
    removeSeed: (node, ids) => call(node, () => hosts.removeSeed(node, ids), seen(node)),
  };
}
