import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { adoptLive } from "@/lib/core/layout/adopt-live";
import { importLayout } from "@/lib/core/layout/import-layout";
import { emptyLayout } from "@/lib/core/layout/model";
import { type Entity, type EntityKey, toEntities } from "@/lib/core/plan/entity";
import { keyName } from "@/lib/core/plan/key-name";
import type { LiveConfig } from "@/lib/core/ports";
import { ok, type Result } from "@/lib/core/result";
import { ownersIn } from "@/lib/store/ownership";
import * as store from "@/lib/store/recorded";
import { adopted } from "./adopted";
import { appendAudit } from "./audit";
import { toClusterObject, zoneOf } from "./cluster-object";
import { openCluster } from "./clusters";
import { context } from "./context";
import { readGround } from "./ground";
import { nameSchema, parseInput } from "./input";
import type { ClusterObject, ImportPreview } from "./memory-views";
import { forbidden, refused, rejected } from "./refusals";
import type { Actor } from "./views";

const IMPORT = "import or adopt";

/** The zones of a cluster as an import would take them, read now. */
export async function previewImport(
  actor: Actor,
  input: { readonly clusterId: string },
): Promise<Result<ImportPreview, Failure>> {
  const no = forbidden(actor, "viewer", "see clusters");
  if (no) return no;
  const ctx = await context();
  const opened = await openCluster(ctx, input.clusterId);
  if (!opened.ok) return opened;
  const config = await opened.value.cluster.readConfig();
  if (!config.ok) return config;
  const owners = await ownersIn(ctx.db, input.clusterId);
  const { skipped } = importLayout({ config: config.value, name: "" });
  const zones = config.value.entities.flatMap((zone) => {
    if (zone.kind !== "zone") return [];
    const count = (kind: Entity["kind"]): number =>
      config.value.entities.filter((entity) => entity.kind === kind && zoneOf(entity) === zone.id).length;
    return [
      {
        id: zone.id,
        type: String(zone.props["type"]),
        vnets: count("vnet"),
        subnets: count("subnet"),
        ownedBy: owners.get(zone.key)?.name ?? null,
        refused: skipped.find(({ key }) => key === zone.key)?.reason ?? null,
      },
    ];
  });
  return ok({ clusterId: input.clusterId, zones, pending: config.value.pending });
}

const importSchema = z.object({ clusterId: z.string(), name: nameSchema, zones: z.array(z.string()).optional() });

/**
 * Makes a layout of what a cluster has, or of some of its zones, which owns these objects from then on. What runs counts
 * as applied, what is only edited goes into the draft. Writes nothing to the cluster. What another layout owns is left out.
 */
export async function importCluster(
  actor: Actor,
  input: { readonly clusterId: string; readonly name: string; readonly zones?: readonly string[] | undefined },
): Promise<Result<{ readonly layoutId: string }, Failure>> {
  const no = forbidden(actor, "operator", IMPORT);
  if (no) return no;
  const parsed = parseInput(importSchema, input);
  if (!parsed.ok) return parsed;
  const { clusterId, name, zones } = parsed.value;
  const ctx = await context();
  const opened = await openCluster(ctx, clusterId);
  if (!opened.ok) return opened;
  const config = await opened.value.cluster.readConfig();
  if (!config.ok) return config;
  const owners = await ownersIn(ctx.db, clusterId);
  const free = { ...config.value, entities: config.value.entities.filter(({ key }) => !owners.has(key)) };
  const strange = zones?.find((id) => !free.entities.some((one) => one.kind === "zone" && one.id === id));
  if (strange !== undefined) {
    const message = `Zone ${strange} cannot be imported: it is not in the cluster, or a layout owns it already.`;
    return rejected(message, { zones: message });
  }
  const { layout: draft } = importLayout({ config: free, name, ...(zones ? { zones } : {}) });
  if (draft.zones.length === 0) {
    return refused("There is nothing to import: the cluster has no zone that no layout owns.");
  }
  const keys = toEntities(draft).map(({ key }) => key);
  const taken = new Set(keys);
  const running = { ...free, entities: config.value.running.filter(({ key }) => taken.has(key)) };
  const { layout: recorded } = importLayout({ config: running, name });
  const at = new Date(ctx.clock.now());
  const note = `Imported from ${opened.value.row.name}`;
  const layoutId = await store.insertImported(ctx.db, {
    name,
    clusterId,
    draft,
    recorded,
    keys,
    by: actor.name,
    at,
    note,
  });
  if (layoutId === null) {
    return refused("Somebody imported or adopted the same objects just now.", "Look at the layouts, then try again.");
  }
  await appendAudit(ctx, actor, "layout.import", `layout/${layoutId}`, { clusterId, name, objects: keys.length });
  return ok({ layoutId });
}

