import type { EntityKey } from "./entity";
import type { Plan } from "./plan";
import { stepEntity } from "./step";

/** What has to be shown on one node before a run may say that it is applied there. */
export interface NodeProof {
  readonly node: string;
  /** Zones that must be available, with all their VNets. */
  readonly zones: readonly string[];
  /** Zones that left this node, and VNets that were removed from it. */
  readonly left: readonly string[];
  readonly gone: readonly string[];
}

type Shape = Pick<Plan, "steps" | "nodes" | "prove" | "placement">;

/**
 * The nodes on which a plan has to be proven, sorted, each with what has to be shown there. A plan that touches no zone of
 * any node still reloads them all, so then every node has to show its reload.
 */
export function proofsOf({ steps, nodes, prove, placement }: Shape): NodeProof[] {
  const last = new Map<EntityKey, { zone: string; id: string; gone: boolean }>();
  for (const step of steps) {
    const { key, kind, id, props } = stepEntity(step);
    if (kind === "vnet") last.set(key, { zone: String(props["zone"] ?? ""), id, gone: step.op === "delete" });
  }
  const removed = [...last.values()].filter(({ gone }) => gone);
  const all = nodes.map((node): NodeProof => {
    const was = placement.filter(({ before }) => before?.includes(node)).map(({ zone }) => zone);
    const is = placement.filter(({ after }) => after?.includes(node)).map(({ zone }) => zone);
    const left = was.filter((zone) => !is.includes(zone));
    return {
      node,
      zones: Object.keys(prove).filter((zone) => prove[zone]?.includes(node)),
      left,
      gone: removed.filter(({ zone }) => was.includes(zone)).map(({ id }) => id),
    };
  });
  const strangers = [...new Set(Object.values(prove).flat())].filter((node) => !nodes.includes(node));
  const unknown = strangers.map(
    (node): NodeProof => ({
      node,
      zones: Object.keys(prove).filter((zone) => prove[zone]?.includes(node)),
      left: [],
      gone: [],
    }),
  );
  const needed = [...all, ...unknown].filter(({ zones, left, gone }) => zones.length + left.length + gone.length > 0);
  return (needed.length > 0 ? needed : all).sort((a, b) => (a.node < b.node ? -1 : 1));
}
