import type { BoardStore } from "@/components/board/board-store";
import type { Layout } from "@/lib/core/layout/model";
import { type EntityKey, hostServiceKey, vnetKey } from "@/lib/core/plan/entity";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Problem } from "@/lib/core/problem";
import { moveCommand } from "./commands";
import type { Change, DesignerStore } from "./designer-store";
import { keyParts } from "./keys";

type Validate = typeof import("@/lib/core/validate/validate").validateLayout;

/** The rules, once they are there. Until then nothing is judged: no problem is shown, and none is denied. */
let rules: Validate | null = null;

/** Fetches the rules. They are a good part of the page's code, and the first picture needs none of them. */
export async function loadRules(): Promise<Validate> {
  rules ??= (await import("@/lib/core/validate/validate")).validateLayout;
  return rules;
}

/** Above this many objects a whole validation takes longer than a key press should. */
const SMALL = 600;

const size = (layout: Layout): number => layout.zones.length + layout.vnets.length + layout.subnets.length;

/** What would be wrong with one field if a change were made; null when nothing. Fast enough for every key press. */
export function judgeField(
  layout: Layout,
  facts: ClusterFacts | null,
  change: Change,
  key: EntityKey,
  field: string,
): string | null {
  if (!rules) return null;
  const renamed = change.renames?.find(([from]) => from === key)?.[1] ?? key;
  const after = change.apply(layout);
  const part = size(after) > SMALL ? neighbourhood(after, renamed) : after;
  const problems = rules(part, facts ? { facts } : {});
  return fieldProblem(problems, renamed, field);
}

/** As many VNets of a move are asked; more can only be seen together afterwards. */
const ASKED = 20;

/** The first error that carrying VNets to another zone would bring them; null when they fit. Asked while dragging. */
export function judgeMove(
  layout: Layout,
  facts: ClusterFacts | null,
  vnets: readonly string[],
  zone: string,
): Problem | null {
  const judge = rules;
  const after = moveCommand(vnets, zone).apply(layout);
  if (!judge || after === layout) return null;
  for (const id of vnets.slice(0, ASKED)) {
    const key = vnetKey(id);
    const errors = (whole: Layout): Problem[] => {
      const part = size(whole) > SMALL ? neighbourhood(whole, key) : whole;
      return judge(part, facts ? { facts } : {}).filter(({ severity, at }) => severity === "error" && at.includes(key));
    };
    const known = new Set(errors(layout).map(({ code, at }) => `${code} ${at.join()}`));
    const found = errors(after).find(({ code, at }) => !known.has(`${code} ${at.join()}`));
    // The clash is told from the side of what is carried, whichever side the rule begins with.
    if (found) return { ...found, at: [key, ...found.at.filter((each) => each !== key)] };
  }
  return null;
}

/** The first error that a change would bring the objects named; null when it brings none. Asked while dragging. */
export function judgeChange(
  layout: Layout,
  facts: ClusterFacts | null,
  change: Change,
  keys: readonly EntityKey[],
): Problem | null {
  const judge = rules;
  const after = change.apply(layout);
  const [first] = keys;
  if (!judge || after === layout || first === undefined) return null;
  const part = size(after) > SMALL ? neighbourhood(after, first) : after;
  const found = judge(part, facts ? { facts } : {});
  return found.find(({ severity, at }) => severity === "error" && keys.some((key) => at.includes(key))) ?? null;
}

/** The first problem of one field, worst first as the list is sorted. */
export function fieldProblem(problems: readonly Problem[], key: EntityKey, field: string): string | null {
  const own = problems.find(
    (problem) => problem.severity !== "info" && isAbout(problem, key) && problem.field === field,
  );
  return own?.message ?? null;
}

/** Whether a problem belongs to an object: it is named first, or the object is one side of a clash. */
export function isAbout(problem: Problem, key: EntityKey): boolean {
  if (problem.at.includes(key)) return true;
  const parts = keyParts(key);
  return parts?.kind === "subnet" && problem.at[0] === hostServiceKey(parts.vnet, parts.cidr);
}

/** What one object can clash with most easily: its zone, its parents and parts, and those of the same name or tag. */
function neighbourhood(layout: Layout, key: EntityKey): Layout {
  const parts = keyParts(key);
  const vnetId = parts?.kind === "vnet" ? parts.id : parts && "vnet" in parts ? parts.vnet : null;
  const vnet = layout.vnets.find(({ id }) => id === vnetId);
  const vnets = layout.vnets.filter(
    (each) => each.id === vnetId || (vnet?.tag !== undefined && each.tag === vnet.tag && each.zone === vnet.zone),
  );
  const kept = new Set(vnets.map(({ id }) => id));
  return {
    ...layout,
    vnets,
    subnets: layout.subnets.filter((subnet) => kept.has(subnet.vnet)),
    hostServices: (layout.hostServices ?? []).filter((service) => kept.has(service.vnet)),
    exceptions: [],
  };
}

/** Keeps the list of problems up to date: at once for small layouts, after the next pause for large ones. */
export function watchProblems(store: DesignerStore, board: BoardStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function judge() {
    const { layout, actions } = store.getState();
    const { facts } = board.getState();
    if (rules) actions.setProblems(layout, rules(layout, facts ? { facts } : {}));
  }

  function schedule() {
    clearTimeout(timer);
    timer = setTimeout(judge, size(store.getState().layout) > SMALL ? 250 : 0);
  }

  loadRules().then(judge, () => {
    // Without the rules the server still judges: a plan lists every problem.
  });
  const stops = [
    store.subscribe((now, before) => {
      if (now.layout !== before.layout) schedule();
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
