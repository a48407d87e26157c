import type { Failure } from "@/lib/core/failure";
import type { NodeNetwork } from "@/lib/core/ports";
import { ok, type Result } from "@/lib/core/result";
import type { Http } from "./http";
import { toInterfaces } from "./node-interfaces";
import { expectData } from "./read";
import { type InterfaceRow, interfacesSchema } from "./wire";

/**
 * The interfaces of one node as rows, and the diff of its waiting edits. With `sdn` the applied VNets are listed too;
 * they come as `active` before the node has brought them up, so that alone proves nothing (PVE::API2::Network).
 */
export async function readInterfaceRows(
  http: Http,
  node: string,
  sdn: boolean,
): Promise<Result<{ readonly rows: readonly InterfaceRow[]; readonly pending: string | null }, Failure>> {
  const what = `read the network of ${node}`;
  const path = `/nodes/${encodeURIComponent(node)}/network`;
  const answer = await http.send({ method: "GET", path, what, ...(sdn ? { params: { type: "include_sdn" } } : {}) });
  if (!answer.ok) {
    // `include_sdn` came later than SDN itself; older releases list VNets among the bridges.
    const older = sdn && answer.error.kind === "rejected";
    return older ? readOlder(http, path, what) : answer;
  }
  const rows = expectData(answer.value, interfacesSchema, what, false);
  return rows.ok ? ok({ rows: rows.value, pending: textOf(answer.value["changes"]) }) : rows;
}

async function readOlder(http: Http, path: string, what: string): ReturnType<typeof readInterfaceRows> {
  const answer = await http.send({ method: "GET", path, what, params: { type: "any_bridge" } });
  if (!answer.ok) return answer;
  const rows = expectData(answer.value, interfacesSchema, what, false);
  return rows.ok ? ok({ rows: rows.value, pending: textOf(answer.value["changes"]) }) : rows;
}

/** Beside `data`: the unified diff of /etc/network/interfaces.new, when somebody left one (PVE::API2::Network). */
const textOf = (changes: unknown): string | null => (typeof changes === "string" && changes !== "" ? changes : null);

/** A node's network as it is now, VNets included. */
export async function readNetwork(http: Http, node: string): Promise<Result<NodeNetwork, Failure>> {
  const read = await readInterfaceRows(http, node, true);
  if (!read.ok) return read;
  return ok({ interfaces: toInterfaces(read.value.rows), pendingInterfaces: read.value.pending });
}
