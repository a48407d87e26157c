import { bringBack } from "@/lib/core/layout/changes";
import { type Clip, type PasteOptions, pasteClip } from "@/lib/core/layout/clip";
import { updateMany, updateVnet } from "@/lib/core/layout/edits";
import { nextFreeTag } from "@/lib/core/layout/free";
import type { Layout } from "@/lib/core/layout/model";
import { addQuickAdded, type QuickAdded } from "@/lib/core/layout/quick-add";
import { type EntityKey, vnetKey } from "@/lib/core/plan/entity";
import { ok, type Result } from "@/lib/core/result";
import { plain } from "./commands";
import type { Change } from "./designer-state";
import { keyTitle } from "./keys";

/** Commands that the first picture needs nothing of; they come with what offers them. */

export const quickAddCommand = (added: QuickAdded): Change => ({
  label: `Add VNet ${added.vnet.id}${added.subnet ? ` with ${added.subnet.cidr}` : ""}`,
  apply: (layout) => addQuickAdded(layout, added),
  cursor: vnetKey(added.vnet.id),
});

/** Gives each VNet the next free tag above its own; null when none of them gets another. */
export function nextTagsCommand(layout: Layout, vnets: readonly string[]): Change | null {
  let next = layout;
  for (const id of vnets) {
    const vnet = next.vnets.find((each) => each.id === id);
    const tag = vnet && nextFreeTag(next, vnet.zone, (vnet.tag ?? 0) + 1);
    if (vnet && tag !== null) next = updateVnet(next, id, { tag });
  }
  if (next === layout) return null;
  const to = next.vnets.find(({ id }) => id === vnets[0])?.tag;
  return {
    label: vnets.length === 1 ? `Give ${vnets[0]} the next free tag ${to}` : `Give ${vnets.length} VNets free tags`,
    apply: () => next,
  };
}

/** Puts back what was removed since the last apply. */
export const bringBackCommand = (shown: Layout, key: EntityKey): Change => ({
  label: `Bring back ${keyTitle(key)}`,
  apply: (layout) => bringBack(layout, shown, key),
  cursor: key,
});

/** Puts copied objects into the layout and selects them; the error says what is missing. */
export function pasteCommand(
  layout: Layout,
  clip: Clip,
  options: PasteOptions,
  word = "Paste",
): Result<Change & { readonly keys: readonly EntityKey[] }, string> {
  const pasted = pasteClip(layout, clip, options);
  if (!pasted.ok) return pasted;
  const { keys } = pasted.value;
  const [first = ""] = keys;
  const label =
    keys.length === 1 ? `${word} ${keyTitle(first)}` : `${word} ${keyTitle(first)} and ${keys.length - 1} more`;
  return ok({ label, apply: () => pasted.value.layout, cursor: first, keys });
}

/** Sets one field of many objects to the same value, or removes it with undefined. */
export const setManyCommand = (keys: readonly EntityKey[], field: string, value: unknown): Change => ({
  label: `Set ${field} of ${keys.length} objects to ${plain(value) || "nothing"}`,
  apply: (layout) => updateMany(layout, new Set(keys), { [field]: value }),
});
