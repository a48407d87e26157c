import { plural } from "@/lib/core/plural";
import type { Bridge, ClusterFacts, GuestNic, NodeFacts, ZoneStatus } from "@/lib/core/ports";
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

type Drawn = Omit<TopologyElement, "words">;
type Fact = TopologyElement["facts"][number];
type Link = TopologyGraph["links"][number];
type Status = RunningNetworks["status"];
type Vnet = RunningNetworks["vnets"][number];
type Zone = RunningNetworks["zones"][number];

/**
 * The picture of what runs: nodes, their bridges, the VNets on them and the guests on those. A VNet is one element with a
 * line to the bridge it uses on each node, or to the node itself where its zone makes bridges of its own. Many VNets are
 * one element per zone, many guests one per VNet.
 */
export function topologyGraph(
  { zones, vnets, status }: RunningNetworks,
  { nodes, guests }: Pick<ClusterFacts, "nodes" | "guests">,
  { expanded }: GraphOptions,
): TopologyGraph {
  const elements: TopologyElement[] = [];
  const links = new Map<string, Link>();
  const draw = (element: Drawn, parents: readonly string[]) => {
    const words = [element.label, element.note, ...element.facts.map(([, value]) => value)].join("\n").toLowerCase();
    elements.push({ ...element, words });
    for (const parent of parents) links.set(`${parent}\n${element.id}`, [parent, element.id]);
  };
  const inZone = gather(vnets.map((vnet) => [vnet.zone, vnet]));
  const onBridge = gather((guests ?? []).map((nic) => [nic.bridge, nic]));
  const nicsOn = (vnet: Vnet) => onBridge.get(vnet.id) ?? [];
  const attached = (some: readonly Vnet[]) => some.reduce((sum, vnet) => sum + nicsOn(vnet).length, 0);
  const manyNics = attached(vnets) > MOST.guests;
  const isClosed = (zone: string) =>
    vnets.length > MOST.vnets && !expanded.has(`zone/${zone}`) && (inZone.get(zone) ?? []).length > 1;

  for (const node of nodes) {
    const own = nodeElement(node, status[node.name] ?? null);
    draw(own, []);
    for (const element of bridgeElements(node)) draw(element, [own.id]);
  }
  for (const zone of zones.filter(({ id }) => isClosed(id))) {
    const inside = inZone.get(zone.id) ?? [];
    draw(zoneElement(zone, inside.length, guests && attached(inside), status), carriersOf(zone, nodes));
  }
  const zoneOf = new Map(zones.map((zone) => [zone.id, zone]));
  for (const vnet of vnets.filter((each) => !isClosed(each.zone))) {
    const zone = zoneOf.get(vnet.zone);
    if (!zone) continue;
    const nics = nicsOn(vnet);
    draw(vnetElement(vnet, zone, guests && nics.length, status), carriersOf(zone, nodes));
    const together = manyNics && !expanded.has(`guests/${vnet.id}`);
    for (const element of guestElements(vnet.id, nics, together)) draw(element, [`vnet/${vnet.id}`]);
  }
  return { elements, links: [...links.values()] };
}

function nodeElement({ name, online, address }: NodeFacts, zones: readonly ZoneStatus[] | null): Drawn {
  const bad = (zones ?? []).filter(({ status }) => status !== "available").length;
  const note = bad === 0 ? "online" : `${plural(bad, "zone")} not available`;
  return {
    id: `node/${name}`,
    kind: "node",
    column: 0,
    label: name,
    note: online ? note : "offline",
    state: online ? (zones ? worstOf(zones) : "unknown") : "offline",
    facts: [
      ...fact("Address", address || null),
      ...(zones ?? []).map(({ zone, status }): Fact => [`Zone ${zone}`, status]),
      ...fact("Zones", zones === null && online ? "could not be read" : null),
    ],
    key: null,
  };
}

const bridgeElements = (node: NodeFacts): Drawn[] => (node.bridges ?? []).map((bridge) => bridgeElement(bridge, node));

const bridgeElement = ({ name, vlanAware, active, ports, addresses, mtu }: Bridge, node: NodeFacts): Drawn => ({
  id: `bridge/${node.name}/${name}`,
  kind: "bridge",
  column: 1,
  label: name,
  note: vlanAware ? "VLAN aware" : "",
  state: node.online ? (active ? "ok" : "error") : "offline",
  facts: [
    ["Node", node.name],
    ["Ports", ports.join(", ") || "none"],
    ...fact("Addresses", addresses.length > 0 ? addresses.join(", ") : null),
    ...fact("MTU", mtu),
  ],
  key: null,
});

const guestFact = (nics: number | null): Fact => ["Guest interfaces", String(nics ?? "could not be read")];

