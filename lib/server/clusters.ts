import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { type Taken, takenBy } from "@/lib/core/layout/taken";
import type { Cluster } from "@/lib/core/ports";
import { ok, type Result } from "@/lib/core/result";
import * as store from "@/lib/store/clusters";
import { appendAudit } from "./audit";
import { connectionFields, connectionOf, endpointSchema, sealPurpose } from "./cluster-connection";
import { type Context, context } from "./context";
import { nameSchema, parseInput, policySchema } from "./input";
import type { Connection } from "./proxmox";
import { forbidden, missing, refused, rejected } from "./refusals";
import type { Actor, ClusterState, ClusterView, DeployPolicy } from "./views";

const MANAGE = "manage clusters";

const connectSchema = z.object({
  name: nameSchema,
  endpoints: z.array(endpointSchema).min(1, "Enter at least one address."),
  ...connectionFields,
  policy: policySchema,
});
export type ConnectInput = z.input<typeof connectSchema>;

function view(row: store.ClusterRow): ClusterView {
  return {
    id: row.id,
    name: row.name,
    endpoints: row.endpoints,
    fingerprint: row.fingerprint,
    tokenId: row.tokenId,
    policy: row.policy as DeployPolicy,
    createdAt: row.createdAt.toISOString(),
  };
}

export async function listClusters(actor: Actor): Promise<Result<readonly ClusterView[], Failure>> {
  const no = forbidden(actor, "viewer", "see clusters");
  if (no) return no;
  return ok((await store.listClusters((await context()).db)).map(view));
}

export async function loadCluster(actor: Actor, id: string): Promise<Result<ClusterView, Failure>> {
  const no = forbidden(actor, "viewer", "see clusters");
  if (no) return no;
  const row = await store.findCluster((await context()).db, id);
  return row ? ok(view(row)) : missing("cluster");
}

/** Opens a stored cluster for the engine. Internal to lib/server. */
export async function openCluster(
  ctx: Context,
  id: string,
): Promise<Result<{ row: store.ClusterRow; cluster: Cluster }, Failure>> {
  const row = await store.findCluster(ctx.db, id);
  if (!row) return missing("cluster");
  const changedAt = row.updatedAt.getTime();
  const known = ctx.clusters.get(id);
  if (known?.changedAt === changedAt) return ok({ row, cluster: known.cluster });
  const connection = connectionOf(ctx, row);
  if (!connection.ok) return connection;
  const cluster = ctx.proxmox.connect(connection.value);
  // A client that is replaced is not closed: a run may still be using it, and idle connections end by themselves.
  ctx.clusters.set(id, { changedAt, cluster });
  return ok({ row, cluster });
}

/** Reads the cluster now. That it does not answer is not a failure of this call but what it reports. */
export async function readClusterState(actor: Actor, id: string): Promise<Result<ClusterState, Failure>> {
  const no = forbidden(actor, "viewer", "see clusters");
  if (no) return no;
  const opened = await openCluster(await context(), id);
  if (!opened.ok) return opened.error.kind === "unauthorized" ? ok(unreadable(opened.error)) : opened;
  const { cluster } = opened.value;
  const [facts, config] = await Promise.all([cluster.readFacts(), cluster.readConfig()]);
  if (!facts.ok) return ok(unreadable(facts.error));
  if (!config.ok) return ok(unreadable(config.error));
  const count = (kind: string): number => config.value.running.filter((entity) => entity.kind === kind).length;
  return ok({
    reachable: true,
    facts: facts.value,
    zones: count("zone"),
    vnets: count("vnet"),
    pending: config.value.pending.length,
  });
}

/** What a new network must stay clear of in this cluster, read now: ids, tags and networks, pending ones included. */
export async function readTaken(actor: Actor, id: string): Promise<Result<Taken, Failure>> {
  const no = forbidden(actor, "viewer", "see clusters");
  if (no) return no;
  const opened = await openCluster(await context(), id);
  if (!opened.ok) return opened;
  const { cluster } = opened.value;
  const [facts, config] = await Promise.all([cluster.readFacts(), cluster.readConfig()]);
  if (!facts.ok) return facts;
  return config.ok ? ok(takenBy(config.value, facts.value)) : config;
}

