import { clipOf } from "./clip";
import type { Layout } from "./model";

/** Some objects of a layout as one of their own, with the zones that its VNets are in; null when there are none. */
export function layoutPart(layout: Layout, keys: readonly string[]): Layout | null {
  const clip = clipOf(layout, keys);
  if (!clip || clip.zones.length + clip.vnets.length === 0) return null;
  const needed = new Set([...clip.zones.map(({ id }) => id), ...clip.vnets.map(({ zone }) => zone)]);
  const { exceptions: _, ...rest } = layout;
  const vnets = new Set(clip.vnets.map(({ id }) => id));
  return {
    ...rest,
    zones: layout.zones.filter(({ id }) => needed.has(id)),
    vnets: clip.vnets,
    subnets: clip.subnets.filter(({ vnet }) => vnets.has(vnet)),
    ...(layout.hostServices ? { hostServices: (clip.hostServices ?? []).filter(({ vnet }) => vnets.has(vnet)) } : {}),
  };
}
