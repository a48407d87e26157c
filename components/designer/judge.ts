import type { BoardStore } from "@/components/board/board-store";
import type { Layout } from "@/lib/core/layout/model";
import { type EntityKey, hostServiceKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";
import type { DesignerStore } from "./designer-store";
import { textProblems } from "./kept-text";
import { keyParts } from "./keys";

type Validate = typeof import("@/lib/core/validate/validate").validateLayout;

/** The rules, once they are there. Until then nothing is judged: no problem is shown, and none is denied. */
let rules: Validate | null = null;

/** Fetches the rules. They are a good part of the page's code, and the first picture needs none of them. */
export async function loadRules(): Promise<Validate> {
  rules ??= (await import("@/lib/core/validate/validate")).validateLayout;
  return rules;
}

/** The same where nobody can wait: null until they are there. */
export const loadedRules = (): Validate | null => rules;

/** Above this many objects a whole validation takes longer than a key press should. */
const SMALL = 600;

/** Whether all of a layout can be judged between two key presses. */
export const isSmall = (layout: Layout): boolean => size(layout) <= SMALL;

const size = (layout: Layout): number => layout.zones.length + layout.vnets.length + layout.subnets.length;

/** The problem that a field speaks of, the worst, as the list is sorted. */
export const problemAt = (problems: readonly Problem[], key: EntityKey, field: string): Problem | undefined =>
  problems.find((problem) => problem.severity !== "info" && isAbout(problem, key) && problem.field === field);

/** Whether a problem belongs to an object: it is named first, or the object is one side of a clash. */
export function isAbout(problem: Problem, key: EntityKey): boolean {
  if (problem.at.includes(key)) return true;
  const parts = keyParts(key);
  return parts?.kind === "subnet" && problem.at[0] === hostServiceKey(parts.vnet, parts.cidr);
}

/** Keeps the list of problems up to date: at once for small layouts, after the next pause for large ones. */
export function watchProblems(store: DesignerStore, board: BoardStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function judge() {
    const { layout, texts, actions } = store.getState();
    const { facts } = board.getState();
    if (!rules) return;
    actions.setProblems(layout, [...textProblems(texts, layout), ...rules(layout, facts ? { facts } : {})]);
  }

  function schedule() {
    clearTimeout(timer);
    timer = setTimeout(judge, isSmall(store.getState().layout) ? 0 : 250);
  }

  loadRules().then(judge, () => {
    // Without the rules the server still judges: a plan lists every problem.
  });
  const stops = [
    store.subscribe((now, before) => {
      if (now.layout !== before.layout || now.texts !== before.texts) schedule();
    }),
    board.subscribe((now, before) => {
      if (now.facts !== before.facts) schedule();
    }),
  ];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
