import type { NicCounts } from "@/lib/core/board/nic-counts";
import { removeKeys } from "@/lib/core/layout/edits";
import type { Layout } from "@/lib/core/layout/model";
import type { EntityKey } from "@/lib/core/plan/entity";
import { plural } from "@/lib/core/plural";

/** What goes when some objects are deleted. */
export interface Cascade {
  readonly zones: number;
  readonly vnets: number;
  readonly subnets: number;
  readonly hostServices: number;
  /** Guest interfaces on the VNets that go, running ones among them. */
  readonly nics: number;
  readonly running: number;
}

export function cascade(layout: Layout, keys: readonly EntityKey[], nics: NicCounts): Cascade {
  const after = removeKeys(layout, keys);
  const kept = new Set(after.vnets.map((vnet) => vnet.id));
  const counts = layout.vnets
    .filter((vnet) => !kept.has(vnet.id))
    .flatMap((vnet) => [...(nics.get(vnet.id)?.values() ?? [])]);
  return {
    zones: layout.zones.length - after.zones.length,
    vnets: layout.vnets.length - after.vnets.length,
    subnets: layout.subnets.length - after.subnets.length,
    hostServices: (layout.hostServices?.length ?? 0) - (after.hostServices?.length ?? 0),
    nics: counts.reduce((sum, count) => sum + count.total, 0),
    running: counts.reduce((sum, count) => sum + count.running, 0),
  };
}

/** "4 VNets, 3 subnets and 1 host service"; empty when nothing goes. */
export function cascadeText({ zones, vnets, subnets, hostServices }: Cascade): string {
  const parts = [
    count(zones, "zone"),
    count(vnets, "VNet"),
    count(subnets, "subnet"),
    count(hostServices, "host service"),
  ].filter((part) => part !== null);
  const last = parts.pop();
  return parts.length > 0 ? `${parts.join(", ")} and ${last}` : (last ?? "");
}

const count = (number: number, noun: string): string | null => (number === 0 ? null : plural(number, noun));
