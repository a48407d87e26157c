import type { Zone, ZoneType } from "@/lib/core/layout/model";

/** The eight zone colours, in the order of the CSS variables `--zone-…`. A colour belongs to a zone, never to a VLAN. */
export const ZONE_COLOURS = ["blue", "orange", "umber", "cyan", "plum", "olive", "indigo", "rose"] as const;

/** The second cue once a colour is used again: how the zone's left edge is drawn. */
const EDGES = ["solid", "dashed", "dotted", "notched"] as const;

export interface ZoneLook {
  readonly colour: (typeof ZONE_COLOURS)[number];
  readonly edge: (typeof EDGES)[number];
}

/** CSS colour of a look, theme included. */
export function zoneColour(look: Pick<ZoneLook, "colour">): string {
  return `var(--zone-${look.colour})`;
}

/**
 * One look per zone, in the order given. Each id asks for the colour its hash points to and takes the next free one when
 * that is gone, so that adding a zone at the end changes no other zone. Thirty-two zones differ from each other.
 */
export function zoneLooks(ids: readonly string[]): ZoneLook[] {
  const used = new Map<number, number>();
  let before = -1;
  return ids.map((id) => {
    const wanted = hash(id) % ZONE_COLOURS.length;
    const round = Math.min(...ZONE_COLOURS.map((_, index) => used.get(index) ?? 0));
    let slot = wanted;
    while ((used.get(slot) ?? 0) > round || slot === before) slot = (slot + 1) % ZONE_COLOURS.length;
    const times = used.get(slot) ?? 0;
    used.set(slot, times + 1);
    before = slot;
    return { colour: ZONE_COLOURS[slot] ?? "blue", edge: EDGES[times % EDGES.length] ?? "solid" };
  });
}

/** FNV-1a: small, and the same everywhere. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** What a zone is called on a node that carries it: the text of its port chip. */
export function portText(zone: Zone, node: string): string {
  switch (zone.type) {
    case "simple":
      return "local";
    case "vlan":
      return zone.bridge ? `trunk ${zone.bridge}` : "trunk";
    case "qinq":
      return zone.tag === undefined ? "svc" : `svc ${zone.tag}`;
    case "vxlan":
      return "vtep";
    case "evpn":
      return zone.exitnodes?.includes(node) ? "exit" : "vtep";
  }
}

/** How lanes of a zone type are drawn; the only place that couples type and line. */
export const LANE_STYLE: Readonly<Record<ZoneType, "solid" | "band" | "rails" | "dotted-rails" | "stubs">> = {
  simple: "stubs",
  vlan: "solid",
  qinq: "band",
  vxlan: "rails",
  evpn: "dotted-rails",
};
