import { moveCommand, moveSubnetCommand, placeZoneCommand } from "@/components/designer/commands";
import type { Designer } from "@/components/designer/designer-context";
import { judgeChange, judgeMove } from "@/components/designer/judge-change";
import { subnetKey } from "@/lib/core/plan/entity";
import { carry } from "./carry";
import { dropReason } from "./drop-reason";

/** Carries a VNet, with the others that are selected, to another zone. "Move to zone…" does the same without dragging. */
export function dragLane({ store, board }: Designer, vnet: string, event: PointerEvent): void {
  const { layout, selected, actions } = store.getState();
  const home = layout.vnets.find(({ id }) => id === vnet)?.zone;
  const together = selected.has(`vnet/${vnet}`)
    ? layout.vnets.filter(({ id }) => selected.has(`vnet/${id}`)).map(({ id }) => id)
    : [vnet];
  const zoneOf = (target: HTMLElement) => target.dataset["zone"] ?? "";
  carry(event, {
    targets: "[data-zone]",
    over(target) {
      const zone = zoneOf(target);
      if (zone === home) return null;
      const problem = judgeMove(layout, board.getState().facts, together, zone);
      return { words: problem ? `${zone}: ${dropReason(layout, problem)}` : `Move to ${zone}`, fits: !problem };
    },
    drop: (target) => actions.change(moveCommand(together, zoneOf(target))),
  });
}

/** Carries a subnet to another VNet. Cut and paste does the same without dragging. */
export function dragSubnet({ store, board }: Designer, vnet: string, cidr: string, event: PointerEvent): void {
  const { layout, actions } = store.getState();
  const vnetOf = (target: HTMLElement) => (target.dataset["key"] ?? "").slice("vnet/".length);
  carry(event, {
    targets: '[data-key^="vnet/"]',
    over(target) {
      const to = vnetOf(target);
      if (to === vnet) return null;
      const command = moveSubnetCommand({ vnet, cidr }, to);
      const problem = judgeChange(layout, board.getState().facts, command, [subnetKey(to, cidr)]);
      return { words: problem ? problem.message : `Move ${cidr} to ${to}`, fits: !problem };
    },
    drop: (target) => actions.change(moveSubnetCommand({ vnet, cidr }, vnetOf(target))),
  });
}

/** Carries a zone above or below another. "Move up" and "Move down" in its menu do the same without dragging. */
export function dragZone({ store }: Designer, zone: string, event: PointerEvent): void {
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
  carry(event, {
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
}