const unreadable = (failure: Failure): ClusterState => ({
  reachable: false,
  message: failure.message,
  next: failure.next ?? null,
});

export async function connectCluster(
  actor: Actor,
  input: ConnectInput,
): Promise<Result<{ readonly id: string }, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(connectSchema, input);
  if (!parsed.ok) return parsed;
  return storeCluster(await context(), actor, parsed.value);
}

async function storeCluster(
  ctx: Context,
  actor: Pick<Actor, "id" | "name">,
  { secret, ...cluster }: z.output<typeof connectSchema>,
): Promise<Result<{ readonly id: string }, Failure>> {
  const id = randomUUID();
  const sealedSecret = ctx.seal.seal(secret, sealPurpose(id));
  if ((await store.insertCluster(ctx.db, id, { ...cluster, sealedSecret })) === null) return nameTaken(cluster.name);
  await appendAudit(ctx, actor, "cluster.connect", `cluster/${id}`, { ...cluster });
  return ok({ id });
}

const nameTaken = (name: string): Result<never, Failure> =>
  rejected(`A cluster named ${name} is connected already.`, { name: `${name} is taken; choose another name.` });

/**
 * Makes sure that a cluster of that name is connected, with this address and token; used at start for what the
 * environment names. It is a cluster like any other from then on.
 */
export async function ensureCluster(
  ctx: Context,
  wanted: { readonly name: string; readonly policy: DeployPolicy } & Pick<Connection, "tokenId" | "secret"> & {
      readonly endpoint: string;
    },
): Promise<void> {
  const system = { id: "system", name: "Trunkline" };
  const { name, policy, tokenId, secret, endpoint } = wanted;
  const row = await store.findClusterByName(ctx.db, name);
  if (!row) {
    await storeCluster(ctx, system, { name, policy, tokenId, secret, endpoints: [endpoint], fingerprint: null });
    return;
  }
  const sealed = ctx.seal.open(row.sealedSecret ?? "", sealPurpose(row.id));
  const same = row.endpoints.join() === endpoint && row.tokenId === tokenId && sealed.ok && sealed.value === secret;
  if (same) return;
  const sealedSecret = ctx.seal.seal(secret, sealPurpose(row.id));
  await store.updateCluster(ctx.db, row.id, { endpoints: [endpoint], tokenId, sealedSecret });
}

const updateSchema = z.object({ id: z.string() }).extend(connectSchema.partial().shape);

export async function updateCluster(actor: Actor, input: z.input<typeof updateSchema>): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(updateSchema, input);
  if (!parsed.ok) return parsed;
  const ctx = await context();
  const { id, secret, name, endpoints, fingerprint, tokenId, policy } = parsed.value;
  if (!(await store.findCluster(ctx.db, id))) return missing("cluster");
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(endpoints === undefined ? {} : { endpoints }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(tokenId === undefined ? {} : { tokenId }),
    ...(policy === undefined ? {} : { policy }),
  };
  const sealed = secret === undefined ? {} : { sealedSecret: ctx.seal.seal(secret, sealPurpose(id)) };
  if (!(await store.updateCluster(ctx.db, id, { ...change, ...sealed }))) return nameTaken(name ?? "");
  await appendAudit(ctx, actor, "cluster.update", `cluster/${id}`, { ...change, secretReplaced: secret !== undefined });
  return ok(null);
}

/** Forgets a cluster and its secret. Nothing is changed in the cluster itself; its runs stay in the history. */
export async function removeCluster(actor: Actor, input: { readonly id: string }): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const ctx = await context();
  const row = await store.findCluster(ctx.db, input.id);
  if (!row) return missing("cluster");
  if (!(await store.removeCluster(ctx.db, input.id))) {
    return refused(
      `Could not remove ${row.name}: a run is waiting or going on.`,
      "Wait until it has ended, or stop it.",
    );
  }
  await appendAudit(ctx, actor, "cluster.remove", `cluster/${input.id}`, { name: row.name });
  return ok(null);
}
