import { type NodeProof, proofsOf } from "../plan/proof";
import type { LiveConfig } from "../ports";
import { type Events, isRunningGoal, note, phase, type RunContext, readPatiently } from "./context";
import { proveNode } from "./prove-node";
import type { Reload } from "./watch-reload";

export interface Proof {
  readonly goalReached: boolean;
  readonly proven: readonly string[];
  readonly nodes: readonly string[];
}

/**
 * Proves the result: the running configuration is the goal, and each node that has or had a touched zone shows it as it
 * should be. A node whose reload failed or that does not answer is named, not glossed over. With `only`, the other nodes
 * keep the verdict they had: `already` names those proven before.
 */
export async function* verify(
  run: RunContext,
  reload: Reload,
  again: { readonly only: readonly string[]; readonly already: readonly string[] } | null = null,
): Events<Proof> {
  yield phase("verify", "started");
  const config = await readPatiently(run, () => run.cluster.readConfig());
  const goalReached = config.ok && isRunningGoal(run, config.value);
  if (!config.ok) yield note("warning", config.error.message);
  else if (!goalReached)
    yield note("warning", "The running configuration is not the planned one: somebody changed it meanwhile.");

  const expected = config.ok ? expectedVnets(config.value) : new Map<string, string[]>();
  const proofs = proofsOf(run.plan);
  const proven: string[] = [...(again?.already ?? [])];
  for (const proof of proofs.filter(({ node }) => again === null || again.only.includes(node))) {
    const verdict = await proveNode(run, proof, expected, reload);
    if (verdict.state === "proven") proven.push(proof.node);
    yield nodeEvent(proof, verdict, reload);
  }
  const nodes = proofs.map(({ node }) => node);
  const whole = goalReached && proven.length === nodes.length;
  yield whole
    ? phase("verify", "done")
    : phase("verify", "failed", `${proven.length} of ${nodes.length} nodes proven.`);
  return { goalReached, proven, nodes };
}

function nodeEvent({ node }: NodeProof, verdict: Awaited<ReturnType<typeof proveNode>>, reload: Reload) {
  const task = reload.tasks.get(node)?.upid;
  return {
    type: "node" as const,
    node,
    state: verdict.state,
    ...(task ? { task } : {}),
    ...(verdict.detail ? { detail: verdict.detail } : {}),
  };
}

function expectedVnets(config: LiveConfig): Map<string, string[]> {
  const vnets = new Map<string, string[]>();
  for (const entity of config.running) {
    if (entity.kind !== "vnet") continue;
    const zone = String(entity.props["zone"]);
    const list = vnets.get(zone);
    if (list) list.push(entity.id);
    else vnets.set(zone, [entity.id]);
  }
  return vnets;
}
