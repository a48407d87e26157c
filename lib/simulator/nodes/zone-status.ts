import type { Cluster, NodeState } from "@/lib/simulator/cluster/cluster";
import { zoneCoversNode } from "@/lib/simulator/nodes/generated-interfaces";
import { bridgeOf } from "@/lib/simulator/nodes/stanzas";
import type { SceneNode } from "@/lib/simulator/scenes/scene";
import { committed } from "@/lib/simulator/sdn/sdn-config";
import { option, type Section } from "@/lib/simulator/sdn/section";

type Health = "available" | "pending" | "error";

/** How one vnet does on a node. */
export interface VnetHealth {
  readonly vnet: string;
  readonly zone: string;
  readonly status: Health;
  readonly statusmsg: string | null;
}

/** How a node does. */
export interface NodeHealth {
  readonly zones: ReadonlyMap<string, Health>;
  readonly vnets: readonly VnetHealth[];
}

/** A running vnet with its zone. */
interface PlacedVnet {
  readonly id: string;
  readonly vnet: Section;
  readonly zoneId: string;
  readonly zone: Section;
}

/** Interface → stanza. */
type Stanzas = ReadonlyMap<string, string>;

/** Whether an interface of the node's file is up as the file wants it. */
function interfaceProblem(state: NodeState, stanzas: Stanzas, name: string): string | undefined {
  const wanted = stanzas.get(name);
  if (wanted === undefined) return `missing ${name}`;
  return state.up.get(name) === wanted ? undefined : `error ${name}`;
}

function vlanProblems(
  node: SceneNode,
  id: string,
  vnet: Section,
  zone: Section,
): { missing?: string; names: string[] } {
  const name = option(zone, "bridge");
  const bridge = bridgeOf(node, name);
  if (bridge === undefined) return { missing: `missing ${name}`, names: [] };
  const extra = bridge.bridge_vlan_aware === 1 ? [] : [`ln_${id}`, `pr_${id}`, `${name}v${option(vnet, "tag")}`];
  return { names: [id, ...extra] };
}

function wantedInterfaces(
  node: SceneNode,
  id: string,
  vnet: Section,
  zoneId: string,
  zone: Section,
): { missing?: string; names: string[] } {
  switch (option(zone, "type")) {
    case "vlan":
      return vlanProblems(node, id, vnet, zone);
    case "qinq": {
      const name = option(zone, "bridge");
      if (bridgeOf(node, name) === undefined) return { missing: `missing ${name}`, names: [] };
      return { names: [id, `z_${zoneId}`] };
    }
    case "vxlan":
      return { names: [id, `vxlan_${id}`] };
    case "evpn":
      return { names: [id, `vxlan_${id}`, `vrf_${zoneId}`, `vrfbr_${zoneId}`, `vrfvx_${zoneId}`] };
    default:
      return { names: [] };
  }
}

/** A simple zone's vnet counts as available as soon as the file knows it, up or not. */
function vnetProblems(
  state: NodeState,
  stanzas: Stanzas,
  wanted: { missing?: string; names: string[] },
  id: string,
): readonly string[] {
  if (wanted.missing !== undefined) return [wanted.missing];
  if (wanted.names.length === 0) return stanzas.has(id) ? [] : [`missing ${id}`];
  return wanted.names.map((name) => interfaceProblem(state, stanzas, name)).filter((problem) => problem !== undefined);
}

function stanzasOf(file: string): Stanzas {
  const parts = file.split("\n\n").slice(1);
  return new Map(parts.map((part) => [/^auto (\S+)/.exec(part)?.[1] ?? "", part.endsWith("\n") ? part : `${part}\n`]));
}

function staleness(cluster: Cluster, state: NodeState): string | undefined {
  if (state.interfacesFile === undefined) return "local sdn network configuration is not yet generated, please reload";
  const version = Number(/^#version:(\d+)/.exec(state.interfacesFile)?.[1] ?? 0);
  return version < (cluster.running?.version ?? 0)
    ? "local sdn network configuration is too old, please reload"
    : undefined;
}

/** Problems of one vnet on a node whose file is up to date. */
function vnetHealth(node: SceneNode, state: NodeState, stanzas: Stanzas, one: PlacedVnet): VnetHealth {
  const wanted = wantedInterfaces(node, one.id, one.vnet, one.zoneId, one.zone);
  const problems = vnetProblems(state, stanzas, wanted, one.id);
  return problems.length > 0
    ? { vnet: one.id, zone: one.zoneId, status: "error", statusmsg: problems.join(",") }
    : { vnet: one.id, zone: one.zoneId, status: "available", statusmsg: null };
}

/** The running vnets a node should have, in ASCII order. */
function placedVnets(cluster: Cluster, node: SceneNode): readonly PlacedVnet[] {
  const zones = committed(cluster.running, "zones");
  const vnets = committed(cluster.running, "vnets");
  return [...vnets.keys()].sort().flatMap((id) => {
    const vnet = vnets.get(id);
    const zoneId = option(vnet ?? undefined, "zone");
    const zone = zones.get(zoneId);
    return vnet && zone && zoneCoversNode(zone, node.name) ? [{ id, vnet, zoneId, zone }] : [];
  });
}

/** The health of every vnet the node should have, and of the zones, by what runs; both in ASCII order. */
export function nodeHealth(cluster: Cluster, node: SceneNode): NodeHealth {
  const state = cluster.nodeState(node.name);
  const stale = staleness(cluster, state);
  const stanzas = stanzasOf(state.interfacesFile ?? "");
  const zones = new Map<string, Health>();
  const running = committed(cluster.running, "zones");
  for (const id of [...running.keys()].sort()) {
    const zone = running.get(id);
    if (zone && zoneCoversNode(zone, node.name)) zones.set(id, stale === undefined ? "available" : "pending");
  }
  const vnets = placedVnets(cluster, node).map((one): VnetHealth => {
    if (stale !== undefined) return { vnet: one.id, zone: one.zoneId, status: "pending", statusmsg: stale };
    return vnetHealth(node, state, stanzas, one);
  });
  for (const one of vnets) if (one.status === "error") zones.set(one.zone, "error");
  return { zones, vnets };
}
