import { currentZone } from "@/components/designer/current";
import type { Designer } from "@/components/designer/designer-context";
import { quickAddCommand } from "@/components/designer/more-commands";
import { freeId, nextFreeTag } from "@/lib/core/layout/free";
import { parseQuickAdd } from "@/lib/core/layout/quick-add";
import { vnetKey } from "@/lib/core/plan/entity";

/** Adds a VNet with the next free tag to the current zone and goes to its row; why not, where it cannot. */
export function addVnetRow(designer: Designer): string | null {
  const { layout, actions } = designer.store.getState();
  const zone = currentZone(designer) ?? layout.zones[0]?.id;
  if (zone === undefined) return "Add a zone first";
  const tag = nextFreeTag(layout, zone);
  const made = parseQuickAdd(layout, zone, tag === null ? freeId(layout, "vnet") : String(tag));
  if (!made.ok) return made.error.message;
  actions.change(quickAddCommand(made.value));
  setTimeout(() => {
    designer.view.reveal(vnetKey(made.value.vnet.id));
    designer.view.focus();
  });
  return null;
}
