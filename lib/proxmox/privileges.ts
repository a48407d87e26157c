import type { Failure } from "@/lib/core/failure";
import { ok, type Result } from "@/lib/core/result";
import type { ClusterAddress } from "./address";
import { mapBounded } from "./bounded";
import { grantCommand, roleFor } from "./grant";
import { createHttp } from "./http";
import { read } from "./read";
import { permissionsSchema } from "./wire";

/** One privilege the token needs, what for, and the command that gives it. */
export interface PrivilegeRow {
  readonly path: string;
  readonly privilege: string;
  readonly purpose: string;
  /** True when the token has it on the path and on everything below. */
  readonly granted: boolean;
  readonly grant: string;
}

const NEEDED = [
  { path: "/sdn", privilege: "SDN.Audit", purpose: "Read zones, VNets and subnets" },
  { path: "/sdn", privilege: "SDN.Allocate", purpose: "Change them, lock and apply" },
  {
    path: "/nodes",
    privilege: "Sys.Audit",
    purpose: "Read the nodes' networks, preview their files and prove the result",
  },
  { path: "/vms", privilege: "VM.Audit", purpose: "See which guests use a network" },
  { path: "/", privilege: "Sys.Audit", purpose: "Read the cluster's name and whether it has quorum" },
] as const;

/**
 * Asks the cluster which of the needed privileges the token has. A token without rights gets empty lists instead of
 * refusals, so this is the only way to tell "nothing there" from "not allowed to look".
 */
export async function readPrivileges(address: ClusterAddress): Promise<Result<readonly PrivilegeRow[], Failure>> {
  const http = createHttp(address);
  const paths = [...new Set(NEEDED.map(({ path }) => path))];
  const answers = await mapBounded(paths, (path) =>
    read(http, "read the token's own rights", "/access/permissions", permissionsSchema, { path }),
  );
  await http.close();
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
      grant: grantCommand(path, address.tokenId, roleFor(privilege)),
    })),
  );
}
