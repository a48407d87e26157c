import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { servedSubnets } from "@/lib/core/hosts/served-subnet";
import { err, ok, type Result } from "@/lib/core/result";
import { otherThan } from "@/lib/hosts/hosts";
import { findCluster } from "@/lib/store/clusters";
import * as store from "@/lib/store/host-agents";
import { recordedIn } from "@/lib/store/recorded";
import { agentVersion } from "./agent-program";
import type { AgentView, HostAgentsView, LeasesView } from "./agent-views";
import { appendAudit } from "./audit";
import { type Context, context } from "./context";
import { hostsOf } from "./host-agents";
import { forbidden, missing, refused } from "./refusals";
import type { Actor } from "./views";

/** Who looks again within this time gets the same answer: many open pages are one question to the node. */
const FRESH_MS = 5_000;

export const agentSchema = z.object({ clusterId: z.string(), node: z.string() });

/** An agent as pages see it. */
export function agentView(row: store.AgentRow): AgentView {
  const { node, mode, host, port, user, hostKey, repairSeconds } = row;
  const { createdAt, createdBy, state, stateAt, report, failure } = row;
  return {
    ...{ node, host, port, user, hostKey, repairSeconds },
    mode: mode === "ssh" ? "ssh" : "bundle",
    addedAt: createdAt.toISOString(),
    addedBy: createdBy,
    put: state && stateAt && { revision: state.revision, vnets: state.vnets.length, at: stateAt.toISOString() },
    contactAt: row.contactAt?.toISOString() ?? null,
    report: report && row.reportAt && { ...withoutLeases(report), at: row.reportAt.toISOString() },
    failure: failure && row.failureAt && { ...failure, at: row.failureAt.toISOString() },
  };
}

function withoutLeases<T extends { readonly leases: unknown }>({ leases: _, ...rest }: T): Omit<T, "leases"> {
  return rest;
}

/** The agents of a cluster as they were last heard of, and the nodes that the applied layouts want one on. */
export async function listAgents(
  actor: Actor,
  input: { readonly clusterId: string },
): Promise<Result<HostAgentsView, Failure>> {
  const no = forbidden(actor, "viewer", "see host agents");
  if (no) return no;
  const ctx = await context();
  if (!(await findCluster(ctx.db, input.clusterId))) return missing("cluster");
  const [agents, layouts, owner] = await Promise.all([
    store.listAgents(ctx.db, input.clusterId),
    recordedIn(ctx.db, input.clusterId),
    store.findOwner(ctx.db),
  ]);
  const wanted = new Map<string, Set<string>>();
  for (const { node, service } of layouts.flatMap(({ layout }) => servedSubnets(layout, null).served)) {
    wanted.set(node, (wanted.get(node) ?? new Set()).add(service.vnet));
  }
  const having = new Set(agents.map(({ node }) => node));
  return ok({
    agents: agents.map(agentView),
    wanted: [...wanted].sort().map(([node, vnets]) => ({ node, vnets: [...vnets].sort(), agent: having.has(node) })),
    version: agentVersion(),
    owner,
  });
}

/** Asks an agent how its node is now. That it does not answer is not a failure of this call but what it reports. */
export async function readAgent(actor: Actor, input: z.input<typeof agentSchema>): Promise<Result<AgentView, Failure>> {
  const no = forbidden(actor, "viewer", "see host agents");
  if (no) return no;
  const ctx = await context();
  const found = await findReached(ctx, input);
  if (!found.ok) return found;
  if (!isFresh(ctx, found.value, found.value.reportAt)) await (await hostsOf(ctx, input.clusterId)).status(input.node);
  return viewOf(ctx, input);
}

/** An answer that a failure followed is not fresh, however young it is: what failed may be mended by now. */
const isFresh = (ctx: Context, { failure }: store.AgentRow, at: Date | null): boolean =>
  failure === null && at !== null && ctx.clock.now() - at.getTime() < FRESH_MS;

/** The agent of a node that is reached over SSH. */
export async function findReached(ctx: Context, place: store.AgentPlace): Promise<Result<store.AgentRow, Failure>> {
  if (!(await findCluster(ctx.db, place.clusterId))) return missing("cluster");
  const row = await store.findAgent(ctx.db, place);
  if (!row) return missing("host agent");
  if (row.mode === "ssh") return ok(row);
  return refused(
    `${row.node} is not reached over SSH; scripts are carried there.`,
    "Ask the agent on the node itself.",
  );
}

export async function viewOf(ctx: Context, place: store.AgentPlace): Promise<Result<AgentView, Failure>> {
  const row = await store.findAgent(ctx.db, place);
  return row ? ok(agentView(row)) : missing("host agent");
}

/** Whether the right agent answers on the right node: its name, its owner, and that it can tell its status. */
export async function checkAgent(
  actor: Actor,
  input: z.input<typeof agentSchema>,
): Promise<Result<AgentView, Failure>> {
  const no = forbidden(actor, "operator", "check host agents");
  if (no) return no;
  const ctx = await context();
  const found = await findReached(ctx, input);
  if (!found.ok) return found;
  const hosts = await hostsOf(ctx, input.clusterId);
  const version = await hosts.version(input.node);
  const other = version.ok ? otherThan(input.node, version.value.node, "ask the agent of") : null;
  const now = new Date(ctx.clock.now());
  if (other) await store.noteFailure(ctx.db, input, other, { begun: now, at: now });
  const status = !version.ok ? version : other ? err(other) : await hosts.status(input.node);
  const detail = { node: input.node, answered: status.ok, ...(status.ok ? {} : { reason: status.error.kind }) };
  await appendAudit(ctx, actor, "agent.check", `cluster/${input.clusterId}`, detail);
  if (!status.ok) return status;
  const own = await store.findOwner(ctx.db);
  const { owner } = status.value;
  if (owner != null && owner !== own) {
    return refused(
      `The agent of ${input.node} serves another Trunkline installation (${owner.slice(0, 64)}).`,
      `Take it off the node there first, or run "trunkline-host remove" on ${input.node} if that installation is gone.`,
    );
  }
  return viewOf(ctx, input);
}

const byReport = (node: string): string =>
  `Trunkline does not reach ${node}; its reports are entered on the cluster's page.`;

/** Who has which address from the DHCP servers of the agents. Those that are not reached give what they last told. */
export async function listLeases(
  actor: Actor,
  input: { readonly clusterId: string },
): Promise<Result<LeasesView, Failure>> {
  const no = forbidden(actor, "viewer", "see leases");
  if (no) return no;
  const ctx = await context();
  if (!(await findCluster(ctx.db, input.clusterId))) return missing("cluster");
  const hosts = await hostsOf(ctx, input.clusterId);
  const reached = (await store.listAgents(ctx.db, input.clusterId)).filter(({ mode }) => mode === "ssh");
  await Promise.all(reached.map((row) => (isFresh(ctx, row, row.leasesAt) ? null : hosts.status(row.node))));
  const rows = await store.listAgents(ctx.db, input.clusterId);
  return ok({
    leases: rows.flatMap(({ node, leases }) =>
      (leases ?? []).map(({ vnet, mac, ip, hostname, expires }) => ({
        ...{ node, vnet, mac, ip, hostname },
        expires: expires === null ? null : new Date(expires * 1000).toISOString(),
      })),
    ),
    sources: rows.map(({ node, mode, leasesAt, failure }) => ({
      node,
      mode: mode === "ssh" ? "ssh" : "bundle",
      at: leasesAt?.toISOString() ?? null,
      reason: mode === "ssh" ? (failure?.message ?? null) : byReport(node),
    })),
  });
}
