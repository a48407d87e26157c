import { createHash } from "node:crypto";
import fs from "node:fs";
import { findDrift } from "@/lib/core/drift/drift";
import { type Imported, importLayout } from "@/lib/core/layout/import-layout";
import type { Layout } from "@/lib/core/layout/model";
import { toEntities } from "@/lib/core/plan/entity";
import { isApplicable, makePlan } from "@/lib/core/plan/make-plan";
import type { Plan } from "@/lib/core/plan/plan";
import type { Cluster, ClusterFacts, LiveConfig } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import { layoutToYaml } from "@/lib/exchange/layout-text";
import { createCluster } from "@/lib/proxmox/cluster";
import type { Request } from "./arguments";
import { readLayout, write } from "./files";
import { type Io, say } from "./io";
import { EMPTY_STATE, readState, type State, statePathFor, writeState } from "./state-file";
import { driftLines, planLines } from "./words";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The cluster a request names; the error says what is missing. Connections are opened when first needed. */
export function clusterOf(request: Request): Result<Cluster & { close(): Promise<void> }, string> {
  if (request.endpoints.length === 0) return err("Name the cluster: --endpoint https://pve1:8006.");
  if (!request.token) return err("Give the API token: TRUNKLINE_TOKEN=user@realm!name=secret, or --token.");
  return ok(
    createCluster({
      endpoints: request.endpoints,
      fingerprint: request.fingerprint,
      tokenId: request.token.id,
      secret: request.token.secret,
    }),
  );
}

export interface Known {
  readonly config: LiveConfig;
  readonly facts: ClusterFacts;
  /** null: there is no state file, so nothing is owned. */
  readonly state: State | null;
}

/** Reads the cluster and the state. A state of another cluster is refused: its objects are not these. */
export async function readAround(
  request: Request,
  cluster: Cluster,
  stateFile: string,
): Promise<Result<Known, string>> {
  const state = readState(stateFile);
  if (!state.ok) return state;
  const [config, facts] = await Promise.all([cluster.readConfig(), cluster.readFacts()]);
  for (const read of [config, facts])
    if (!read.ok) return err([read.error.message, read.error.next].filter(Boolean).join(" "));
  if (!config.ok || !facts.ok) return err("The cluster could not be read.");
  const known = state.value?.cluster;
  if (known && facts.value.name && known !== facts.value.name)
    return err(
      `${stateFile} belongs to cluster ${known}, but ${request.endpoints[0]} is ${facts.value.name}. Give another --state.`,
    );
  return ok({ config: config.value, facts: facts.value, state: state.value });
}

export const stateFileOf = (request: Request): string => request.state ?? statePathFor(request.file ?? "trunkline");

export function planFor(request: Request, layout: Layout, { config, facts, state }: Known): Plan {
  const owned = new Set(state?.owned ?? []);
  const { pending, release } = request;
  return makePlan({ layout, config, facts, owned, fingerprint: sha256, pending, release });
}

const NO_STATE = "There is no state file, so nothing is owned: nothing that exists is changed or deleted.";

/** `trunkline plan`: 0 no change, 2 changes, 3 blocked, 1 error. */
export async function plan(request: Request, io: Io): Promise<number> {
  const layout = readLayout(request.file ?? "");
  if (!layout.ok) return failed(io, layout.error);
  return withCluster(request, io, async (cluster) => {
    const known = await readAround(request, cluster, stateFileOf(request));
    if (!known.ok) return failed(io, known.error);
    const made = planFor(request, layout.value, known.value);
    if (request.output !== null) {
      const text = `${JSON.stringify({ kind: "trunkline-plan", layout: layout.value, plan: made }, null, 2)}\n`;
      if (!write(text, request.output, io)) return 1;
    }
    if (request.json)
      say(io.out, JSON.stringify({ plan: made, applicable: isApplicable(made, request.accepted) }, null, 2));
    else say(io.out, planLines(made, io.paint).join("\n"));
    if (!known.value.state) say(io.err, NO_STATE);
    if (!isApplicable(made, request.accepted)) return 3;
    return made.steps.length > 0 ? 2 : 0;
  });
}

