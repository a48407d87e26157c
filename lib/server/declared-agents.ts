import { findClusterByName } from "@/lib/store/clusters";
import * as store from "@/lib/store/host-agents";
import { appendAudit } from "./audit";
import type { Context } from "./context";
import type { DeclaredAgent } from "./env";
import { keyPurpose } from "./host-agents";

const system = { id: "system", name: "Trunkline" };

/**
 * Makes sure that the nodes of a cluster have the agents that the environment names, reached as it says; used at start.
 * They are agents like any other from then on. A node whose scripts are carried by hand is left so.
 */
export async function ensureAgents(ctx: Context, clusterName: string, agents: readonly DeclaredAgent[]): Promise<void> {
  const cluster = await findClusterByName(ctx.db, clusterName);
  if (cluster) for (const agent of agents) await ensureAgent(ctx, cluster.id, agent);
}

async function ensureAgent(ctx: Context, clusterId: string, agent: DeclaredAgent): Promise<void> {
  const { node, host, port, user, hostKey, privateKey, publicKey } = agent;
  const place = { clusterId, node };
  const row = await store.findAgent(ctx.db, place);
  if (row && row.mode !== "ssh") return;
  const way = { host, port, user, hostKey, publicKey };
  if (row && isReachedBy(ctx, row, agent)) return;
  const reach = { ...way, sealedKey: ctx.seal.seal(privateKey, keyPurpose(place)) };
  if (row) {
    await store.updateAgent(ctx.db, place, reach);
    return;
  }
  const at = new Date(ctx.clock.now());
  await store.insertAgent(ctx.db, { ...place, mode: "ssh", ...reach, createdBy: system.name, createdAt: at });
  await appendAudit(ctx, system, "agent.add", `cluster/${clusterId}`, { node, mode: "ssh", host, port, hostKey });
}

function isReachedBy(
  ctx: Context,
  row: store.AgentRow,
  { host, port, user, hostKey, privateKey }: DeclaredAgent,
): boolean {
  const key = ctx.seal.open(row.sealedKey ?? "", keyPurpose(row));
  const same = row.host === host && row.port === port && row.user === user && row.hostKey === hostKey;
  return same && key.ok && key.value === privateKey;
}
