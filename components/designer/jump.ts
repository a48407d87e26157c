import { type EntityKey, subnetKey, vnetKey } from "@/lib/core/plan/entity";
import type { Designer } from "./designer-context";
import { keyParts } from "./keys";

/** Selects an object and brings it into sight, opening its zone where that is closed. */
export function jumpTo(designer: Designer, key: EntityKey): void {
  const { store, view } = designer;
  const { layout, actions, collapsed } = store.getState();
  const parts = keyParts(key);
  if (!parts) return;
  const vnet = parts.kind === "vnet" ? parts.id : "vnet" in parts ? parts.vnet : null;
  const zone = layout.vnets.find(({ id }) => id === vnet)?.zone;
  if (zone !== undefined && collapsed.has(zone)) actions.setCollapsed(zone, false);
  // Host services are edited with their subnet.
  actions.select(parts.kind === "host" ? subnetKey(parts.vnet, parts.cidr) : key);
  actions.showInspector(true);
  setTimeout(() => view.reveal(vnet === null ? key : vnetKey(vnet)));
}
