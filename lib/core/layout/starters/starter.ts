import type { Layout } from "@/lib/core/layout/model";
import type { Problem } from "@/lib/core/problem";
import type { Result } from "@/lib/core/result";
import type { Parameter, ParameterValues } from "./parameter";

/** A ready-made layout with a few things to choose. Built-in templates are these. */
export interface Starter {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  /** Builds the layout from values that `parseParameters` gave. */
  readonly build: (values: ParameterValues) => Result<Layout, Problem[]>;
}
