import type { Layout, Subnet, Vnet, Zone } from "../layout/model";
import { type Entity, type EntityKey, subnetKey, toEntities } from "./entity";
import type { Step } from "./step";

const DRAWN: ReadonlySet<unknown> = new Set(["simple", "vlan", "qinq", "vxlan", "evpn"]);

/**
 * What a plan begins with, as far as it is about this layout: its goal with every step taken back. Meant for pictures, so
 * it has what a picture shows and no more; a zone of a type that no layout knows is left out.
 */
export function beforePlan(goal: Layout, steps: readonly Step[]): Layout {
  const entities = new Map(toEntities(goal).map((entity) => [entity.key, entity]));
  // Of several steps for one object the first one saw it as it was.
  const seen = new Set<EntityKey>();
  for (const step of steps) {
    const { key } = step.op === "create" ? step.after : step.before;
    if (seen.has(key)) continue;
    seen.add(key);
    if (step.op === "create") entities.delete(key);
    else entities.set(key, step.before);
  }
  const of = (kind: Entity["kind"]) => [...entities.values()].filter((entity) => entity.kind === kind);
  return {
    version: 1,
    name: goal.name,
    zones: of("zone").flatMap(({ id, props }): Zone[] =>
      DRAWN.has(props["type"]) ? [{ ...props, id } as unknown as Zone] : [],
    ),
    vnets: of("vnet").map(({ id, props }): Vnet => ({ ...props, id }) as unknown as Vnet),
    subnets: of("subnet").map(({ key, props }): Subnet => {
      const vnet = String(props["vnet"]);
      return { ...props, vnet, cidr: key.slice(subnetKey(vnet, "").length) } as unknown as Subnet;
    }),
  };
}
