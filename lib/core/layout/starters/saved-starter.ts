import type { Layout } from "@/lib/core/layout/model";
import type { Problem } from "@/lib/core/problem";
import { err, ok } from "@/lib/core/result";
import { numberSlots } from "./number-slots";
import { type Parameter, parseParameter } from "./parameter";
import { placeSlots } from "./place-slots";
import type { Slot } from "./slot";
import type { Starter } from "./starter";

/** A template that somebody saved: a layout, and which of its values are asked for. */
export interface SavedTemplate {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly layout: Layout;
  /** Ids of `savedParameters`; the others stay as they were saved. */
  readonly asks: readonly string[];
}

/** A value that is wrong in the layout itself would stand in the way of every use, so it is not asked for. */
const slotsOf = (layout: Layout): Slot[] =>
  [...placeSlots(layout), ...numberSlots(layout)].filter(({ parameter }) => {
    const parsed = parseParameter(parameter, undefined);
    return parsed.ok && String(parsed.value) === String(parameter.default);
  });

/** Everything of a layout that could be asked for when it is used again; the defaults are its own values. */
export const savedParameters = (layout: Layout): Parameter[] => slotsOf(layout).map(({ parameter }) => parameter);

/** The same thing as a built-in template. With the defaults it builds the very layout that was saved. */
export function savedStarter({ id, title, summary, tags, layout, asks }: SavedTemplate): Starter {
  const slots = slotsOf(layout).filter(({ parameter }) => asks.includes(parameter.id));
  return {
    id,
    title,
    summary,
    tags,
    parameters: slots.map(({ parameter }) => parameter),
    build(values) {
      const problems: Problem[] = [];
      let next = layout;
      for (const { parameter, put } of slots) {
        const done = put(next, values[parameter.id] ?? parameter.default);
        if (done.ok) next = done.value;
        else problems.push(done.error);
      }
      return problems.length > 0 ? err(problems) : ok(next);
    },
  };
}
