"use client";

import { ArrowUpRight, CircleDashed, Globe, type LucideIcon, Monitor, Route, Waypoints } from "lucide-react";
import { useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { classNames } from "@/components/ui/class-names";
import type { BoardSubnet, BoardZone } from "@/lib/core/board/geometry";
import { gatewayWords } from "@/lib/core/hosts/gateway-words";
import { type Gateway, gatewayOf } from "@/lib/core/hosts/zone-abilities";
import { subnetKey } from "@/lib/core/plan/entity";
import { useDragPress } from "./use-drag-press";
import { useSubnetDrag } from "./use-drags";

/** Who routes, by shape: a node as at its column, a guest, somebody outside, or whoever has the address. */
const GATEWAY: Readonly<Record<Gateway["by"], LucideIcon>> = {
  proxmox: Route,
  agent: Route,
  guest: Monitor,
  edge: Globe,
  nobody: CircleDashed,
};

/** A subnet on its lane: CIDR, and what its hosts get. */
export function SubnetChip({ zone, entry }: { readonly zone: BoardZone; readonly entry: BoardSubnet }) {
  const { subnet, service, gateway, snat, dhcp } = entry;
  const key = subnetKey(subnet.vnet, subnet.cidr);
  const active = useDesigner((state) => state.cursor === key);
  const { select, showInspector } = useDesignerActions();
  const { view } = useDesignerParts();
  const drag = useSubnetDrag(subnet.vnet, subnet.cidr);
  const locked = useDesigner((state) => state.locked !== null);
  const press = useDragPress(drag, locked);
  const who = gatewayWords(zone.zone, subnet, service);
  const Who = GATEWAY[gatewayOf(zone.zone, subnet, service).by];
  const has = [who ?? (gateway && "gateway"), snat && "SNAT", dhcp && "DHCP"].filter((word) => word !== false);
  return (
    <button
      type="button"
      tabIndex={-1}
      title={`${subnet.cidr}${subnet.gateway ? ` · gateway ${subnet.gateway}` : ""}${who ? ` · ${who}` : ""}${snat ? " · SNAT" : ""}${dhcp ? " · DHCP" : ""}`}
      aria-label={`Subnet ${subnet.cidr}${has.length > 0 ? `, ${has.join(", ")}` : ""}`}
      data-cursor={active || undefined}
      onPointerDown={press}
      onClick={(event) => {
        event.stopPropagation();
        select(key);
        showInspector(true);
        view.focus();
      }}
      className={classNames(
        "nopan mono inline-flex h-6 min-w-0 items-center gap-1 rounded-xs px-1 text-xs hover:bg-hover hover:text-text",
        active ? "bg-accent-soft text-text" : "text-text-3",
      )}
    >
      <span className="truncate">{subnet.cidr}</span>
      {(who || gateway) && <Who aria-hidden size={11} className="shrink-0" />}
      {snat && <ArrowUpRight aria-hidden size={12} className="shrink-0" />}
      {dhcp && <Waypoints aria-hidden size={11} className="shrink-0" />}
    </button>
  );
}
