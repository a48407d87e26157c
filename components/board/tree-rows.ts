import type { Board } from "@/lib/core/board/geometry";
import { type EntityKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";

/** One line of the Board as the keyboard and a screen reader walk it, and where it is in the picture. */
export interface TreeRow {
  readonly key: EntityKey;
  readonly kind: "zone" | "vnet" | "subnet";
  readonly level: 1 | 2 | 3;
  /** Place among its siblings, from 1, and how many there are. */
  readonly position: number;
  readonly siblings: number;
  readonly zone: number;
  /** Row within the zone; -1 for the zone itself. */
  readonly row: number;
  readonly y: number;
  readonly height: number;
  readonly open: boolean | null;
}

/** All lines in reading order: zones, the VNets of open zones, and the subnets of the one VNet that is open. */
export function treeRows(board: Board, openVnet: string | null): TreeRow[] {
  const rows: TreeRow[] = [];
  board.zones.forEach((zone, at) => {
    rows.push({
      key: zoneKey(zone.zone.id),
      kind: "zone",
      level: 1,
      position: at + 1,
      siblings: board.zones.length,
      zone: at,
      row: -1,
      y: zone.y,
      height: zone.metrics.head,
      open: zone.rows.length === 0 ? null : !zone.collapsed,
    });
    if (zone.collapsed) return;
    zone.rows.forEach((line, index) => {
      const y = zone.y + zone.metrics.head + index * zone.metrics.row;
      const place = { zone: at, row: index, y, height: zone.metrics.row };
      const { id } = line.vnet;
      const open = line.subnets.length === 0 ? null : id === openVnet;
      rows.push({
        ...place,
        key: vnetKey(id),
        kind: "vnet",
        level: 2,
        position: index + 1,
        siblings: zone.rows.length,
        open,
      });
      if (!open) return;
      line.subnets.forEach(({ subnet }, inner) => {
        rows.push({
          ...place,
          key: subnetKey(id, subnet.cidr),
          kind: "subnet",
          level: 3,
          position: inner + 1,
          siblings: line.subnets.length,
          open: null,
        });
      });
    });
  });
  return rows;
}
