import type { Failure } from "@/lib/core/failure";
import type { Cluster, IpamAddress, LockToken } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import type { ClusterAddress } from "./address";
import type { Params } from "./form";
import { grantCommand } from "./grant";
import { type Call, createHttp, type Http } from "./http";
import { read, write } from "./read";
import { readConfig } from "./read-config";
import { readFacts } from "./read-facts";
import { readFirewalls } from "./read-firewall";
import { readNetwork } from "./read-network";
import { readSnapshot } from "./read-snapshot";
import { readReloadTasks, readTask, readTaskLog, readZoneStatus } from "./reload-state";
import { dryRunSchema, lockTokenSchema, upidSchema } from "./wire";
import { writeStep } from "./write-step";

const SDN = "/cluster/sdn";

const withToken = (token: LockToken | null): Params => (token === null ? {} : { "lock-token": token });

/**
 * A Proxmox cluster spoken to over its API, as the core wants it. Connections are opened when first needed; `close`
 * lets go of those kept open. No method throws, none repeats a write, and no failure ever holds the token's secret.
 */
export function createCluster(address: ClusterAddress): Cluster & { close(): Promise<void> } {
  const http = createHttp(address);
  return {
    readConfig: () => readConfig(http),
    readFacts: (options) => readFacts(http, options),
    readSnapshot: () => readSnapshot(http),
    readNetwork: (node) => readNetwork(http, node),
    readFirewalls: (nodes) => readFirewalls(http, nodes),
    lock: ({ allowPending }) => lock(http, allowPending),
    unlock: (token, options) => unlock(http, token, options?.force ?? false),
    write: (step, token) => writeStep(http, step, token),
    releaseAddress: async (address) => done(await http.send(addressCall("DELETE", address))),
    reserveAddress: async (address) => done(await http.send(addressCall("POST", address))),
    dryRun: async (node) => {
      const diff = await read(http, `compare the files of ${node}`, `${SDN}/dry-run`, dryRunSchema, { node });
      if (!diff.ok) return diff;
      return ok({ interfaces: diff.value["interfaces-diff"] ?? null, frr: diff.value["frr-diff"] ?? null });
    },
    // Without `release-lock` the lock is kept: the documented default is not applied (pve-network 1.3.0).
    commit: (token) =>
      write(http, { method: "PUT", path: SDN, params: withToken(token), what: "commit the changes" }, upidSchema),
    rollback: async (token) =>
      done(await http.send({ method: "POST", path: `${SDN}/rollback`, params: withToken(token), what: "roll back" })),
    reloadNode: (node) => reloadNode(http, node, address.tokenId),
    readTask: (upid) => readTask(http, upid),
    readTaskLog: (upid) => readTaskLog(http, upid),
    readReloadTasks: (node, sinceSeconds, type) => readReloadTasks(http, node, sinceSeconds, type),
    readZoneStatus: (node, zones) => readZoneStatus(http, node, zones),
    close: () => http.close(),
  };
}

/** An address of the built-in IPAM; `zone` is only used for the check of rights (PVE::API2::Network::SDN::Ips). */
function addressCall(method: "POST" | "DELETE", { zone, vnet, ip, mac }: IpamAddress): Call {
  return {
    method,
    path: `${SDN}/vnets/${encodeURIComponent(vnet)}/ips`,
    params: { zone, ip, ...(mac === null ? {} : { mac }) },
    what: `${method === "POST" ? "reserve" : "release"} address ${ip} of vnet ${vnet}`,
  };
}

/** What the cluster-wide reload does on each node. Releases before 9.0 do not know `regenerate-frr` and do it anyway. */
async function reloadNode(http: Http, node: string, tokenId: string): Promise<Result<string, Failure>> {
  const call: Call = {
    method: "PUT",
    path: `/nodes/${encodeURIComponent(node)}/network`,
    params: { "regenerate-frr": true },
    what: `reload the network of ${node}`,
  };
  const task = await write(http, call, upidSchema);
  // Refused by the schema: nothing has happened, so asking again is safe.
  const again =
    !task.ok && task.error.kind === "rejected" ? await write(http, { ...call, params: {} }, upidSchema) : task;
  if (again.ok || again.error.kind !== "forbidden") return again;
  // Of the predefined roles only Administrator has Sys.Modify (PVE::AccessControl), which is far more than is needed.
  const grant = grantCommand(`/nodes/${node}`, tokenId, "NodeReload");
  const next = `The token needs Sys.Modify on /nodes/${node}. Run on a node: pveum role add NodeReload --privs Sys.Modify; ${grant}`;
  return err({ ...again.error, next: `${next}.` });
}

/** Takes the lock. Proxmox VE 8 has none: 501, and the caller goes on with a reduced guarantee. */
async function lock(http: Http, allowPending: boolean): Promise<Result<LockToken | null, Failure>> {
  const params: Params = allowPending ? { "allow-pending": true } : {};
  const token = await write(
    http,
    { method: "POST", path: `${SDN}/lock`, params, what: "lock the SDN configuration" },
    lockTokenSchema,
  );
  if (token.ok) return token;
  if (token.error.kind === "unsupported") return ok(null);
  // Whoever holds it will let go of it some time.
  return err(token.error.kind === "locked" ? { ...token.error, retry: true } : token.error);
}

async function unlock(http: Http, token: LockToken | null, force: boolean): Promise<Result<void, Failure>> {
  if (token === null && !force) return ok(undefined);
  const params: Params = { ...withToken(token), ...(force ? { force: true } : {}) };
  const released = await http.send({ method: "DELETE", path: `${SDN}/lock`, params, what: "release the lock" });
  return !released.ok && released.error.kind === "unsupported" ? ok(undefined) : done(released);
}

const done = (result: Result<unknown, Failure>): Result<void, Failure> => (result.ok ? ok(undefined) : result);
