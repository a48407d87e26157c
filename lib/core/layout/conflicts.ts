import { type Network, readCidr } from "@/lib/core/net/cidr";
import { type NetworkIndex, networkIndex } from "@/lib/core/net/network-index";
import { type EntityKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { Layout } from "./model";
import { tagTitle, tagUses } from "./tag-spaces";
import type { Taken } from "./taken";

/** One thing a layout wants that the cluster has given to somebody else. */
export interface Conflict {
  readonly kind: "id" | "tag" | "network";
  /** The object of the layout. */
  readonly at: EntityKey;
  /** A sentence without a full stop that names both sides. */
  readonly message: string;
}

/**
 * What would make a new network meet an old one: ids, tags in the same number space, and networks that overlap. Meant for
 * a layout that nothing of is applied yet; of an applied one, everything would meet itself.
 */
export function conflictsWith(layout: Layout, taken: Taken): Conflict[] {
  return [...idConflicts(layout, taken), ...tagConflicts(layout, taken), ...networkConflicts(layout, taken)];
}

function idConflicts(layout: Layout, taken: Taken): Conflict[] {
  const zones = new Set(taken.zones.map(({ id }) => id));
  const vnets = new Map(taken.vnets.map(({ id, zone }) => [id, zone]));
  const interfaces = new Map(taken.interfaces.map(({ name, node }) => [name, node]));
  return [
    ...layout.zones.flatMap(({ id }): Conflict[] =>
      zones.has(id) ? [{ kind: "id", at: zoneKey(id), message: `Zone ${id} exists already` }] : [],
    ),
    ...layout.vnets.flatMap(({ id }): Conflict[] => {
      const [zone, node] = [vnets.get(id), interfaces.get(id)];
      if (zone !== undefined) {
        return [{ kind: "id", at: vnetKey(id), message: `VNet ${id} exists already, in zone ${zone}` }];
      }
      return node === undefined
        ? []
        : [{ kind: "id", at: vnetKey(id), message: `${id} is the name of an interface of node ${node}` }];
    }),
  ];
}

function tagConflicts(layout: Layout, taken: Taken): Conflict[] {
  const owners = new Map(tagUses(taken).map((use) => [`${use.space} ${use.tag}`, use.owner]));
  return tagUses(layout).flatMap(({ space, tag, key }): Conflict[] => {
    const owner = owners.get(`${space} ${tag}`);
    const word = owner?.startsWith("used by") ? "is" : "is already";
    return owner === undefined ? [] : [{ kind: "tag", at: key, message: `${tagTitle(space, tag)} ${word} ${owner}` }];
  });
}

function networkConflicts(layout: Layout, taken: Taken): Conflict[] {
  const index = takenNetworks(taken);
  // Meant to be a node's own network, as the author wrote with a reason; then it may be a taken one altogether.
  const meant = new Set(
    (layout.exceptions ?? []).flatMap(({ problem, at }) => (problem === "subnet-overlaps-node" ? at : [])),
  );
  return layout.subnets.flatMap(({ vnet, cidr }): Conflict[] => {
    const key = subnetKey(vnet, cidr);
    const held = meant.has(key) ? null : hitOf(index, cidr);
    return held ? [{ kind: "network", at: key, message: `${cidr} overlaps ${held.owner}` }] : [];
  });
}

/** The networks of a cluster, each with its name for a sentence. */
export function takenNetworks(taken: Taken): NetworkIndex<string> {
  const index = networkIndex<string>();
  for (const { cidr, of } of taken.networks) {
    const network: Network | undefined = readCidr(cidr)?.network;
    if (network) index.add(network, `${cidr} ${of}`);
  }
  return index;
}

function hitOf(index: NetworkIndex<string>, cidr: string) {
  const network = readCidr(cidr)?.network;
  return network ? index.hit(network) : null;
}
