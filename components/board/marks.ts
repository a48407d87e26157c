import type { Layout } from "@/lib/core/layout/model";
import { type EntityKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { Problem, Severity } from "@/lib/core/problem";

/** The worst that is wrong with an object and everything in it, and how many things that are. */
export interface Mark {
  readonly severity: Exclude<Severity, "info">;
  readonly count: number;
}

export type Marks = ReadonlyMap<EntityKey, Mark>;

/** What to mark on the Board. A problem of a subnet or its services also marks its VNet, and any problem its zone. */
export function problemMarks(layout: Layout, problems: readonly Problem[]): Marks {
  const zoneOf = new Map(layout.vnets.map((vnet) => [vnet.id, vnet.zone]));
  const marks = new Map<EntityKey, Mark>();
  for (const { severity, at } of problems) {
    if (severity === "info") continue;
    for (const key of new Set(at.flatMap((each) => withParents(each, zoneOf)))) {
      const was = marks.get(key);
      marks.set(key, {
        severity: was?.severity === "error" ? "error" : severity,
        count: (was?.count ?? 0) + 1,
      });
    }
  }
  return marks;
}

function withParents(key: EntityKey, zoneOf: ReadonlyMap<string, string>): EntityKey[] {
  const [kind, id = ""] = key.split("/", 2);
  if (kind === "zone") return [key];
  const zone = zoneOf.get(id);
  return [...new Set([key, vnetKey(id), ...(zone === undefined ? [] : [zoneKey(zone)])])];
}
