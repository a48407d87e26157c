import type { Problem } from "@/lib/core/problem";
import { err, ok, type Result } from "@/lib/core/result";
import { nearest } from "./nearest";
import { basic, multiNode, natWithExternalDhcp, noDhcp } from "./starters/one-vlan";
import { type Choices, defaultFor, type ParameterValues, parseParameter } from "./starters/parameter";
import { homelabSixVlans, smallProduction } from "./starters/several-vlans";
import type { Starter } from "./starters/starter";

/** The built-in templates, in the order in which they are shown. Built with their defaults they give documented numbers. */
export const STARTERS: readonly Starter[] = [
  basic,
  homelabSixVlans,
  noDhcp,
  multiNode,
  smallProduction,
  natWithExternalDhcp,
];

export function starterById(id: string): Starter | null {
  return STARTERS.find((starter) => starter.id === id) ?? null;
}

/** The values to show first for a cluster with these nodes and bridges. */
export function parameterDefaults(starter: Starter, choices: Choices): ParameterValues {
  return Object.fromEntries(starter.parameters.map((parameter) => [parameter.id, defaultFor(parameter, choices)]));
}

/**
 * Judges values from outside. What is missing gets its documented default; every problem names the parameter in `field`
 * and says the reason and the cure.
 */
export function parseParameters(starter: Starter, value: unknown): Result<ParameterValues, Problem[]> {
  const given: unknown = value ?? {};
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    return err([
      {
        code: "parameter-invalid",
        severity: "error",
        at: [],
        message: "Give the parameters as a map of names and values.",
      },
    ]);
  }
  const known = starter.parameters.map((parameter) => parameter.id);
  const problems: Problem[] = Object.keys(given).flatMap((name) =>
    known.includes(name) ? [] : [unknownParameter(name, known)],
  );
  const values: Record<string, ParameterValues[string]> = {};
  for (const parameter of starter.parameters) {
    const own = Object.hasOwn(given, parameter.id) ? (given as Record<string, unknown>)[parameter.id] : undefined;
    const parsed = parseParameter(parameter, own);
    if (parsed.ok) values[parameter.id] = parsed.value;
    else problems.push(parsed.error);
  }
  return problems.length > 0 ? err(problems) : ok(values);
}

function unknownParameter(name: string, known: readonly string[]): Problem {
  const meant = nearest(name, known);
  const advice = meant === null ? `this template has ${known.join(", ")}.` : `did you mean ${meant}?`;
  return {
    code: "parameter-invalid",
    severity: "error",
    at: [],
    field: name,
    message: `${name}: unknown parameter; ${advice}`,
  };
}
