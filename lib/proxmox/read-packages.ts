import type { NodeFacts } from "@/lib/core/ports";
import type { Http } from "./http";
import { read } from "./read";
import { packageListSchema } from "./wire";

/** What an apply needs on a node: to reload at all, for EVPN, for DHCP in simple zones. */
const NEEDED: ReadonlySet<string> = new Set(["ifupdown2", "frr-pythontools", "frr", "dnsmasq", "libpve-network-perl"]);

/**
 * Installed versions of the packages that matter, or null when the node does not tell (Sys.Audit on the node is needed).
 * The node lists a fixed choice of packages, also ones that are not installed (PVE::API2::APT, versions).
 */
export async function readPackages(http: Http, node: string): Promise<NodeFacts["packages"]> {
  const path = `/nodes/${encodeURIComponent(node)}/apt/versions`;
  const list = await read(http, `list the packages of ${node}`, path, packageListSchema);
  if (!list.ok) return null;
  const installed = list.value.flatMap((row) =>
    NEEDED.has(row.Package) && row.OldVersion && (row.CurrentState ?? "Installed") === "Installed"
      ? [[row.Package, row.OldVersion] as const]
      : [],
  );
  return Object.fromEntries(installed);
}