/** Objects of a cluster that no layout owns, read now. They are never changed or deleted. */
export async function listForeign(
  actor: Actor,
  input: { readonly clusterId: string },
): Promise<Result<readonly ClusterObject[], Failure>> {
  const no = forbidden(actor, "viewer", "see clusters");
  if (no) return no;
  const ctx = await context();
  const opened = await openCluster(ctx, input.clusterId);
  if (!opened.ok) return opened;
  const config = await opened.value.cluster.readConfig();
  if (!config.ok) return config;
  const owners = await ownersIn(ctx.db, input.clusterId);
  return ok(config.value.entities.flatMap((entity) => (owners.has(entity.key) ? [] : [toClusterObject(entity)])));
}

const adoptSchema = z.object({ layoutId: z.string(), keys: z.array(z.string()).min(1, "Choose at least one object.") });

/**
 * Gives foreign objects to a layout, as they are in the cluster now and with the zone or VNet they live in: they go into
 * its draft, and from then on it owns them. Changes nothing in the cluster.
 */
export async function adoptObjects(
  actor: Actor,
  input: { readonly layoutId: string; readonly keys: readonly EntityKey[] },
): Promise<Result<{ readonly rev: number }, Failure>> {
  const no = forbidden(actor, "operator", IMPORT);
  if (no) return no;
  const parsed = parseInput(adoptSchema, input);
  if (!parsed.ok) return parsed;
  const { layoutId, keys } = parsed.value;
  const ctx = await context();
  const ground = await readGround(ctx, layoutId, "adopt into");
  if (!ground.ok) return ground;
  const { row, clusterId, config, owned } = ground.value;
  const objection = whyNotAdopt(config, keys, owned, row.name);
  if (objection) return objection;
  const at = new Date(ctx.clock.now());
  const note = `Adopted ${keys.length === 1 ? keyName(keys[0] ?? "") : `${keys.length} objects`}`;
  const done = await store.adopt(ctx.db, { layoutId, clusterId, by: actor.name, at, note }, ({ draft, recorded }) => {
    const edited = adoptLive({ layout: draft, live: config.entities, keys });
    const base = recorded ?? { ...draft, zones: [], vnets: [], subnets: [], hostServices: [] };
    const runs = adoptLive({ layout: base, live: config.running, keys: edited.keys });
    return { draft: edited.layout, recorded: runs.layout, take: edited.keys, drop: [] };
  });
  return adopted(ctx, actor, row, done, "layout.adopt", keys);
}

function whyNotAdopt(
  config: LiveConfig,
  keys: readonly EntityKey[],
  owned: ReadonlySet<EntityKey>,
  layout: string,
): Result<never, Failure> | null {
  const live = new Set(config.entities.map(({ key }) => key));
  const gone = keys.find((key) => !live.has(key));
  if (gone !== undefined) {
    const message = `${keyName(gone)} cannot be adopted: it is not in the cluster.`;
    return rejected(message, { keys: message });
  }
  const own = keys.find((key) => owned.has(key));
  if (own !== undefined) return refused(`${keyName(own)} belongs to ${layout} already.`);
  const unsaid = adoptLive({ layout: EMPTY, live: config.entities, keys }).skipped[0];
  return unsaid ? refused(`${keyName(unsaid.key)} cannot be adopted. ${unsaid.reason}`) : null;
}

const EMPTY = emptyLayout("");
