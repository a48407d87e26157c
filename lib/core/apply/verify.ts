import { fingerprintOf } from "../plan/fingerprint";
import { proofsOf } from "../plan/proof";
import type { LiveConfig } from "../ports";
import { type Events, note, phase, type RunContext, readPatiently } from "./context";
import { type ExpectedZone, proveNode } from "./prove-node";
import type { Reload } from "./watch-reload";

export interface Proof {
  /** Whether the running configuration is the planned one, another, or could not be read. */
  readonly goal: "reached" | "changed" | "unread";
  readonly proven: readonly string[];
  readonly nodes: readonly string[];
}

/**
 * Proves the result: the running configuration is the goal, and each node that has or had a touched zone shows it as it
 * should be. A node whose reload failed or that does not answer is named, not glossed over. With `only`, the other nodes
 * keep the verdict they had: `already` names those proven before. All nodes share one patience.
 */
export async function* verify(
  run: RunContext,
  reload: Reload,
  again: { readonly only: readonly string[]; readonly already: readonly string[] } | null = null,
): Events<Proof> {
  yield phase("verify", "started");
  const config = await readPatiently(run, () => run.cluster.readConfig());
  const goal = !config.ok ? "unread" : runsGoal(run, config.value) ? "reached" : "changed";
  if (!config.ok) yield note("warning", config.error.message);
  else if (goal === "changed")
    yield note("warning", "The running configuration is not the planned one: somebody changed it meanwhile.");

  const expected = config.ok ? expectedZones(config.value) : new Map<string, ExpectedZone>();
  const proofs = proofsOf(run.plan);
  const proven: string[] = [...(again?.already ?? [])];
  const deadline = run.clock.now() + run.patience.verifyMs;
  for (const proof of proofs.filter(({ node }) => again === null || again.only.includes(node))) {
    const verdict = await proveNode(run, proof, expected, reload, deadline);
    if (verdict.state === "proven") proven.push(proof.node);
    yield { type: "node", node: proof.node, ...verdict };
  }
  const nodes = proofs.map(({ node }) => node);
  const whole = goal === "reached" && proven.length === nodes.length;
  yield whole
    ? phase("verify", "done")
    : phase("verify", "failed", `${proven.length} of ${nodes.length} nodes proven.`);
  return { goal, proven, nodes };
}

/** What others leave pending after the commit is no concern of this run. */
const runsGoal = (run: RunContext, config: LiveConfig): boolean =>
  fingerprintOf(config.running, run.fingerprint) === run.plan.goal;

function expectedZones(config: LiveConfig): ReadonlyMap<string, ExpectedZone> {
  const vnets = new Map<string, string[]>();
  for (const { kind, id, props } of config.running) {
    if (kind !== "vnet") continue;
    const zone = String(props["zone"]);
    const list = vnets.get(zone);
    if (list) list.push(id);
    else vnets.set(zone, [id]);
  }
  return new Map(
    config.running
      .filter(({ kind }) => kind === "zone")
      .map(({ id, props }) => [id, { type: String(props["type"]), vnets: vnets.get(id) ?? [] }]),
  );
}
