import type { Failure } from "@/lib/core/failure";
import type { Cluster, LiveConfig } from "@/lib/core/ports";
import { ok, type Result } from "@/lib/core/result";
import { type RunningNetworks, runningNetworks } from "@/lib/core/topology/running";
import { openCluster } from "./clusters";
import { context } from "./context";
import { forbidden } from "./refusals";
import type { Actor } from "./views";

/** What runs in a cluster now, with each node's own words on its zones. A node that does not answer is null, not a failure. */
export async function readTopology(
  actor: Actor,
  input: { readonly clusterId: string },
): Promise<Result<RunningNetworks, Failure>> {
  const no = forbidden(actor, "viewer", "see clusters");
  if (no) return no;
  const opened = await openCluster(await context(), input.clusterId);
  if (!opened.ok) return opened;
  const { cluster } = opened.value;
  const [config, facts] = await Promise.all([cluster.readConfig(), cluster.readFacts({ guests: false })]);
  if (!config.ok) return config;
  if (!facts.ok) return facts;
  const status = await Promise.all(
    facts.value.nodes.map(
      async ({ name, online }) => [name, online ? await statusOf(cluster, name, config.value) : null] as const,
    ),
  );
  return ok(runningNetworks(config.value, Object.fromEntries(status)));
}

async function statusOf(
  cluster: Cluster,
  node: string,
  { running }: LiveConfig,
): Promise<RunningNetworks["status"][string]> {
  const zones = running
    .filter(({ kind, props }) => {
      const nodes = props["nodes"];
      return kind === "zone" && (!Array.isArray(nodes) || nodes.length === 0 || (nodes as string[]).includes(node));
    })
    .map(({ id }) => id);
  const status = await cluster.readZoneStatus(node, zones);
  return status.ok ? status.value : null;
}
