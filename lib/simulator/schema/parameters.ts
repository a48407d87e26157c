/** A verified parameter: text, number (integers and booleans), or a list of texts. */
export type ParameterValue = string | number | readonly string[];
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** The parameter as text; empty when it was not sent. */
export function text(parameters: Parameters, name: string): string {
  const value = parameters[name];
  return value === undefined ? "" : String(value);
}

/** The parameter as text, or nothing when it was not sent. */
export function optionalText(parameters: Parameters, name: string): string | undefined {
  return parameters[name] === undefined ? undefined : text(parameters, name);
}

/** The parameter as a number, or nothing when it was not sent. */
export function optionalNumber(parameters: Parameters, name: string): number | undefined {
  const value = parameters[name];
  return typeof value === "number" ? value : undefined;
}

/** True when the flag was sent as 1. */
export function flag(parameters: Parameters, name: string): boolean {
  return parameters[name] === 1;
}

/** A copy without the named parameters. */
export function without(parameters: Parameters, names: readonly string[]): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !names.includes(name)));
}
