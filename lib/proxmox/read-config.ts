import type { Failure } from "@/lib/core/failure";
import type { LiveConfig, OtherObject, PendingChange } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import { mapBounded } from "./bounded";
import type { Http } from "./http";
import { read } from "./read";
import { readRunningTypes, readRunningVnets } from "./running-identity";
import { aliasInDoubt, toOther, toViews, type Views } from "./translate";
import {
  controllerRowsSchema,
  fabricsSchema,
  type PendingRow,
  subnetRowsSchema,
  vnetRowsSchema,
  zoneRowsSchema,
} from "./wire";

const PENDING = { pending: 1 };

/**
 * The whole SDN configuration. Each collection is asked once, with `pending=1`, which shows the edited and the running
 * values in one answer; where something is changed the running view is asked for what that answer hides. The subnets of
 * a vnet that is about to be removed cannot be listed any more and are missing from both views.
 */
export async function readConfig(http: Http): Promise<Result<LiveConfig, Failure>> {
  const config = await readOnce(http);
  // A vnet that went between the two questions: the second look sees a whole picture again.
  const torn = !config.ok && config.error.kind === "refused" && /does not exist/.test(config.error.detail ?? "");
  return torn ? readOnce(http) : config;
}

async function readOnce(http: Http): Promise<Result<LiveConfig, Failure>> {
  const [zones, vnets, controllers, fabrics] = await Promise.all([
    read(http, "read the zones", "/cluster/sdn/zones", zoneRowsSchema, PENDING),
    read(http, "read the VNets", "/cluster/sdn/vnets", vnetRowsSchema, PENDING),
    read(http, "read the controllers", "/cluster/sdn/controllers", controllerRowsSchema, PENDING),
    read(http, "read the fabrics", "/cluster/sdn/fabrics/all", fabricsSchema, PENDING),
  ]);
  if (!zones.ok) return zones;
  if (!vnets.ok) return vnets;
  if (!controllers.ok) return controllers;
  // Fabrics came with Proxmox VE 9.
  if (!fabrics.ok && fabrics.error.kind !== "unsupported") return fabrics;

  const spelled = await readSpelledAliases(http, vnets.value);
  if (!spelled.ok) return spelled;
  const subnets = await readSubnets(http, vnets.value);
  if (!subnets.ok) return subnets;
  const zoneTypes = await readRunningTypes(http, "zone", zones.value);
  if (!zoneTypes.ok) return zoneTypes;
  const controllerTypes = await readRunningTypes(http, "controller", controllers.value);
  if (!controllerTypes.ok) return controllerTypes;

  const views = [
    ...zones.value.map((row) => toViews("zone", row, { ran: typeIn(zoneTypes.value, row["zone"]) })),
    ...vnets.value.map((row) => toViews("vnet", row, { literal: spelled.value.has(row["vnet"]) ? ["alias"] : [] })),
    ...subnets.value,
  ];
  const fabricRows = fabrics.ok ? fabrics.value : {};
  const others: (readonly [OtherObject, PendingChange | null])[] = [
    ...controllers.value.map((row) =>
      toOther("controller", ["controller"], row, typeIn(controllerTypes.value, row["controller"])),
    ),
    ...(fabricRows.fabrics ?? []).map((row) => toOther("fabric", ["id"], row)),
    ...(fabricRows.nodes ?? []).map((row) => toOther("fabric node", ["fabric_id", "node_id"], row)),
  ];
  return ok({
    entities: present(views.map((view) => view.edited)),
    running: present(views.map((view) => view.running)),
    pending: present([...views.map((view) => view.change), ...others.map(([, change]) => change)]),
    others: others.map(([object]) => object),
  });
}

const typeIn = (types: ReadonlyMap<string, unknown>, id: unknown): { readonly type?: unknown } =>
  types.has(String(id)) ? { type: types.get(String(id)) } : {};

/** VNets whose alias is really the word "deleted". Rarely in doubt, so the plain view is only asked then. */
async function readSpelledAliases(
  http: Http,
  rows: readonly PendingRow[],
): Promise<Result<ReadonlySet<unknown>, Failure>> {
  if (!rows.some(aliasInDoubt)) return ok(new Set());
  const plain = await read(http, "read the VNets", "/cluster/sdn/vnets", vnetRowsSchema);
  if (!plain.ok) return plain;
  return ok(new Set(plain.value.filter((row) => row["alias"] === "deleted").map((row) => row["vnet"])));
}

async function readSubnets(http: Http, vnets: readonly PendingRow[]): Promise<Result<Views[], Failure>> {
  const ids = vnets.filter((row) => row.state !== "deleted").map((row) => String(row["vnet"]));
  const lists = await mapBounded(ids, async (vnet) => {
    const path = `/cluster/sdn/vnets/${encodeURIComponent(vnet)}/subnets`;
    const rows = await read(http, `read the subnets of vnet ${vnet}`, path, subnetRowsSchema, PENDING);
    return { vnet, rows };
  });
  const listed: { readonly vnet: string; readonly rows: readonly PendingRow[] }[] = [];
  for (const { vnet, rows } of lists) {
    if (!rows.ok) return err(rows.error);
    listed.push({ vnet, rows: rows.value });
  }
  const places = await readRunningVnets(http, vnets, listed);
  if (!places.ok) return places;
  const views = new Map<string, Views>();
  for (const { vnet, rows } of listed) {
    for (const row of rows) {
      const id = String(row["subnet"]);
      const place = places.value.get(id);
      const seen = toViews("subnet", row, { parent: vnet, ...(place === undefined ? {} : { ran: { vnet: place } }) });
      // It runs in a vnet that cannot be asked any more: better not shown than shown where it is not.
      const lost = row.state === "changed" && place === undefined;
      views.set(id, lost ? { ...seen, running: null } : seen);
    }
  }
  return ok([...views.values()]);
}

const present = <T>(list: readonly (T | null)[]): T[] => list.filter((item) => item !== null);
