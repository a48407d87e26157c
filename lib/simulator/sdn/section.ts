import { died } from "@/lib/simulator/http/refusal";
import { splitList } from "@/lib/simulator/schema/formats";
import type { Parameters, ParameterValue } from "@/lib/simulator/schema/parameters";

/** One object of an SDN configuration file: its type and options. Never changed in place. */
export type Section = Readonly<Record<string, ParameterValue>>;

/** Option name → whether an object of this type must have it. Anything absent is refused. */
export type OptionTable = Readonly<Record<string, "required" | "optional">>;

const nodeLists: ReadonlySet<string> = new Set(["nodes", "exitnodes"]);

function stored(name: string, value: ParameterValue): ParameterValue {
  if (typeof value === "string" && /[\r\n]/.test(value)) throw died("property contains a line feed");
  if (nodeLists.has(name) && typeof value === "string") return [...new Set(splitList(value))].sort().join(",");
  return value;
}

/**
 * Turns verified parameters into options of one type.
 * Throws a refusal (500) for an option the type does not know and, on create, for a required one that is lacking.
 */
export function checkOptions(table: OptionTable, parameters: Parameters, creating: boolean): Section {
  const section: Record<string, ParameterValue> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (!Object.hasOwn(table, name)) throw died(`unexpected property '${name}'`);
    section[name] = stored(name, value);
  }
  if (creating)
    for (const [name, need] of Object.entries(table))
      if (need === "required" && parameters[name] === undefined)
        throw died(`missing value for required option '${name}'`);
  return section;
}

/** Applies a partial update: unsets the `removed` options, then sets `changes`. Refuses (500) unknown, required and contradicting ones. */
export function updateSection(
  table: OptionTable,
  before: Section,
  changes: Section,
  removed: readonly string[],
): Section {
  const after: Record<string, ParameterValue> = { ...before };
  for (const name of removed) {
    const need = Object.hasOwn(table, name) ? table[name] : undefined;
    if (need === undefined) throw died(`no such option '${name}'`);
    if (need === "required") throw died(`unable to delete required option '${name}'`);
    if (changes[name] !== undefined) throw died(`cannot set and delete property '${name}' at the same time!`);
    delete after[name];
  }
  return Object.assign(after, changes);
}

/** The option as text; empty when unset. */
export function option(section: Section | undefined, name: string): string {
  const value = section?.[name];
  return value === undefined ? "" : String(value);
}

/** True when the flag is set and not 0. */
export function isSet(section: Section | undefined, name: string): boolean {
  const value = option(section, name);
  return value !== "" && value !== "0";
}
