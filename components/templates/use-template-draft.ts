"use client";

import { useState } from "react";
import type { Layout } from "@/lib/core/layout/model";
import { parameterDefaults, parseParameters, starterById } from "@/lib/core/layout/starters";
import type { Parameter, ParameterValue, ParameterValues } from "@/lib/core/layout/starters/parameter";
import type { Starter } from "@/lib/core/layout/starters/starter";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Problem } from "@/lib/core/problem";
import { validateLayout } from "@/lib/core/validate/validate";

interface TemplateDraft {
  readonly parameters: readonly Parameter[];
  /** As shown in the fields. */
  readonly values: ParameterValues;
  readonly set: (id: string, value: ParameterValue) => void;
  /** What these values build, or null while a value is unusable. */
  readonly layout: Layout | null;
  /** About the values and about the layout they build, errors first. */
  readonly problems: readonly Problem[];
}

/**
 * The values of a template as they are being chosen. What nobody touched follows the cluster that was picked. `saved` is
 * the layout of a template without parameters.
 */
export function useTemplateDraft(templateId: string, saved: Layout | null, facts: ClusterFacts | null): TemplateDraft {
  const [touched, setTouched] = useState<ParameterValues>({});
  const starter = saved ? null : starterById(templateId);
  const values = starter ? { ...parameterDefaults(starter, choicesOf(facts)), ...touched } : {};
  return {
    parameters: starter?.parameters ?? [],
    values,
    set: (id, value) => setTouched((before) => ({ ...before, [id]: value })),
    ...(starter ? judge(starter, values, facts) : { layout: saved, problems: saved ? check(saved, facts) : [] }),
  };
}

/** Nodes that are offline are not offered first: a network proven on all nodes needs all of them to answer. */
function choicesOf(facts: ClusterFacts | null) {
  const all = facts?.nodes ?? [];
  const online = all.filter((node) => node.online);
  const bridges = all.flatMap((node) => (node.bridges ?? []).map(({ name }) => name));
  return { nodes: (online.length > 0 ? online : all).map(({ name }) => name), bridges: [...new Set(bridges)] };
}

function judge(starter: Starter, values: ParameterValues, facts: ClusterFacts | null) {
  const parsed = parseParameters(starter, values);
  if (!parsed.ok) return { layout: null, problems: parsed.error };
  const built = starter.build(parsed.value);
  if (!built.ok) return { layout: null, problems: built.error };
  return { layout: built.value, problems: check(built.value, facts) };
}

function check(layout: Layout, facts: ClusterFacts | null): readonly Problem[] {
  const problems = validateLayout(layout, facts ? { facts } : {});
  return problems.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}

const RANK = { error: 0, warning: 1, info: 2 } as const;
