import type { Failure } from "@/lib/core/failure";
import type { KnownHosts } from "@/lib/core/plan/host-targets";
import { isApplicable, makePlan, type PlanInput } from "@/lib/core/plan/make-plan";
import type { PendingChoice, Plan } from "@/lib/core/plan/plan";
import type { Purpose } from "@/lib/core/plan/purpose";
import type { Cluster, ClusterFacts, LiveConfig, Owned } from "@/lib/core/ports";
import { ok, type Result } from "@/lib/core/result";
import { sha256 } from "@/lib/store/json";
import { type Frozen, findLayout, type LayoutWithCluster } from "@/lib/store/layouts";
import { ownedBy } from "@/lib/store/ownership";
import * as store from "@/lib/store/plans";
import { recordedIn, recordedOf } from "@/lib/store/recorded";
import { appendAudit } from "./audit";
import { openCluster } from "./clusters";
import type { Context } from "./context";
import { agentsOf, installationOwner, nodesByScript } from "./host-agents";
import { missing, refused } from "./refusals";
import type { Actor } from "./views";

/** A layout in front of its cluster: what both are just now, and what they have had to do with each other. */
export interface Ground {
  readonly row: LayoutWithCluster;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly readAt: Date;
  readonly config: LiveConfig;
  readonly owned: Owned;
  /** The version that was last brought to the cluster or taken from it; null: none. */
  readonly recorded: Frozen | null;
}

/** Finds a layout and reads the configuration of its cluster. `doing` completes "Could not …". */
export async function readGround(ctx: Context, layoutId: string, doing: string): Promise<Result<Ground, Failure>> {
  const found = await findGround(ctx, layoutId, doing);
  if (!found.ok) return found;
  const { cluster, ...ground } = found.value;
  const config = await cluster.readConfig();
  return config.ok ? ok({ ...ground, config: config.value }) : config;
}

export interface PlanGround extends Ground {
  readonly facts: ClusterFacts;
  /** Of the nodes with an agent, also where a person carries its state there. */
  readonly firewalls: NonNullable<KnownHosts["firewalls"]>;
}

/** As readGround, with all that the checks of a plan look at. */
export async function readPlanGround(ctx: Context, layoutId: string): Promise<Result<PlanGround, Failure>> {
  const found = await findGround(ctx, layoutId, "plan");
  if (!found.ok) return found;
  const { cluster, ...ground } = found.value;
  const { clusterId } = ground;
  const [agents, byScript] = await Promise.all([agentsOf(ctx, clusterId), nodesByScript(ctx, clusterId)]);
  const nodes = [...agents.map(({ node }) => node), ...byScript];
  const [config, facts, firewalls] = await Promise.all([
    cluster.readConfig(),
    cluster.readFacts(),
    cluster.readFirewalls(nodes),
  ]);
  if (!facts.ok) return facts;
  return config.ok ? ok({ ...ground, config: config.value, facts: facts.value, firewalls }) : config;
}

async function findGround(
  ctx: Context,
  layoutId: string,
  doing: string,
): Promise<Result<Omit<Ground, "config"> & { readonly cluster: Cluster }, Failure>> {
  const row = await findLayout(ctx.db, layoutId);
  if (!row) return missing("layout");
  const { clusterId } = row;
  if (clusterId === null) {
    return refused(`Could not ${doing} ${row.name}: it has no cluster.`, "Choose the cluster it is for.");
  }
  const opened = await openCluster(ctx, clusterId);
  if (!opened.ok) return opened;
  const { cluster } = opened.value;
  // Before anything is read: what changes from here on makes what comes of it stale.
  const readAt = new Date(ctx.clock.now());
  const [owned, recorded] = await Promise.all([ownedBy(ctx.db, clusterId, row.id), recordedOf(ctx.db, row)]);
  return ok({ row, clusterId, clusterName: opened.value.row.name, cluster, readAt, owned, recorded });
}

/** What a person decides about what stands in a plan's way. */
export interface PlanChoices {
  /** What happens to pending changes of others; default `stop`. */
  readonly pending?: PendingChoice | undefined;
  /** Release stale IPAM addresses that stand in the way of a deletion. */
  readonly release?: boolean | undefined;
}

/** Plans the way from the ground to a frozen layout, and keeps the plan. */
export async function keepPlan(
  ctx: Context,
  actor: Actor,
  ground: PlanGround,
  wanted: {
    readonly frozen: Frozen;
    readonly purpose: Purpose;
    readonly choices: PlanChoices;
  } & Pick<PlanInput, "only" | "problems">,
): Promise<Result<{ readonly planId: string }, Failure>> {
  const { row, clusterId, clusterName, readAt, config, facts, firewalls, owned, recorded } = ground;
  const { frozen, purpose, choices, only, problems } = wanted;
  const plan = makePlan({
    layout: frozen.layout,
    hosts: { ...(await knownHosts(ctx, clusterId, row.id)), firewalls },
    facts,
    config,
    owned,
    recorded: recorded?.layout ?? null,
    fingerprint: sha256,
    pending: choices.pending ?? "stop",
    release: choices.release ?? false,
    ...(only ? { only } : {}),
    ...(problems ? { problems } : {}),
  });
  const planId = await store.insertPlan(ctx.db, {
    layoutId: row.id,
    layoutName: row.name,
    layoutVersion: frozen.version,
    clusterId,
    clusterName,
    plan,
    purpose,
    applicable: isApplicable(plan, tickable(plan)),
    readAt,
    createdBy: actor.name,
  });
  const { steps, base, goal } = plan;
  const detail = { layoutId: row.id, version: frozen.version, purpose: purpose.kind, steps: steps.length, base, goal };
  await appendAudit(ctx, actor, "plan.create", `plan/${planId}`, detail);
  return ok({ planId });
}

/** What the nodes' agents have, and which other layouts they serve. */
async function knownHosts(ctx: Context, clusterId: string, layoutId: string): Promise<KnownHosts> {
  const [agents, byScript, owner, layouts] = await Promise.all([
    agentsOf(ctx, clusterId),
    nodesByScript(ctx, clusterId),
    installationOwner(ctx),
    recordedIn(ctx.db, clusterId),
  ]);
  const others = layouts.flatMap(({ id, layout }) => (id === layoutId ? [] : [layout]));
  return { agents, byScript, owner, others };
}

/** What a person can tick does not stand in the way of the plan, only of an unticked run. */
const tickable = (plan: Plan): string[] => plan.checks.map(({ id }) => id);