/** A zone that stands for its VNets. */
const zoneElement = ({ id, type }: Zone, vnets: number, nics: number | null, status: Status): Drawn => ({
  id: `zone/${id}`,
  kind: "zone",
  column: 2,
  label: id,
  note: `${vnets} VNets`,
  state: zoneState(id, status),
  facts: [["Type", type], ["VNets", String(vnets)], guestFact(nics), ...statusFacts(id, status)],
  key: `zone/${id}`,
});

const vnetElement = ({ id, tag, alias }: Vnet, zone: Zone, nics: number | null, status: Status): Drawn => ({
  id: `vnet/${id}`,
  kind: "vnet",
  column: 2,
  label: id,
  note: tag === null ? zone.type : `tag ${tag}`,
  state: vnetState(id, zone.id, status),
  facts: [
    ["Zone", `${zone.id} (${zone.type})`],
    ...fact("Alias", alias || null),
    guestFact(nics),
    ...vnetFacts(id, zone.id, status),
  ],
  key: `vnet/${id}`,
});

/** The guests on a VNet, as one element or one by one. */
function guestElements(vnet: string, nics: readonly GuestNic[], together: boolean): Drawn[] {
  if (!together || nics.length === 0) return nics.map((nic) => guestElement(vnet, nic));
  const on = nics.filter(({ running }) => running).length;
  return [
    {
      id: `guests/${vnet}`,
      kind: "guests",
      column: 3,
      label: `${nics.length} interfaces`,
      note: `${on} running`,
      state: on > 0 ? "ok" : "stopped",
      facts: nics.slice(0, 40).map((nic) => [guestName(nic), nic.node]),
      key: `vnet/${vnet}`,
    },
  ];
}

const guestElement = (vnet: string, nic: GuestNic): Drawn => ({
  id: `guest/${nic.vmid}/${nic.nic}`,
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
    ...fact("Tag of its own", nic.tag),
  ],
  key: `vnet/${vnet}`,
});

const guestName = (nic: GuestNic): string => `${nic.type === "qemu" ? "VM" : "CT"} ${nic.vmid} ${nic.name}, ${nic.nic}`;

/** A fact, left out where its value is null. */
const fact = (name: string, value: string | number | null): Fact[] => (value === null ? [] : [[name, String(value)]]);

/** What carries a zone on each of its nodes: its bridge, or the node where the bridge is missing or the zone needs none. */
const carriersOf = (zone: Zone, nodes: readonly NodeFacts[]): string[] =>
  nodes
    .filter(({ name }) => !zone.nodes?.length || zone.nodes.includes(name))
    .map(({ name, bridges }) =>
      bridges?.some((bridge) => bridge.name === zone.bridge) ? `bridge/${name}/${zone.bridge}` : `node/${name}`,
    );

const worstOf = (words: readonly { readonly status: string }[]): ElementState =>
  words.some(({ status }) => status === "error") ? "error" : "ok";

function zoneState(zone: string, status: Status): ElementState {
  const words = Object.values(status).flatMap((list) => list?.filter((each) => each.zone === zone) ?? []);
  return words.length === 0 ? "unknown" : worstOf(words);
}

function vnetState(vnet: string, zone: string, status: Status): ElementState {
  const own = Object.values(status).flatMap(
    (list) => list?.find((each) => each.zone === zone)?.vnets?.filter((each) => each.vnet === vnet) ?? [],
  );
  return own.length === 0 ? zoneState(zone, status) : worstOf(own);
}

/** The zone's status node by node, verbatim. */
const statusFacts = (zone: string, status: Status) =>
  Object.entries(status).flatMap(([node, list]) => {
    const own = list?.find((each) => each.zone === zone);
    return fact(`On ${node}`, own?.status ?? null);
  });

const vnetFacts = (vnet: string, zone: string, status: Status) =>
  Object.entries(status).flatMap(([node, list]) => {
    const own = list?.find((each) => each.zone === zone);
    const mine = own?.vnets?.find((each) => each.vnet === vnet);
    const words = mine ? [mine.status, mine.message].filter(Boolean).join(": ") : own?.status;
    return fact(`On ${node}`, words || null);
  });

function gather<T>(pairs: readonly (readonly [key: string, value: T])[]): ReadonlyMap<string, readonly T[]> {
  const lists = new Map<string, T[]>();
  for (const [key, value] of pairs) {
    const list = lists.get(key);
    if (list) list.push(value);
    else lists.set(key, [value]);
  }
  return lists;
}

/** Everything on a line through these elements: up to the nodes and down to the guests. */
export function pathsThrough({ links }: TopologyGraph, ids: Iterable<string>): ReadonlySet<string> {
  const down = gather(links);
  const up = gather(links.map(([from, to]) => [to, from]));
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
