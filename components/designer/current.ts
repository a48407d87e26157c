import type { Designer } from "./designer-context";
import { keyParts } from "./keys";

/** The zone the cursor is in; the only zone there is; null when that leaves a choice. */
export function currentZone({ store }: Designer): string | null {
  const { cursor, layout } = store.getState();
  const parts = cursor === null ? null : keyParts(cursor);
  if (parts?.kind === "zone") return parts.id;
  const vnet = parts && ("vnet" in parts ? parts.vnet : parts.id);
  return (
    layout.vnets.find(({ id }) => id === vnet)?.zone ??
    (layout.zones.length === 1 ? (layout.zones[0]?.id ?? null) : null)
  );
}

/** The VNet the cursor is at or in. */
export function currentVnet({ store }: Designer): string | null {
  const { cursor } = store.getState();
  const parts = cursor === null ? null : keyParts(cursor);
  if (!parts || parts.kind === "zone") return null;
  return "vnet" in parts ? parts.vnet : parts.id;
}

/** Ids of the selected VNets, or of the one the cursor is in. */
export function currentVnets(designer: Designer): string[] {
  const selected = [...designer.store.getState().selected].flatMap((key) => {
    const parts = keyParts(key);
    return parts?.kind === "vnet" ? [parts.id] : [];
  });
  if (selected.length > 0) return selected;
  const one = currentVnet(designer);
  return one === null ? [] : [one];
}
