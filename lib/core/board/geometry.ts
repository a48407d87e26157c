import type { HostService, Layout, Subnet, Vnet, Zone } from "@/lib/core/layout/model";
import type { BoardColumn } from "./columns";
import type { NicCount, NicCounts } from "./nic-counts";
import { portText, type ZoneLook, zoneLooks } from "./zone-look";

/**
 * Where everything on the Board is. Derived from the layout each time and never stored, so that two people always see the
 * same picture and a picture never needs tidying. All measures are CSS pixels at zoom 1.
 */
export interface BoardMetrics {
  /** Width of the part left of the columns: tag, id, subnets. */
  readonly gutter: number;
  readonly column: number;
  /** Height of a zone's head. */
  readonly head: number;
  readonly row: number;
  /** Height of the band that stands for all rows of a collapsed zone. */
  readonly band: number;
  /** Height of the line under the rows where VNets are added; 0 for none. */
  readonly foot: number;
  readonly gap: number;
}

export interface BoardSubnet {
  readonly subnet: Subnet;
  readonly service: HostService | null;
  readonly gateway: boolean;
  readonly snat: boolean;
  readonly dhcp: boolean;
}

export interface BoardRow {
  readonly vnet: Vnet;
  readonly subnets: readonly BoardSubnet[];
  /** One entry per column, null where there is no guest; null as a whole when there is none on any node. */
  readonly nics: readonly (NicCount | null)[] | null;
}

export interface BoardCell {
  readonly node: string;
  readonly member: boolean;
  readonly text: string;
  /** The bridge the zone needs is not on this node. */
  readonly missingBridge: boolean;
}

export interface BoardZone {
  readonly zone: Zone;
  readonly look: ZoneLook;
  readonly cells: readonly BoardCell[];
  readonly rows: readonly BoardRow[];
  readonly collapsed: boolean;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly metrics: BoardMetrics;
}

export interface Board {
  readonly columns: readonly BoardColumn[];
  readonly zones: readonly BoardZone[];
  readonly metrics: BoardMetrics;
  readonly width: number;
  readonly height: number;
  readonly vnets: number;
}

export interface BoardInput {
  readonly layout: Layout;
  readonly columns: readonly BoardColumn[];
  readonly nics: NicCounts;
  /** Ids of zones drawn as one band. */
  readonly collapsed: ReadonlySet<string>;
  readonly metrics: BoardMetrics;
}

/** Rows are roomy while there are few, and shrink as the layout grows. */
export function rowHeight(vnets: number): number {
  if (vnets <= 40) return 44;
  return vnets <= 300 ? 32 : 24;
}

/** A Board with less room than this is a phone's. */
const NARROW = 560;
const GUTTER = { least: 344, most: 544, step: 40 } as const;

/**
 * Measures of the editable Board in a place of `width` pixels; 0 while that is not known. What the columns leave free goes
 * to the labels, in steps, so that a border being moved seldom lays the Board out anew.
 */
export function boardMetrics(vnets: number, { columns = 1, width = 0 } = {}): BoardMetrics {
  const narrow = width > 0 && width < NARROW;
  const column = narrow ? 76 : 104;
  const free = Math.floor((width - columns * column - 40) / GUTTER.step) * GUTTER.step;
  return {
    gutter: narrow ? 196 : Math.max(GUTTER.least, Math.min(GUTTER.most, free)),
    column,
    head: 40,
    row: narrow ? Math.max(32, rowHeight(vnets)) : rowHeight(vnets),
    band: 52,
    foot: 36,
    gap: 12,
  };
}

/**
 * Lays the Board out. Zones and rows that did not change since `before` are the same objects as there, so that a view can
 * tell by identity what to draw again.
 */
