import type { Change } from "@/lib/core/plan/step";
import type { RunCounts } from "@/lib/server/views";
import { countOps, subnetVnet } from "./change-words";

export type PlanRow =
  | {
      readonly type: "zone";
      readonly zone: string;
      readonly counts: RunCounts;
      readonly total: number;
      readonly open: boolean;
    }
  | { readonly type: "change"; readonly change: Change };

/**
 * The flat list that is drawn: a heading per zone, then the zone itself, then each VNet followed by its subnets.
 * Zones and VNets keep the order of the plan. A closed zone keeps only its heading.
 */
export function zoneRows(changes: readonly Change[], closed: ReadonlySet<string>): PlanRow[] {
  const zones = new Map<string, Change[]>();
  for (const change of changes) {
    const members = zones.get(change.zone);
    if (members) members.push(change);
    else zones.set(change.zone, [change]);
  }
  return [...zones].flatMap(([zone, members]): PlanRow[] => {
    const open = !closed.has(zone);
    const heading: PlanRow = { type: "zone", zone, counts: countOps(members), total: members.length, open };
    return open ? [heading, ...byVnet(members).map((change): PlanRow => ({ type: "change", change }))] : [heading];
  });
}

function byVnet(members: readonly Change[]): Change[] {
  const order = new Map<string, number>();
  const vnetOf = (change: Change) => (change.kind === "vnet" ? change.id : subnetVnet(change.key));
  for (const change of members) {
    const vnet = vnetOf(change);
    if (vnet !== null && !order.has(vnet)) order.set(vnet, order.size);
  }
  const depth = { zone: 0, vnet: 1, subnet: 2 };
  const place = (change: Change) => order.get(vnetOf(change) ?? "") ?? -1;
  // A vnet and its subnets share a place; the zone itself has none and comes first.
  return [...members].sort((a, b) => place(a) - place(b) || depth[a.kind] - depth[b.kind]);
}
