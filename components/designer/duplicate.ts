import { clipOf } from "@/lib/core/layout/clip";
import type { EntityKey } from "@/lib/core/plan/entity";
import { currentVnet, currentZone } from "./current";
import type { Designer } from "./designer-context";
import { pasteCommand } from "./more-commands";

/** Makes the same again beside it: next free ids, tags and networks. */
export function duplicate(designer: Designer, keys: readonly EntityKey[]): void {
  const { layout, actions } = designer.store.getState();
  const clip = clipOf(layout, keys);
  if (!clip) {
    actions.say("Select what to duplicate first");
    return;
  }
  const word = keys.length === 1 ? "Duplicate" : `Duplicate ${keys.length} objects`;
  // VNets stay in their own zone, which may not be the current one.
  const zones = new Set(clip.vnets.map(({ zone }) => zone));
  const zone = zones.size === 1 ? ([...zones][0] ?? null) : currentZone(designer);
  const command = pasteCommand(layout, clip, { zone, vnet: currentVnet(designer), subnets: "free" }, word);
  if (command.ok) actions.change(command.value);
  else actions.say(command.error);
}
