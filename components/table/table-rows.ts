import type { Marks } from "@/components/board/marks";
import type { NicCounts } from "@/lib/core/board/nic-counts";
import type { LayoutChange } from "@/lib/core/layout/changes";
import type { HostService, Layout, Subnet, Vnet, Zone } from "@/lib/core/layout/model";
import { type EntityKey, hostServiceKey, subnetKey, vnetKey } from "@/lib/core/plan/entity";

/** What a row stands for: a VNet with its first subnet, or one subnet. */
export type RowKind = "vnet" | "subnet";

/** What a table of subnets is called beside one of VNets. */
export const ROW_KINDS: readonly { readonly id: RowKind; readonly label: string }[] = [
  { id: "vnet", label: "VNets" },
  { id: "subnet", label: "Subnets" },
];

export interface TableRow {
  readonly key: EntityKey;
  readonly kind: RowKind;
  readonly vnet: Vnet;
  readonly zone: Zone | null;
  /** The subnet whose fields the row shows; null where the VNet has none. */
  readonly subnet: Subnet | null;
  readonly service: HostService | null;
  /** Further subnets of the VNet, which have rows of their own under "Subnets". */
  readonly more: number;
  /** Guest interfaces on all nodes; null when unknown. */
  readonly nics: number | null;
  readonly problems: number;
  readonly error: boolean;
  readonly change: LayoutChange | null;
}

export interface RowSources {
  readonly layout: Layout;
  readonly nics: NicCounts;
  readonly nicsKnown: boolean;
  readonly marks: Marks;
  readonly changes: ReadonlyMap<EntityKey, LayoutChange>;
}

/** All rows of a layout, zone by zone in its order and by tag within. */
export function tableRows({ layout, nics, nicsKnown, marks, changes }: RowSources, kind: RowKind): TableRow[] {
  const zones = new Map(layout.zones.map((zone, index) => [zone.id, { zone, index }]));
  const subnets = grouped(layout.subnets, ({ vnet }) => vnet);
  const services = new Map((layout.hostServices ?? []).map((each) => [hostServiceKey(each.vnet, each.cidr), each]));
  const place = (vnet: Vnet) => zones.get(vnet.zone)?.index ?? zones.size;
  const vnets = layout.vnets.toSorted(
    (a, b) => place(a) - place(b) || (a.tag ?? Number.POSITIVE_INFINITY) - (b.tag ?? Number.POSITIVE_INFINITY) || 0,
  );
  return vnets.flatMap((vnet): TableRow[] => {
    const own = subnets.get(vnet.id) ?? [];
    const counts = nics.get(vnet.id);
    const total = counts ? [...counts.values()].reduce((sum, each) => sum + each.total, 0) : 0;
    const row = (key: EntityKey, subnet: Subnet | null, more: number): TableRow => {
      const mark = marks.get(key);
      return {
        key,
        kind,
        vnet,
        zone: zones.get(vnet.zone)?.zone ?? null,
        subnet,
        service: (subnet && services.get(hostServiceKey(subnet.vnet, subnet.cidr))) ?? null,
        more,
        nics: nicsKnown ? total : null,
        problems: mark?.count ?? 0,
        error: mark?.severity === "error",
        change: changes.get(key) ?? null,
      };
    };
    if (kind === "vnet") return [row(vnetKey(vnet.id), own[0] ?? null, Math.max(0, own.length - 1))];
    return own.map((subnet) => row(subnetKey(subnet.vnet, subnet.cidr), subnet, 0));
  });
}

function grouped<T>(items: readonly T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(by(item));
    if (group) group.push(item);
    else groups.set(by(item), [item]);
  }
  return groups;
}
