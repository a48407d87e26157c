import type { ClusterFacts, GuestNic } from "@/lib/core/ports";
import type { RunningNetworks } from "./running";

export type ElementKind = "node" | "bridge" | "zone" | "vnet" | "guest" | "guests";

/** `ok` · `stopped` for guests that are off · `offline` · `error` in Proxmox's own words · `unknown` where nothing could be read. */
export type ElementState = "ok" | "stopped" | "offline" | "error" | "unknown";

/** One thing of the picture. Columns: 0 nodes, 1 bridges, 2 VNets (or the zone that stands for many), 3 guests. */
export interface TopologyElement {
  readonly id: string;
  readonly kind: ElementKind;
  readonly column: 0 | 1 | 2 | 3;
  readonly label: string;
  /** The second line: tag, count, address. */
  readonly note: string;
  readonly state: ElementState;
  /** Further facts for the side list, each a name and a value. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** The VNet or zone in a layout that this is; null where it has none. */
  readonly key: string | null;
  /** What is looked through for a search, in lower case. */
  readonly words: string;
}

export interface TopologyGraph {
  readonly elements: readonly TopologyElement[];
  readonly links: readonly (readonly [from: string, to: string])[];
}

export interface GraphOptions {
  /** Groups that are drawn one by one: `zone/<id>` for its VNets, `guests/<vnet>` for its guests. */
  readonly expanded: ReadonlySet<string>;
}

/** More in one column than this is grouped, until somebody opens a group. */
export const MOST = { vnets: 40, guests: 60 } as const;

/**
 * The picture of what runs: nodes, their bridges, the VNets on them and the guests on those. A VNet is one element with a
 * line to the bridge it uses on each node, or to the node itself where its zone makes bridges of its own. Many VNets are
 * one element per zone, many guests one per VNet.
 */
export function topologyGraph(
  running: RunningNetworks,
  facts: Pick<ClusterFacts, "nodes" | "guests">,
  { expanded }: GraphOptions,
): TopologyGraph {
  const elements: TopologyElement[] = [];
  const links = new Map<string, readonly [string, string]>();
  const link = (from: string, to: string) => links.set(`${from}\n${to}`, [from, to]);
  const add = (element: Omit<TopologyElement, "words">) => {
    const words = [element.label, element.note, ...element.facts.map(([, value]) => value)].join("\n").toLowerCase();
    elements.push({ ...element, words });
  };

  for (const node of facts.nodes) {
    const zones = running.status[node.name] ?? null;
    const bad = zones?.filter(({ status }) => status !== "available") ?? [];
    add({
      id: `node/${node.name}`,
      kind: "node",
      column: 0,
      label: node.name,
      note: node.online
        ? bad.length > 0
          ? `${bad.length} zone${bad.length === 1 ? "" : "s"} not available`
          : "online"
        : "offline",
      state: !node.online
        ? "offline"
        : zones === null
          ? "unknown"
          : bad.some(({ status }) => status === "error")
            ? "error"
            : "ok",
      facts: [
        ...(node.address ? [["Address", node.address] as const] : []),
        ...(zones ?? []).map(({ zone, status }) => [`Zone ${zone}`, status] as const),
        ...(zones === null && node.online ? [["Zones", "could not be read"] as const] : []),
      ],
      key: null,
    });
    for (const bridge of node.bridges ?? []) {
      add({
        id: `bridge/${node.name}/${bridge.name}`,
        kind: "bridge",
        column: 1,
        label: bridge.name,
        note: bridge.vlanAware ? "VLAN aware" : "",
        state: !node.online ? "offline" : bridge.active ? "ok" : "error",
        facts: [
          ["Node", node.name],
          ["Ports", bridge.ports.join(", ") || "none"],
          ...(bridge.addresses.length > 0 ? [["Addresses", bridge.addresses.join(", ")] as const] : []),
          ...(bridge.mtu === null ? [] : [["MTU", String(bridge.mtu)] as const]),
        ],
        key: null,
      });
      link(`node/${node.name}`, `bridge/${node.name}/${bridge.name}`);
    }
  }

  const guests = new Map<string, GuestNic[]>();
  for (const nic of facts.guests ?? []) {
    const list = guests.get(nic.bridge);
    if (list) list.push(nic);
    else guests.set(nic.bridge, [nic]);
  }
  const zones = new Map(running.zones.map((zone) => [zone.id, zone]));
  const manyVnets = running.vnets.length > MOST.vnets;
  const nics = running.vnets.reduce((sum, { id }) => sum + (guests.get(id)?.length ?? 0), 0);
  const grouped = new Set<string>();

  for (const zone of running.zones) {
    const inside = running.vnets.filter((vnet) => vnet.zone === zone.id);
    if (!manyVnets || expanded.has(`zone/${zone.id}`) || inside.length < 2) continue;
    grouped.add(zone.id);
    const attached = inside.reduce((sum, { id }) => sum + (guests.get(id)?.length ?? 0), 0);
    const state = zoneState(zone.id, running.status);
    add({
      id: `zone/${zone.id}`,
      kind: "zone",
      column: 2,
      label: zone.id,
      note: `${inside.length} VNets`,
      state,
      facts: [
        ["Type", zone.type],
        ["VNets", String(inside.length)],
        ["Guest interfaces", String(attached)],
        ...statusFacts(zone.id, running.status),
      ],
      key: `zone/${zone.id}`,
    });
    joinToNodes(`zone/${zone.id}`, zone, facts, link);
  }

  for (const vnet of running.vnets) {
    const zone = zones.get(vnet.zone);
    if (!zone || grouped.has(zone.id)) continue;
    const own = guests.get(vnet.id) ?? [];
    add({
      id: `vnet/${vnet.id}`,
      kind: "vnet",
      column: 2,
      label: vnet.id,
      note: vnet.tag === null ? zone.type : `tag ${vnet.tag}`,
      state: vnetState(vnet.id, zone.id, running.status),
      facts: [
        ["Zone", `${zone.id} (${zone.type})`],
        ...(vnet.alias ? [["Alias", vnet.alias] as const] : []),
        ["Guest interfaces", facts.guests === null ? "could not be read" : String(own.length)],
        ...vnetFacts(vnet.id, zone.id, running.status),
      ],
      key: `vnet/${vnet.id}`,
    });
    joinToNodes(`vnet/${vnet.id}`, zone, facts, link);
    if (own.length === 0) continue;
    if (nics > MOST.guests && !expanded.has(`guests/${vnet.id}`)) {
      const on = own.filter(({ running: up }) => up).length;
      add({
        id: `guests/${vnet.id}`,
        kind: "guests",
        column: 3,
        label: `${own.length} interfaces`,
        note: `${on} running`,
        state: on > 0 ? "ok" : "stopped",
        facts: own.slice(0, 40).map((nic) => [guestName(nic), nic.node] as const),
        key: `vnet/${vnet.id}`,
      });
      link(`vnet/${vnet.id}`, `guests/${vnet.id}`);
      continue;
    }
    for (const nic of own) {
      const id = `guest/${nic.vmid}/${nic.nic}`;
      add({
        id,
        kind: "guest",
        column: 3,
        label: nic.name || String(nic.vmid),
        note: `${nic.vmid} ${nic.nic} on ${nic.node}`,
        state: nic.running ? "ok" : "stopped",
        facts: [
          ["Guest", guestName(nic)],
          ["Node", nic.node],
          ["State", nic.template ? "template" : nic.running ? "running" : "stopped"],
          ["MAC", nic.mac ?? "none"],
          ...(nic.tag === null ? [] : [["Tag of its own", String(nic.tag)] as const]),
        ],
        key: `vnet/${vnet.id}`,
      });
      link(`vnet/${vnet.id}`, id);
    }
  }
  return { elements, links: [...links.values()] };
}

