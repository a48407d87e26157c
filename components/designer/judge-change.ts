import type { Layout } from "@/lib/core/layout/model";
import { type EntityKey, vnetKey } from "@/lib/core/plan/entity";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Problem } from "@/lib/core/problem";
import { moveCommand } from "./commands";
import type { Change } from "./designer-state";
import { isSmall, loadedRules, problemAt } from "./judge";
import { keyParts } from "./keys";

/** What would be wrong with one field if a change were made; null when nothing. Fast enough for every key press. */
export function judgeField(
  layout: Layout,
  facts: ClusterFacts | null,
  change: Change,
  key: EntityKey,
  field: string,
): Problem | null {
  const rules = loadedRules();
  if (!rules) return null;
  const renamed = change.renames?.find(([from]) => from === key)?.[1] ?? key;
  const after = change.apply(layout);
  const part = isSmall(after) ? after : neighbourhood(after, renamed);
  const problems = rules(part, facts ? { facts } : {});
  return problemAt(problems, renamed, field) ?? null;
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
  const judge = loadedRules();
  const after = moveCommand(vnets, zone).apply(layout);
  if (!judge || after === layout) return null;
  for (const id of vnets.slice(0, ASKED)) {
    const key = vnetKey(id);
    const errors = (whole: Layout): Problem[] => {
      const part = isSmall(whole) ? whole : neighbourhood(whole, key);
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
  const judge = loadedRules();
  const after = change.apply(layout);
  const [first] = keys;
  if (!judge || after === layout || first === undefined) return null;
  const part = isSmall(after) ? after : neighbourhood(after, first);
  const found = judge(part, facts ? { facts } : {});
  return found.find(({ severity, at }) => severity === "error" && keys.some((key) => at.includes(key))) ?? null;
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
