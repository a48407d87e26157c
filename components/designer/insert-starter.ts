import type { BoardState } from "@/components/board/board-store";
import { reorderZone } from "@/lib/core/layout/edits";
import type { Layout } from "@/lib/core/layout/model";
import { parameterDefaults } from "@/lib/core/layout/starters";
import type { Starter } from "@/lib/core/layout/starters/starter";
import { err, type Result } from "@/lib/core/result";
import type { Change } from "./designer-state";
import { keyParts } from "./keys";
import { pasteCommand } from "./more-commands";

/** What a template builds with its defaults, on the nodes and bridges that the Board knows. */
export function builtFor(starter: Starter, { facts, nodes }: Pick<BoardState, "facts" | "nodes">): Layout | null {
  const bridges = facts?.nodes.flatMap((node) => (node.bridges ?? []).map(({ name }) => name)) ?? [];
  const built = starter.build(
    parameterDefaults(starter, { nodes: nodes.length > 0 ? [...nodes] : ["pve1"], bridges: [...new Set(bridges)] }),
  );
  return built.ok ? built.value : null;
}

/**
 * Puts a template into a layout with ids, tags and networks that are free; one edit. `place` is where its first zone goes
 * in the order of zones, counted from 0; null for the end.
 */
export function insertCommand(
  layout: Layout,
  starter: Starter,
  where: { readonly built: Layout | null; readonly place: number | null },
): Result<Change, string> {
  if (!where.built) return err(`${starter.title} cannot be built with what this cluster has.`);
  const options = { zone: null, vnet: null, subnets: "free" as const };
  const pasted = pasteCommand(layout, where.built, options, `Insert ${starter.title}:`);
  if (!pasted.ok || where.place === null) return pasted;
  const zones = pasted.value.keys.flatMap((key) => {
    const parts = keyParts(key);
    return parts?.kind === "zone" ? [parts.id] : [];
  });
  const { place } = where;
  const { apply, ...rest } = pasted.value;
  const inPlace = (next: Layout) => zones.reduce((now, id, index) => reorderZone(now, id, place + index), next);
  return { ok: true, value: { ...rest, apply: (now) => inPlace(apply(now)) } };
}
