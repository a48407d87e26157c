import type { Failure } from "@/lib/core/failure";
import type { PrivilegeFact } from "@/lib/core/ports";
import { ok, type Result } from "@/lib/core/result";
import type { ClusterAddress } from "./address";
import { mapBounded } from "./bounded";
import { grantCommand } from "./grant";
import { createHttp, type Http } from "./http";
import { read } from "./read";
import { permissionsSchema } from "./wire";

const NEEDED = [
  { path: "/sdn", privilege: "SDN.Audit", purpose: "Read zones, VNets and subnets" },
  { path: "/sdn", privilege: "SDN.Allocate", purpose: "Change them, lock and apply" },
  {
    path: "/nodes",
    privilege: "Sys.Audit",
    purpose: "Read the nodes' networks, preview their files and prove the result",
  },
  { path: "/vms", privilege: "VM.Audit", purpose: "See which guests use a network" },
  { path: "/", privilege: "Sys.Audit", purpose: "Read the cluster's name, whether it has quorum, and its firewall" },
] as const;

/**
 * Asks the cluster which of the needed privileges the token has. A token without rights gets empty lists instead of
 * refusals, so this is the only way to tell "nothing there" from "not allowed to look".
 */
export async function readPrivileges(address: ClusterAddress): Promise<Result<readonly PrivilegeFact[], Failure>> {
  const http = createHttp(address);
  const read = await askPrivileges(http);
  await http.close();
  return read;
}

/** The same over an open connection: one question per path. */
export async function askPrivileges(http: Http): Promise<Result<readonly PrivilegeFact[], Failure>> {
  const paths = [...new Set(NEEDED.map(({ path }) => path))];
  const answers = await mapBounded(paths, (path) =>
    read(http, "read the token's own rights", "/access/permissions", permissionsSchema, { path }),
  );
  const rights = new Map<string, Readonly<Record<string, boolean>>>();
  for (const [index, answer] of answers.entries()) {
    if (!answer.ok) return answer;
    const path = paths[index] ?? "";
    rights.set(path, answer.value[path] ?? {});
  }
  return ok(
    NEEDED.map(({ path, privilege, purpose }) => ({
      path,
      privilege,
      purpose,
      granted: rights.get(path)?.[privilege] ?? false,
      grant: grantCommand(path, http.tokenId, privilege),
    })),
  );
}
