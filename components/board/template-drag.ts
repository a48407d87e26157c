import type { Designer } from "@/components/designer/designer-context";
import { insertCommand } from "@/components/designer/insert-starter";
import type { Layout } from "@/lib/core/layout/model";
import type { Starter } from "@/lib/core/layout/starters/starter";
import { carry } from "./carry";

/** Carries a template to its place among the zones; on the empty plane it goes to the end. */
export function dragTemplate(
  { store }: Designer,
  { starter, built }: { readonly starter: Starter; readonly built: Layout | null },
  event: PointerEvent,
): void {
  const { layout, actions } = store.getState();
  const order = layout.zones.map(({ id }) => id);
  const placeAt = (target: HTMLElement, y: number): number | null => {
    const at = order.indexOf(target.dataset["zone"] ?? "");
    if (at < 0) return null;
    const { top, height } = target.getBoundingClientRect();
    return y < top + height / 2 ? at : at + 1;
  };
  carry(event, {
    targets: "[data-zone], .react-flow",
    over(target, { y }) {
      const place = placeAt(target, y);
      const command = insertCommand(layout, starter, { built, place });
      const above = place === null ? order.at(-1) : order[place - 1];
      const where = above === undefined ? "at the top" : `below ${above}`;
      return { words: command.ok ? `Insert ${starter.title} ${where}` : command.error, fits: command.ok };
    },
    drop(target, { y }) {
      const command = insertCommand(layout, starter, { built, place: placeAt(target, y) });
      if (command.ok) actions.change(command.value);
      else actions.say(command.error);
    },
  });
}
