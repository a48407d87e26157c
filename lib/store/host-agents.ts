import type { Failure } from "@/lib/core/failure";
import type { HostReport } from "@/lib/core/hosts/host-report";
import { type NodeState, nodeStateSchema } from "@/lib/core/hosts/node-state";
import { type HostAgent, Prisma } from "@/prisma/generated/client";
import { toJson } from "./json";
import type { Db } from "./store";
import { unlessTaken } from "./unique";

export interface AgentPlace {
  readonly clusterId: string;
  readonly node: string;
}

export type Lease = HostReport["leases"][number];

/** An agent as it was kept, with its JSON parsed again; what this version cannot read any more counts as not there. */
export interface AgentRow extends Omit<HostAgent, "state" | "report" | "leases" | "failure"> {
  readonly state: NodeState | null;
  /** Without leases. */
  readonly report: HostReport | null;
  readonly leases: readonly Lease[] | null;
  readonly failure: Failure | null;
}

function read({ state, report, leases, failure, ...row }: HostAgent): AgentRow {
  const parsed = nodeStateSchema.safeParse(state);
  return {
    ...row,
    state: parsed.success ? parsed.data : null,
    report: report as HostReport | null,
    leases: leases as readonly Lease[] | null,
    failure: failure as Failure | null,
  };
}

/** This installation's mark on the nodes; null when there was no need of one yet. */
export async function findOwner(db: Db): Promise<string | null> {
  return (await db.installation.findUnique({ where: { id: 1 } }))?.owner ?? null;
}

/** The same; `fresh` becomes it when there is none yet. */
export async function installationOwner(db: Db, fresh: string): Promise<string> {
  const found = await findOwner(db);
  if (found !== null) return found;
  // Another process may be quicker; then its mark is the one.
  await db.installation.createMany({ data: [{ id: 1, owner: fresh }], skipDuplicates: true });
  return (await db.installation.findUniqueOrThrow({ where: { id: 1 } })).owner;
}

/** The agents of a cluster by node. */
export async function listAgents(db: Db, clusterId: string): Promise<readonly AgentRow[]> {
  return (await db.hostAgent.findMany({ where: { clusterId }, orderBy: { node: "asc" } })).map(read);
}

/** Agents reached over SSH that were neither heard of nor found silent since a moment, those that waited longest first. */
export async function listDueAgents(db: Db, since: Date): Promise<readonly AgentPlace[]> {
  const before = (field: "contactAt" | "failureAt") => ({ OR: [{ [field]: null }, { [field]: { lt: since } }] });
  return db.hostAgent.findMany({
    where: { mode: "ssh", AND: [before("contactAt"), before("failureAt")] },
    orderBy: { contactAt: { sort: "asc", nulls: "first" } },
    select: { clusterId: true, node: true },
  });
}

export async function findAgent(db: Db, { clusterId, node }: AgentPlace): Promise<AgentRow | null> {
  const row = await db.hostAgent.findUnique({ where: { clusterId_node: { clusterId, node } } });
  return row && read(row);
}

export interface AgentInput extends AgentPlace {
  readonly mode: "ssh" | "bundle";
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly hostKey: string | null;
  readonly sealedKey: string | null;
  readonly publicKey: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** False when the node has an agent already. */
export async function insertAgent(db: Db, input: AgentInput): Promise<boolean> {
  return (await unlessTaken(db.hostAgent.create({ data: { ...input } }))) !== null;
}

/** Changes how an agent is reached; false when there is none. */
export async function updateAgent(
  db: Db,
  place: AgentPlace,
  change: Partial<Pick<AgentInput, "host" | "port" | "user" | "hostKey" | "sealedKey" | "publicKey" | "mode">> & {
    readonly repairSeconds?: number;
  },
): Promise<boolean> {
  return (await db.hostAgent.updateMany({ where: { ...place }, data: change })).count > 0;
}

export async function deleteAgent(db: Db, { clusterId, node }: AgentPlace): Promise<boolean> {
  return (await db.hostAgent.deleteMany({ where: { clusterId, node } })).count > 0;
}

/** A revision that is about to be sent, or was heard of. It only grows. */
export async function noteRevision(db: Db, { clusterId, node }: AgentPlace, revision: number): Promise<void> {
  await db.hostAgent.updateMany({ where: { clusterId, node, revision: { lt: revision } }, data: { revision } });
}

/** What the node keeps true from now on; null: nothing any more. */
export async function noteState(db: Db, place: AgentPlace, state: NodeState | null, at: Date): Promise<void> {
  const { clusterId, node } = place;
  await db.hostAgent.updateMany({
    where: { clusterId, node },
    data: { state: state === null ? Prisma.DbNull : toJson(state), stateAt: at },
  });
}

/**
 * An answer of the agent: the last contact, and the end of whatever failure there was. Only a `whole` one, that of
 * `status`, tells leases and repairs; after another those that were told last still stand.
 */
export async function noteAnswer(
  db: Db,
  place: AgentPlace,
  { report, whole, at }: { readonly report: HostReport; readonly whole: boolean; readonly at: Date },
): Promise<void> {
  const { clusterId, node } = place;
  const { leases, ...rest } = report;
  const repairs = whole ? report.repairs : ((await findAgent(db, place))?.report?.repairs ?? []);
  await db.hostAgent.updateMany({
    where: { clusterId, node },
    data: {
      report: toJson({ ...rest, repairs, leases: [] }),
      reportAt: at,
      contactAt: at,
      failure: Prisma.DbNull,
      failureAt: null,
      ...(whole ? { leases: toJson(leases), leasesAt: at } : {}),
    },
  });
  if (typeof report.revision === "number") await noteRevision(db, place, report.revision);
}

/**
 * A question that failed; `begun` is when it was asked. One that was asked before the last answer came is no news: it
 * may have gone out with a host key or an address that was replaced meanwhile.
 */
export async function noteFailure(
  db: Db,
  { clusterId, node }: AgentPlace,
  failure: Failure,
  { begun, at }: { readonly begun: Date; readonly at: Date },
): Promise<void> {
  await db.hostAgent.updateMany({
    where: { clusterId, node, OR: [{ contactAt: null }, { contactAt: { lte: begun } }] },
    data: { failure: toJson(failure), failureAt: at },
  });
}

/** Another answer than a report: the node was reached. */
export async function noteContact(db: Db, { clusterId, node }: AgentPlace, at: Date): Promise<void> {
  const data = { contactAt: at, failure: Prisma.DbNull, failureAt: null };
  await db.hostAgent.updateMany({ where: { clusterId, node }, data });
}
