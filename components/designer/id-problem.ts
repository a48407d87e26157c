import { suggestId } from "@/lib/core/layout/free";
import type { Layout } from "@/lib/core/layout/model";
import type { EntityKey } from "@/lib/core/plan/entity";
import { keyParts } from "./keys";

/**
 * Why an id cannot be taken at all, or null. Unlike other wrong values these are refused at once: an empty or doubled id
 * would leave objects that no later edit could tell apart.
 */
export function idProblem(layout: Layout, key: EntityKey, to: string): string | null {
  const parts = keyParts(key);
  if (!parts || !("id" in parts)) return null;
  if (to === "") return "An id is needed.";
  const list = parts.kind === "zone" ? layout.zones : layout.vnets;
  if (to !== parts.id && list.some(({ id }) => id === to)) {
    const noun = parts.kind === "zone" ? "zone" : "VNet";
    return `There already is a ${noun} ${to}. Ids are unique in the whole cluster.`;
  }
  if (!/^[a-zA-Z][a-zA-Z0-9]{1,7}$/.test(to)) {
    const better = suggestId(to);
    return `An id has 2 to 8 letters and digits, a letter first${better === to ? "" : `; try ${better}`}.`;
  }
  return null;
}
