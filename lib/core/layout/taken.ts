import { readCidr } from "@/lib/core/net/cidr";
import { subnetKey } from "@/lib/core/plan/entity";
import type { ClusterFacts, LiveConfig } from "@/lib/core/ports";
import { nodeNetworks } from "@/lib/core/validate/node-networks";

export interface TakenZone {
  readonly id: string;
  /** As Proxmox calls it; may be one that a layout does not know. */
  readonly type: string;
  readonly bridge?: string | undefined;
  readonly tag?: number | undefined;
  readonly "vrf-vxlan"?: number | undefined;
}

export interface TakenVnet {
  readonly id: string;
  readonly zone: string;
  readonly tag?: number | undefined;
}

/**
 * What a cluster has already and a new network must stay clear of, as plain JSON. Pending edits count as well as what is
 * applied, so a VNet whose tag is being changed is listed with both tags.
 */
export interface Taken {
  readonly zones: readonly TakenZone[];
  readonly vnets: readonly TakenVnet[];
  /** `of` is the owner within a sentence: "10.0.0.0/24 of VNet lab". */
  readonly networks: readonly { readonly cidr: string; readonly of: string }[];
  /** Interfaces of the nodes whose names could be ids. */
  readonly interfaces: readonly { readonly name: string; readonly node: string }[];
}

/** Reads off a cluster what is taken in it. */
export function takenBy(config: LiveConfig, facts: ClusterFacts): Taken {
  const entities = [...config.entities, ...config.running];
  const ofKind = (kind: string) => entities.filter((entity) => entity.kind === kind);
  const zones = ofKind("zone").map(({ id, props }): TakenZone => {
    const [bridge, tag, vrf] = [text(props["bridge"]), number(props["tag"]), number(props["vrf-vxlan"])];
    return {
      id,
      type: text(props["type"]) ?? "",
      ...(bridge === undefined ? {} : { bridge }),
      ...(tag === undefined ? {} : { tag }),
      ...(vrf === undefined ? {} : { "vrf-vxlan": vrf }),
    };
  });
  const vnets = ofKind("vnet").map(({ id, props }): TakenVnet => {
    const tag = number(props["tag"]);
    return { id, zone: text(props["zone"]) ?? "", ...(tag === undefined ? {} : { tag }) };
  });
  const names = new Set(vnets.map(({ id }) => id));
  const subnets = ofKind("subnet").flatMap(({ key, props }) => {
    const vnet = text(props["vnet"]) ?? "";
    const cidr = key.slice(subnetKey(vnet, "").length);
    return readCidr(cidr) ? [{ cidr, of: `of VNet ${vnet}` }] : [];
  });
  const ofNodes = nodeNetworks(facts, names).map(({ text: address, node, face }) => ({
    cidr: address,
    of: `of node ${node} (${face})`,
  }));
  return {
    zones: distinct(zones),
    vnets: distinct(vnets),
    networks: distinct([...subnets, ...ofNodes]),
    interfaces: facts.nodes.flatMap((node) =>
      node.interfaces.flatMap(({ name }) =>
        /^[a-zA-Z][a-zA-Z0-9]{1,7}$/.test(name) && !names.has(name) ? [{ name, node: node.name }] : [],
      ),
    ),
  };
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** Most objects are the same in both views. */
const distinct = <T>(list: readonly T[]): T[] => [
  ...new Map(list.map((item) => [JSON.stringify(item), item])).values(),
];
