import { type Events, phase, type RunContext } from "./context";

/**
 * Asks Proxmox on every node what the commit would change in its files. A node that cannot be asked is named with its
 * reason; that does not stop the run, because the dry-run has blind spots anyway (subnets) and the proof comes later.
 */
export async function* dryRunNodes(run: RunContext): Events<void> {
  yield phase("dry-run", "started");
  let asked = 0;
  for (const node of run.plan.nodes) {
    if (run.cancelled()) break;
    const diff = await run.cluster.dryRun(node);
    if (diff.ok) {
      asked += 1;
      yield { type: "dry-run", node, interfaces: diff.value.interfaces, frr: diff.value.frr };
      continue;
    }
    yield { type: "dry-run-missing", node, reason: diff.error.message };
    if (diff.error.kind === "unsupported") break;
  }
  yield asked > 0 ? phase("dry-run", "done") : phase("dry-run", "skipped", "No node could be asked.");
}
