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

/** Measures of the editable Board; `narrow` for a phone. */
export const boardMetrics = (vnets: number, narrow = false): BoardMetrics => ({
  gutter: narrow ? 196 : 344,
  column: narrow ? 76 : 104,
  head: 40,
  row: narrow ? Math.max(32, rowHeight(vnets)) : rowHeight(vnets),
  band: 52,
  foot: 36,
  gap: 12,
});

/**
 * Lays the Board out. Zones and rows that did not change since `before` are the same objects as there, so that a view can
 * tell by identity what to draw again.
 */
export function boardGeometry(input: BoardInput, before?: Board): Board {
  const { layout, columns, metrics } = input;
  const subnets = groupBy(layout.subnets, (subnet) => subnet.vnet);
  const services = new Map((layout.hostServices ?? []).map((service) => [`${service.vnet} ${service.cidr}`, service]));
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
      const row: BoardRow = {
        vnet,
        subnets: (subnets.get(vnet.id) ?? []).map((subnet) => mark(subnet, services)),
        nics: rowNics(input.nics.get(vnet.id), columns),
      };
      const was = oldRows.get(vnet.id);
      return was && sameColumns && sameRow(was, row) ? was : row;
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

function mark(subnet: Subnet, services: ReadonlyMap<string, HostService>): BoardSubnet {
  const service = services.get(`${subnet.vnet} ${subnet.cidr}`) ?? null;
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

function sameRow(a: BoardRow, b: BoardRow): boolean {
  return (
    a.vnet === b.vnet &&
    a.subnets.length === b.subnets.length &&
    a.subnets.every((old, index) => {
      const now = b.subnets[index];
      return old.subnet === now?.subnet && old.service === now.service;
    }) &&
    sameNics(a.nics, b.nics)
  );
}

function sameNics(a: BoardRow["nics"], b: BoardRow["nics"]): boolean {
  if (a === null || b === null) return a === b;
  return a.every(
    (nic, index) => nic === b[index] || (nic?.total === b[index]?.total && nic?.running === b[index]?.running),
  );
}
