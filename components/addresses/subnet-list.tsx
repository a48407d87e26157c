"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { useDesigner, useDesignerActions } from "@/components/designer/designer-context";
import { usualRangeOf } from "@/lib/core/hosts/usual-range";
import type { Subnet } from "@/lib/core/layout/model";
import { readRange } from "@/lib/core/net/range";
import { type EntityKey, hostServiceKey, subnetKey } from "@/lib/core/plan/entity";
import type { IpamAddress } from "@/lib/core/ports";

const ROW = 32;

interface SubnetListProps {
  readonly subnets: readonly Subnet[];
  /** What the cluster's IPAM holds; null when it is not known. */
  readonly ipam: readonly IpamAddress[] | null;
  readonly cursor: EntityKey | null;
}

/** Every subnet of the zone in one line: gateway, how many addresses DHCP may give, how many are known to be taken. */
export function SubnetList({ subnets, ipam, cursor }: SubnetListProps) {
  const services = useDesigner((state) => state.layout.hostServices);
  const { select } = useDesignerActions();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => {
    const byKey = new Map((services ?? []).map((each) => [hostServiceKey(each.vnet, each.cidr), each]));
    const held = new Map<string, number>();
    for (const each of ipam ?? []) {
      const key = subnetKey(each.vnet, each.subnet);
      held.set(key, (held.get(key) ?? 0) + 1);
    }
    return subnets.map((subnet) => {
      const key = subnetKey(subnet.vnet, subnet.cidr);
      const service = byKey.get(hostServiceKey(subnet.vnet, subnet.cidr));
      const usual = service && usualRangeOf(service, subnet);
      const ranges = [
        ...(subnet["dhcp-range"] ?? []).map((each) => [each["start-address"], each["end-address"]] as const),
        ...(service?.dhcp?.ranges ?? []).map(({ start, end }) => [start, end] as const),
        ...(usual ? [[usual.start, usual.end] as const] : []),
      ];
      return {
        key,
        subnet,
        leases: ranges.reduce((sum, [from, to]) => sum + rangeSize(from, to), 0),
        reserved: service?.dhcp?.reservations?.length ?? 0,
        held: held.get(key) ?? 0,
      };
    });
  }, [subnets, services, ipam]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  return (
    <section aria-label="Subnets of the zone" className="flex flex-col gap-2">
      <h3 className="text-sm">Subnets</h3>
      <div className="grid grid-cols-[minmax(9rem,2fr)_minmax(5rem,1fr)_minmax(7rem,1.5fr)_5rem_5rem_5rem] gap-x-3 px-3 text-text-3 text-xs">
        <span>Network</span>
        <span>VNet</span>
        <span>Gateway</span>
        <span className="text-right">DHCP</span>
        <span className="text-right">Reserved</span>
        <span className="text-right">In IPAM</span>
      </div>
      <div ref={scroller} className="max-h-96 overflow-y-auto rounded-md border border-hairline bg-surface">
        <ul className="relative" style={{ height: rows.length * ROW }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            const { key, subnet, leases, reserved, held } = row;
            return (
              <li key={key} className="absolute inset-x-0" style={{ top: start, height: ROW }}>
                <button
                  type="button"
                  aria-pressed={cursor === key}
                  onClick={() => select(key)}
                  className={`grid h-full w-full grid-cols-[minmax(9rem,2fr)_minmax(5rem,1fr)_minmax(7rem,1.5fr)_5rem_5rem_5rem] items-center gap-x-3 border-hairline border-b px-3 text-left text-xs ${cursor === key ? "bg-accent-soft" : "hover:bg-hover"}`}
                >
                  <span className="mono truncate">{subnet.cidr}</span>
                  <span className="truncate">{subnet.vnet}</span>
                  <span className="mono truncate text-text-2">{subnet.gateway ?? "none"}</span>
                  <span className="mono text-right">{leases === 0 ? "–" : leases}</span>
                  <span className="mono text-right">{reserved === 0 ? "–" : reserved}</span>
                  <span className="mono text-right">{ipam === null ? "?" : held === 0 ? "–" : held}</span>
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

/** Addresses in a range, 0 for one that cannot be read; IPv6 ranges count up to what a number holds. */
function rangeSize(from: string, to: string): number {
  const range = readRange(from, to);
  return range.ok ? Number(range.value.end - range.value.start + 1n) : 0;
}
