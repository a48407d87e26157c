"use client";

import { type PointerEvent as ReactPointerEvent, useCallback } from "react";
import { moveCommand, moveSubnetCommand, placeZoneCommand } from "@/components/designer/commands";
import { useDesignerParts } from "@/components/designer/designer-context";
import { judgeChange, judgeMove } from "@/components/designer/judge";
import { subnetKey } from "@/lib/core/plan/entity";
import { carry } from "./carry";
import { dropReason } from "./drop-reason";

type Start = (event: ReactPointerEvent<HTMLElement>) => void;

/** Takes the press away from whatever lies under it; false for other buttons than the first. */
function taken(event: ReactPointerEvent<HTMLElement>): boolean {
  if (event.button !== 0) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

/** Carries a VNet, with the others that are selected, to another zone. "Move to zone…" does the same without dragging. */
export function useLaneDrag(vnet: string): Start {
  const { store, board } = useDesignerParts();
  return useCallback(
    (event) => {
      if (!taken(event)) return;
      const { layout, selected, actions } = store.getState();
      const home = layout.vnets.find(({ id }) => id === vnet)?.zone;
      const together = selected.has(`vnet/${vnet}`)
        ? layout.vnets.filter(({ id }) => selected.has(`vnet/${id}`)).map(({ id }) => id)
        : [vnet];
      const zoneOf = (target: HTMLElement) => target.dataset["zone"] ?? "";
      carry(event.nativeEvent, {
        targets: "[data-zone]",
        over(target) {
          const zone = zoneOf(target);
          if (zone === home) return null;
          const problem = judgeMove(layout, board.getState().facts, together, zone);
          return { words: problem ? `${zone}: ${dropReason(layout, problem)}` : `Move to ${zone}`, fits: !problem };
        },
        drop: (target) => actions.change(moveCommand(together, zoneOf(target))),
      });
    },
    [store, board, vnet],
  );
}

/** Carries a subnet to another VNet. The inspector's VNet field does the same without dragging. */
export function useSubnetDrag(vnet: string, cidr: string): Start {
  const { store, board } = useDesignerParts();
  return useCallback(
    (event) => {
      if (!taken(event)) return;
      const { layout, actions } = store.getState();
      const vnetOf = (target: HTMLElement) => (target.dataset["key"] ?? "").slice("vnet/".length);
      carry(event.nativeEvent, {
        targets: '[data-key^="vnet/"]',
        over(target) {
          const to = vnetOf(target);
          if (to === vnet) return null;
          const problem = judgeChange(layout, board.getState().facts, moveSubnetCommand({ vnet, cidr }, to), [
            subnetKey(to, cidr),
          ]);
          return { words: problem ? problem.message : `Move ${cidr} to ${to}`, fits: !problem };
        },
        drop: (target) => actions.change(moveSubnetCommand({ vnet, cidr }, vnetOf(target))),
      });
    },
    [store, board, vnet, cidr],
  );
}

/** Carries a zone above or below another. "Move up" and "Move down" in its menu do the same without dragging. */
export function useZoneDrag(zone: string): Start {
  const { store } = useDesignerParts();
  return useCallback(
    (event) => {
      if (!taken(event)) return;
      const { layout, actions } = store.getState();
      const order = layout.zones.map(({ id }) => id);
      const from = order.indexOf(zone);
      /** The place the zone takes, counted without itself; null where it is already. */
      const placeAt = (target: HTMLElement, y: number): number | null => {
        const at = order.indexOf(target.dataset["zone"] ?? "");
        const { top, height } = target.getBoundingClientRect();
        const before = y < top + height / 2 ? at : at + 1;
        const place = before > from ? before - 1 : before;
        return at < 0 || place === from ? null : place;
      };
      carry(event.nativeEvent, {
        targets: "[data-zone]",
        over(target, { y }) {
          const place = placeAt(target, y);
          if (place === null) return null;
          const above = order.filter((id) => id !== zone)[place - 1];
          return { words: above === undefined ? `${zone} to the top` : `${zone} below ${above}`, fits: true };
        },
        drop(target, { y }) {
          const place = placeAt(target, y);
          if (place !== null) actions.change(placeZoneCommand(zone, place));
        },
      });
    },
    [store, zone],
  );
}
