"use client";

import { useState } from "react";
import { type Conflict, conflictsWith } from "@/lib/core/layout/conflicts";
import type { Layout } from "@/lib/core/layout/model";
import { shiftAway } from "@/lib/core/layout/shift";
import { parameterDefaults, parseParameters, starterById } from "@/lib/core/layout/starters";
import type { Parameter, ParameterValue, ParameterValues } from "@/lib/core/layout/starters/parameter";
import { type SavedTemplate, savedStarter } from "@/lib/core/layout/starters/saved-starter";
import type { Starter } from "@/lib/core/layout/starters/starter";
import type { Taken } from "@/lib/core/layout/taken";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Problem } from "@/lib/core/problem";
import { validateLayout } from "@/lib/core/validate/validate";

interface TemplateDraft {
  readonly parameters: readonly Parameter[];
  /** As shown in the fields. */
  readonly values: ParameterValues;
  readonly set: (id: string, value: ParameterValue) => void;
  /** What these values build, or null while a value is unusable; shifted where that was accepted. */
  readonly layout: Layout | null;
  /** About the values and about the layout they build, errors first. */
  readonly problems: readonly Problem[];
  /** What the template's own numbers meet in the cluster. */
  readonly conflicts: readonly Conflict[];
  /** What `layout` meets. */
  readonly met: readonly Conflict[];
  /** The same once the offer of free ids and numbers was accepted and `layout` has them; null where it has its own. */
  readonly left: readonly Conflict[] | null;
  readonly shift: (on: boolean) => void;
}

interface World {
  /** Null while unknown. */
  readonly facts: ClusterFacts | null;
  readonly taken: Taken | null;
}

/**
 * The values of a template as they are being chosen. What nobody touched follows the cluster that was picked. `saved` is
 * a template of somebody's own; without it a built-in one is meant. The offer of free numbers is kept while values change.
 */
export function useTemplateDraft(
  templateId: string,
  saved: SavedTemplate | null,
  { facts, taken }: World,
): TemplateDraft {
  const [touched, setTouched] = useState<ParameterValues>({});
  const [accepted, setAccepted] = useState(false);
  const starter = saved ? savedStarter(saved) : starterById(templateId);
  const values = starter ? { ...parameterDefaults(starter, choicesOf(facts)), ...touched } : {};
  const built = starter ? build(starter, values) : { layout: null, problems: [] };
  const conflicts = built.layout && taken ? conflictsWith(built.layout, taken) : [];
  const shifted = accepted && conflicts.length > 0 && built.layout && taken ? shiftAway(built.layout, taken) : null;
  const layout = shifted ?? built.layout;
  const left = shifted && taken ? conflictsWith(shifted, taken) : null;
  return {
    parameters: starter?.parameters ?? [],
    values,
    set: (id, value) => setTouched((before) => ({ ...before, [id]: value })),
    layout,
    problems: layout ? check(layout, facts) : built.problems,
    conflicts,
    met: left ?? conflicts,
    left,
    shift: setAccepted,
  };
}

/** Nodes that are offline are not offered first: a network proven on all nodes needs all of them to answer. */
function choicesOf(facts: ClusterFacts | null) {
  const all = facts?.nodes ?? [];
  const online = all.filter((node) => node.online);
  const bridges = all.flatMap((node) => (node.bridges ?? []).map(({ name }) => name));
  return { nodes: (online.length > 0 ? online : all).map(({ name }) => name), bridges: [...new Set(bridges)] };
}

function build(starter: Starter, values: ParameterValues): { layout: Layout | null; problems: readonly Problem[] } {
  const parsed = parseParameters(starter, values);
  if (!parsed.ok) return { layout: null, problems: parsed.error };
  const built = starter.build(parsed.value);
  return built.ok ? { layout: built.value, problems: [] } : { layout: null, problems: built.error };
}

function check(layout: Layout, facts: ClusterFacts | null): readonly Problem[] {
  const problems = validateLayout(layout, facts ? { facts } : {});
  return problems.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}

const RANK = { error: 0, warning: 1, info: 2 } as const;
