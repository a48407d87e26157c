import { evpnStanzas } from "@/lib/simulator/nodes/evpn-stanzas";
import { qinqStanzas } from "@/lib/simulator/nodes/qinq-stanzas";
import { simpleStanzas } from "@/lib/simulator/nodes/simple-stanzas";
import type { VnetOnNode, ZoneStanzas } from "@/lib/simulator/nodes/stanzas";
import { Stanzas } from "@/lib/simulator/nodes/stanzas";
import { vlanStanzas } from "@/lib/simulator/nodes/vlan-stanzas";
import { vxlanStanzas } from "@/lib/simulator/nodes/vxlan-stanzas";
import type { SceneNode } from "@/lib/simulator/scenes/scene";
import { splitList } from "@/lib/simulator/schema/formats";
import type { Sections } from "@/lib/simulator/sdn/indexed-sections";
import { option, type Section } from "@/lib/simulator/sdn/section";

const byType: Readonly<Record<string, ZoneStanzas>> = {
  simple: simpleStanzas,
  vlan: vlanStanzas,
  qinq: qinqStanzas,
  vxlan: vxlanStanzas,
  evpn: evpnStanzas,
};

/** What a node's file is made from. */
export interface InterfaceSource {
  readonly zones: Sections;
  readonly vnets: Sections;
  readonly subnets: Sections;
}

/** A node's `interfaces.d/sdn` without its version line, and what could not be done there. */
export interface GeneratedInterfaces {
  /** Interface → its stanza, in order of the names. */
  readonly stanzas: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

/** True when the zone is meant for the node: it lists no nodes, or this one among them. */
export function zoneCoversNode(zone: Section, node: string): boolean {
  const nodes = option(zone, "nodes");
  return nodes === "" || splitList(nodes).includes(node);
}

function subnetsByVnet(subnets: Sections): ReadonlyMap<string, readonly (readonly [string, Section])[]> {
  const map = new Map<string, (readonly [string, Section])[]>();
  for (const id of [...subnets.keys()].sort()) {
    const subnet = subnets.get(id);
    if (subnet === null || subnet === undefined) continue;
    const vnet = option(subnet, "vnet");
    const list = map.get(vnet) ?? [];
    list.push([id, subnet]);
    map.set(vnet, list);
  }
  return map;
}

/** Generates what one node gets. */
export function generateInterfaces(node: SceneNode, source: InterfaceSource): GeneratedInterfaces {
  const stanzas = new Stanzas();
  const warnings: string[] = [];
  const subnets = subnetsByVnet(source.subnets);
  for (const id of [...source.vnets.keys()].sort()) {
    const vnet = source.vnets.get(id);
    const zoneId = option(vnet ?? undefined, "zone");
    const zone = source.zones.get(zoneId);
    if (!vnet || !zone || !zoneCoversNode(zone, node.name)) continue;
    const one: VnetOnNode = { id, vnet, zoneId, zone, node, subnets: subnets.get(id) ?? [] };
    const warning = byType[option(zone, "type")]?.(one, stanzas);
    if (warning !== undefined) warnings.push(`zone ${zoneId} : vnet ${id} : ${warning}`);
  }
  return { stanzas: stanzas.sorted(), warnings };
}

/** The file's text: the version line, then the stanzas with an empty line before each. */
export function interfacesFile(version: number, stanzas: ReadonlyMap<string, string>): string {
  return [`#version:${version}\n`, ...stanzas.values()].join("\n");
}
