import { createTwoFilesPatch } from "diff";
import type { Failure } from "@/lib/core/failure";
import { ok, type Result } from "@/lib/core/result";
import { renderNode } from "@/lib/hosts/render/render-node";
import * as store from "@/lib/store/plans";
import { context } from "./context";
import { forbidden, missing } from "./refusals";
import type { Actor } from "./views";

/**
 * How the files of a node's agent would change by a plan, as a unified diff: from those of the state it has to those of
 * the planned one. Rendered here with the agent's own rules; nothing is asked from the node.
 */
export async function readHostFiles(
  actor: Actor,
  { planId, node }: { readonly planId: string; readonly node: string },
): Promise<Result<{ readonly diff: string }, Failure>> {
  const no = forbidden(actor, "viewer", "see plans");
  if (no) return no;
  const stored = await store.findPlan((await context()).db, planId);
  if (!stored) return missing("plan");
  const target = (stored.plan.hosts ?? []).find((one) => one.node === node);
  if (!target) return missing("node in this plan");
  const before = target.before ? renderNode(target.before) : {};
  const after = renderNode(target.after);
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const patches = paths.flatMap((path) =>
    before[path] === after[path] ? [] : [createTwoFilesPatch(path, path, before[path] ?? "", after[path] ?? "")],
  );
  return ok({ diff: patches.map((patch) => patch.replace(/^(Index: .*\n)?=+\n/m, "")).join("") });
}