const guestName = (nic: GuestNic): string => `${nic.type === "qemu" ? "VM" : "CT"} ${nic.vmid} ${nic.name}, ${nic.nic}`;

type Zone = RunningNetworks["zones"][number];

/** Lines to the zone's bridge on each of its nodes, or to the node where the bridge is missing or the zone needs none. */
function joinToNodes(
  id: string,
  zone: Zone,
  facts: Pick<ClusterFacts, "nodes">,
  link: (from: string, to: string) => void,
): void {
  for (const node of facts.nodes) {
    if (zone.nodes !== null && zone.nodes.length > 0 && !zone.nodes.includes(node.name)) continue;
    const bridge = zone.bridge !== null && node.bridges?.some(({ name }) => name === zone.bridge);
    link(bridge ? `bridge/${node.name}/${zone.bridge}` : `node/${node.name}`, id);
  }
}

function zoneState(zone: string, status: RunningNetworks["status"]): ElementState {
  const words = Object.values(status).flatMap((list) => list?.filter((each) => each.zone === zone) ?? []);
  if (words.length === 0) return "unknown";
  return words.some((each) => each.status === "error") ? "error" : "ok";
}

function vnetState(vnet: string, zone: string, status: RunningNetworks["status"]): ElementState {
  const own = Object.values(status).flatMap(
    (list) => list?.find((each) => each.zone === zone)?.vnets?.filter((each) => each.vnet === vnet) ?? [],
  );
  if (own.length === 0) return zoneState(zone, status);
  return own.some((each) => each.status === "error") ? "error" : "ok";
}

/** The zone's status node by node, verbatim. */
const statusFacts = (zone: string, status: RunningNetworks["status"]) =>
  Object.entries(status).flatMap(([node, list]) => {
    const own = list?.find((each) => each.zone === zone);
    return own ? [[`On ${node}`, own.status] as const] : [];
  });

const vnetFacts = (vnet: string, zone: string, status: RunningNetworks["status"]) =>
  Object.entries(status).flatMap(([node, list]) => {
    const own = list?.find((each) => each.zone === zone);
    const mine = own?.vnets?.find((each) => each.vnet === vnet);
    const words = mine ? [mine.status, mine.message].filter(Boolean).join(": ") : own?.status;
    return words ? [[`On ${node}`, words] as const] : [];
  });

/** Everything on a line through these elements: up to the nodes and down to the guests. */
export function pathsThrough({ links }: TopologyGraph, ids: Iterable<string>): ReadonlySet<string> {
  const down = new Map<string, string[]>();
  const up = new Map<string, string[]>();
  for (const [from, to] of links) {
    down.set(from, [...(down.get(from) ?? []), to]);
    up.set(to, [...(up.get(to) ?? []), from]);
  }
  const found = new Set<string>();
  const walk = (id: string, next: ReadonlyMap<string, readonly string[]>) => {
    const open = [id];
    const seen = new Set<string>();
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      found.add(at);
      open.push(...(next.get(at) ?? []));
    }
  };
  for (const id of ids) {
    walk(id, down);
    walk(id, up);
  }
  return found;
}

/** Elements that hold every word of a text: a tag, a name, a VMID, a MAC. Null when nothing is looked for. */
export function elementsFound({ elements }: TopologyGraph, text: string): readonly string[] | null {
  const words = text.trim().toLowerCase().replace(/^#/, "").split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return elements.filter((each) => words.every((word) => each.words.includes(word))).map(({ id }) => id);
}
