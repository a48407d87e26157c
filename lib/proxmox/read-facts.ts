import type * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import type { ClusterFacts, ControllerFact, NodeFacts } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import { mapBounded } from "./bounded";
import type { Http } from "./http";
import { toBridges, toInterfaces } from "./node-interfaces";
import { askPrivileges } from "./privileges";
import { read } from "./read";
import { readGuests } from "./read-guests";
import { readIpam } from "./read-ipam";
import { readInterfaceRows } from "./read-network";
import { readPackages } from "./read-packages";
import { clusterStatusSchema, controllerListSchema, ipamListSchema, nodeListSchema, versionSchema } from "./wire";

type Unread = ClusterFacts["unread"][number];

/**
 * What surrounds the SDN configuration. Fails only when the version or the list of nodes cannot be read, for without
 * them nothing can be said; any other part that cannot be read is null and named in `unread` with its reason.
 */
export async function readFacts(
  http: Http,
  { guests: withGuests = true }: { readonly guests?: boolean } = {},
): Promise<Result<ClusterFacts, Failure>> {
  const version = await read(http, "read the version", "/version", versionSchema);
  if (!version.ok) return version;
  const rights = askPrivileges(http);
  const [list, status, guests, ipams, controllers, addresses, privileges] = await Promise.all([
    read(http, "list the nodes", "/nodes", nodeListSchema),
    read(http, "read the cluster status", "/cluster/status", clusterStatusSchema),
    withGuests ? readGuests(http, rights) : null,
    read(http, "list the IPAMs", "/cluster/sdn/ipams", ipamListSchema),
    read(http, "list the controllers", "/cluster/sdn/controllers", controllerListSchema),
    readIpam(http),
    rights,
  ]);
  if (!list.ok) return list;
  const unread: Unread[] = [];
  const orNull = <T>(what: string, result: Result<T, Failure | string>): T | null => {
    if (result.ok) return result.value;
    unread.push({ what, reason: typeof result.error === "string" ? result.error : result.error.message });
    return null;
  };

  const members = orNull("Cluster status", status);
  const cluster = members?.find((row) => row.type === "cluster");
  const byName = new Map((members ?? []).flatMap((row) => (row.type === "node" ? [[row.name, row] as const] : [])));
  const names = list.value.map(({ node, status: state }) => ({
    name: node,
    online: byName.get(node)?.online ?? state === "online",
    address: byName.get(node)?.ip ?? null,
  }));
  const nodes = await mapBounded(names, (node) => readNode(http, node));
  unread.push(...nodes.flatMap(({ reason, facts }) => (reason ? [{ what: `Network of ${facts.name}`, reason }] : [])));

  return ok({
    name: cluster?.name ?? null,
    version: version.value.version,
    // A node on its own has no cluster row and needs no quorum.
    quorate: members === null ? null : (cluster?.quorate ?? true),
    nodes: nodes.map(({ facts }) => facts).sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true })),
    guests: guests && orNull("Guests", guests),
    ipams: orNull("IPAMs", visibleIpams(ipams)),
    controllers: orNull("Controllers", controllers)?.map(toController) ?? null,
    ipam: orNull("IPAM addresses", addresses),
    privileges: orNull("Privileges", privileges),
    unread,
  });
}

/** The built-in `pve` always exists, so an empty list means that the token may not see any. */
function visibleIpams(list: Result<readonly { ipam: string }[], Failure>): Result<readonly string[], Failure | string> {
  if (!list.ok) return list;
  if (list.value.length === 0) return err("The token lacks SDN.Audit on /sdn/ipams, so none is listed.");
  return ok(list.value.map(({ ipam }) => ipam).sort());
}

interface NodeRead {
  readonly facts: NodeFacts;
  readonly reason: string | null;
}

async function readNode(http: Http, node: Pick<NodeFacts, "name" | "online" | "address">): Promise<NodeRead> {
  const blank: NodeFacts = { ...node, bridges: null, interfaces: [], pendingInterfaces: null, packages: null };
  if (!node.online) return { facts: blank, reason: "The node is offline." };
  const [network, packages] = await Promise.all([
    readInterfaceRows(http, node.name, false),
    readPackages(http, node.name),
  ]);
  if (!network.ok) return { facts: { ...blank, packages }, reason: network.error.message };
  const { rows, pending } = network.value;
  const facts = { ...node, bridges: toBridges(rows), interfaces: toInterfaces(rows), pendingInterfaces: pending };
  return { facts: { ...facts, packages }, reason: null };
}

const toController = (row: z.output<typeof controllerListSchema>[number]): ControllerFact => ({
  id: row.controller,
  type: row.type ?? "",
  asn: row.asn ?? null,
  node: row.node ?? null,
  peers: (row.peers ?? "").split(/[,;\s]+/).filter((peer) => peer !== ""),
  fabric: row.fabric ?? null,
});