export function boardGeometry(input: BoardInput, before?: Board): Board {
  const { layout, columns, metrics } = input;
  const subnets = subnetsByVnet(layout.subnets);
  const services: Services = new Map(
    (layout.hostServices ?? []).map((service) => [`${service.vnet} ${service.cidr}`, service]),
  );
  const vnets = groupBy(layout.vnets, (vnet) => vnet.zone);
  const looks = zoneLooks(layout.zones.map((zone) => zone.id));
  const width = metrics.gutter + Math.max(1, columns.length) * metrics.column + 8;
  const sameColumns = before !== undefined && same(before.columns, columns) && before.metrics === metrics;
  const oldZones = new Map(before?.zones.map((zone) => [zone.zone.id, zone]));
  let y = 0;
  const zones = layout.zones.map((zone, index): BoardZone => {
    const old = oldZones.get(zone.id);
    const oldRows = new Map(old?.rows.map((row) => [row.vnet.id, row]));
    const rows = [...(vnets.get(zone.id) ?? [])].sort(byTag).map((vnet): BoardRow => {
      const own = subnets.get(vnet.id) ?? NO_SUBNETS;
      const nics = rowNics(input.nics.get(vnet.id), columns);
      const was = sameColumns ? oldRows.get(vnet.id) : undefined;
      if (was?.vnet === vnet && sameSubnets(was.subnets, own, services) && sameNics(was.nics, nics)) return was;
      return { vnet, subnets: own.map((subnet) => mark(subnet, services)), nics };
    });
    const collapsed = input.collapsed.has(zone.id) && rows.length > 0;
    const look = looks[index] ?? { colour: "blue", edge: "solid" };
    const height = metrics.head + (collapsed ? metrics.band : rows.length * metrics.row) + metrics.foot;
    const place = { y, width, height, metrics };
    y += height + metrics.gap;
    if (
      old &&
      sameColumns &&
      old.zone === zone &&
      old.y === place.y &&
      old.collapsed === collapsed &&
      old.look.colour === look.colour &&
      old.look.edge === look.edge &&
      same(old.rows, rows)
    ) {
      return old;
    }
    return { zone, look, rows, collapsed, cells: columns.map((column) => cell(zone, column)), ...place };
  });
  return { columns, zones, metrics, width, height: Math.max(0, y - metrics.gap), vnets: layout.vnets.length };
}

/** Whether a zone spans a node: a zone without a node list spans all of them (PVE::Network::SDN::Zones). */
export function spansNode(zone: Zone, node: string): boolean {
  return !zone.nodes || zone.nodes.length === 0 || zone.nodes.includes(node);
}

function cell(zone: Zone, column: BoardColumn): BoardCell {
  const member = spansNode(zone, column.name);
  return {
    node: column.name,
    member,
    text: portText(zone, column.name),
    missingBridge:
      member && Boolean(zone.bridge) && column.bridges !== null && !column.bridges.some((b) => b.name === zone.bridge),
  };
}

/** By VNet and CIDR, a space between. */
type Services = ReadonlyMap<string, HostService>;

const serviceOf = (services: Services, { vnet, cidr }: Subnet): HostService | null =>
  services.size === 0 ? null : (services.get(`${vnet} ${cidr}`) ?? null);

function mark(subnet: Subnet, services: Services): BoardSubnet {
  const service = serviceOf(services, subnet);
  return {
    subnet,
    service,
    gateway: Boolean(subnet.gateway),
    snat: subnet.snat === true || service?.snat === true,
    dhcp: (subnet["dhcp-range"]?.length ?? 0) > 0 || (service?.dhcp?.ranges?.length ?? 0) > 0,
  };
}

function rowNics(perNode: ReadonlyMap<string, NicCount> | undefined, columns: readonly BoardColumn[]) {
  return perNode ? columns.map((column) => perNode.get(column.name) ?? null) : null;
}

/** By tag, untagged last, equal ones in the order of the document. */
function byTag(a: Vnet, b: Vnet): number {
  return (a.tag ?? Number.POSITIVE_INFINITY) - (b.tag ?? Number.POSITIVE_INFINITY) || 0;
}

const NO_SUBNETS: readonly Subnet[] = [];
const grouped = new WeakMap<readonly Subnet[], ReadonlyMap<string, readonly Subnet[]>>();

/** Most edits leave the list of subnets as it is; then it is not gone through again. */
function subnetsByVnet(subnets: readonly Subnet[]): ReadonlyMap<string, readonly Subnet[]> {
  const known = grouped.get(subnets) ?? groupBy(subnets, (subnet) => subnet.vnet);
  grouped.set(subnets, known);
  return known;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}

function sameSubnets(was: readonly BoardSubnet[], now: readonly Subnet[], services: Services): boolean {
  return (
    was.length === now.length &&
    now.every((subnet, index) => was[index]?.subnet === subnet && was[index].service === serviceOf(services, subnet))
  );
}

function sameNics(a: BoardRow["nics"], b: BoardRow["nics"]): boolean {
  if (a === null || b === null) return a === b;
  return a.every(
    (nic, index) => nic === b[index] || (nic?.total === b[index]?.total && nic?.running === b[index]?.running),
  );
}
