import type { Failure } from "@/lib/core/failure";
import { err, ok, type Result } from "@/lib/core/result";
import { mapBounded } from "./bounded";
import type { Http } from "./http";
import { read } from "./read";
import { controllerRowsSchema, type PendingRow, subnetRowsSchema, zoneRowsSchema } from "./wire";

/**
 * The merged view shows running values on top, but the edited `type` and `vnet` (PVE::Network::SDN, pending_config): an
 * object that was removed and made anew with another type, or a subnet in another vnet, looks as if it already ran so.
 * Only the running view tells, and it is asked only where something is `changed`.
 */
const RUNNING = { running: 1 };

const changed = (rows: readonly PendingRow[]): readonly PendingRow[] => rows.filter(({ state }) => state === "changed");

/** Running types by id, for the rows of a collection that are changed; a row that does not run is not among them. */
export async function readRunningTypes(
  http: Http,
  kind: "zone" | "controller",
  rows: readonly PendingRow[],
): Promise<Result<ReadonlyMap<string, unknown>, Failure>> {
  const ids = new Set(changed(rows).map((row) => row[kind]));
  if (ids.size === 0) return ok(new Map());
  const schema = kind === "zone" ? zoneRowsSchema : controllerRowsSchema;
  const running = await read(http, `read the running ${kind}s`, `/cluster/sdn/${kind}s`, schema, RUNNING);
  if (!running.ok) return running;
  return ok(new Map(running.value.map((row) => [String(row[kind]), row["type"]])));
}

/**
 * The vnet in which each changed subnet runs, by the subnet's id. Asked first where it is edited, then, for one that was
 * moved, everywhere else. Missing is a subnet whose running vnet is about to be removed: its subnets cannot be listed in
 * any view (PVE::API2::Network::SDN::Subnets looks for the vnet among the edited ones).
 */
export async function readRunningVnets(
  http: Http,
  vnets: readonly PendingRow[],
  subnets: readonly { readonly vnet: string; readonly rows: readonly PendingRow[] }[],
): Promise<Result<ReadonlyMap<string, string>, Failure>> {
  const wanted = new Set(subnets.flatMap(({ rows }) => changed(rows).map((row) => String(row["subnet"]))));
  const found = new Map<string, string>();
  const look = async (ids: readonly string[]): Promise<Failure | null> => {
    const lists = await mapBounded(ids, async (vnet) => {
      const path = `/cluster/sdn/vnets/${encodeURIComponent(vnet)}/subnets`;
      const what = `read the running subnets of vnet ${vnet}`;
      return { vnet, rows: await read(http, what, path, subnetRowsSchema, RUNNING) };
    });
    for (const { vnet, rows } of lists) {
      if (!rows.ok) return rows.error;
      for (const row of rows.value) if (wanted.has(String(row["subnet"]))) found.set(String(row["subnet"]), vnet);
    }
    return null;
  };

  const near = new Set(subnets.flatMap(({ vnet, rows }) => (changed(rows).length > 0 ? [vnet] : [])));
  // Nothing runs in a new vnet, and one that goes cannot be asked.
  const asked = vnets.flatMap(({ state, vnet }) => (state === "new" || state === "deleted" ? [] : [String(vnet)]));
  const first = await look(asked.filter((vnet) => near.has(vnet)));
  if (first) return err(first);
  if (found.size === wanted.size) return ok(found);
  const second = await look(asked.filter((vnet) => !near.has(vnet)));
  return second ? err(second) : ok(found);
}