/** `trunkline import`: 0, or 1. Writes nothing to the cluster. With a state file the objects become owned. */
export function importCluster(request: Request, io: Io): Promise<number> {
  return withCluster(request, io, async (cluster) => {
    const [config, facts] = await Promise.all([cluster.readConfig(), cluster.readFacts({ guests: false })]);
    if (!config.ok) return failed(io, config.error.message);
    if (!facts.ok) return failed(io, facts.error.message);
    const imported = importZones(request, config.value, facts.value.name);
    if (!imported.ok) return failed(io, imported.error);
    const { layout, skipped } = imported.value;
    for (const { key, reason } of skipped) say(io.err, `Left out: ${key}. ${reason}`);
    const owned = ownImported(request, io, layout, facts.value.name);
    if (!owned.ok) return failed(io, owned.error);
    const text = request.json ? `${JSON.stringify({ layout, skipped }, null, 2)}\n` : layoutToYaml(layout);
    return write(text, request.output, io) ? 0 : 1;
  });
}

/** The cluster as a layout, of the zones asked for where some are; each of them must be there. */
function importZones({ zones }: Request, config: LiveConfig, cluster: string | null): Result<Imported, string> {
  const imported = importLayout({ config, name: cluster ?? "imported", ...(zones.length > 0 ? { zones } : {}) });
  const missing = zones.find((zone) => !imported.layout.zones.some(({ id }) => id === zone));
  return missing === undefined ? ok(imported) : err(`The cluster has no zone ${missing} that can be imported.`);
}

/** Writes a state that owns the whole layout, where the request names a place for it. */
function ownImported(request: Request, io: Io, layout: Layout, cluster: string | null): Result<void, string> {
  const stateFile = request.state ?? (request.output === null ? null : statePathFor(request.output));
  if (stateFile === null) {
    say(io.err, "No state was written, so nothing is owned; give -o FILE or --state FILE to own what is imported.");
    return ok(undefined);
  }
  if (fs.existsSync(stateFile))
    return err(`${stateFile} exists already; it may own other objects. Choose another --state.`);
  const owned = toEntities(layout).map(({ key }) => key);
  return writeState(stateFile, { ...EMPTY_STATE, cluster, owned, goal: layout });
}

/** `trunkline drift`: 0 none, 2 drift, 1 error. Against the last apply, or the layout itself where none is known. */
export async function drift(request: Request, io: Io): Promise<number> {
  const layout = readLayout(request.file ?? "");
  if (!layout.ok) return failed(io, layout.error);
  return withCluster(request, io, async (cluster) => {
    const known = await readAround(request, cluster, stateFileOf(request));
    if (!known.ok) return failed(io, known.error);
    const { state, config } = known.value;
    const recorded = state?.goal ?? layout.value;
    const owned = new Set(state?.owned ?? toEntities(recorded).map(({ key }) => key));
    const found = findDrift({ recorded, owned, config });
    if (request.json) say(io.out, JSON.stringify(found, null, 2));
    else if (found.items.length === 0) say(io.out, io.paint.good("No drift."));
    if (!request.json) for (const line of driftLines(found, io.paint)) say(io.out, line);
    return found.items.length > 0 ? 2 : 0;
  });
}

function failed(io: Io, message: string): number {
  say(io.err, `trunkline: ${message}`);
  return 1;
}

async function withCluster(request: Request, io: Io, work: (cluster: Cluster) => Promise<number>): Promise<number> {
  const cluster = clusterOf(request);
  if (!cluster.ok) return failed(io, cluster.error);
  try {
    return await work(cluster.value);
  } finally {
    await cluster.value.close();
  }
}
