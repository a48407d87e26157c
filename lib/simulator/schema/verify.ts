import type { RawParameters, RawValue } from "@/lib/simulator/http/messages";
import { badParameters } from "@/lib/simulator/http/refusal";
import { formatProblem } from "@/lib/simulator/schema/formats";
import type { Parameters, ParameterValue } from "@/lib/simulator/schema/parameters";
import type { Property } from "@/lib/simulator/schema/property";

type Verified = { readonly value: ParameterValue } | { readonly errors: Readonly<Record<string, string>> };

function failure(name: string, text: string): Verified {
  return { errors: { [name]: text } };
}

const patterns = new Map<string, RegExp>();

/** The whole value must fit. Perl's `$` lets one trailing line feed pass; the write of the configuration refuses it later. */
function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(`^(?:${pattern})\\n?$`, "u");
  patterns.set(pattern, known);
  return known;
}

function textProblem(property: Property, value: string): string | undefined {
  if (property.format !== undefined) {
    const problem = formatProblem(property.format, value);
    if (problem !== undefined) return `invalid format - ${problem}\n`;
  }
  if (property.pattern !== undefined && !compiled(property.pattern).test(value))
    return "value does not match the regex pattern";
  if (property.maxLength !== undefined && [...value].length > property.maxLength)
    return `value may only be ${property.maxLength} characters long`;
  if (property.minLength !== undefined && [...value].length < property.minLength)
    return `value must be at least ${property.minLength} characters long`;
  return undefined;
}

function enumProblem(property: Property, value: string): string | undefined {
  if (property.enum === undefined || property.enum.includes(value)) return undefined;
  return `value '${value}' does not have a value in the enumeration '${property.enum.join(", ")}'`;
}

function verifyNumber(name: string, property: Property, value: string): Verified {
  const pattern = property.type === "integer" ? /^[+-]?\d+$/ : /^[+-]?\d+(?:\.\d+)?$/;
  if (!pattern.test(value)) return failure(name, `type check ('${property.type}') failed - got '${value}'`);
  const number = Number(value);
  if (property.maximum !== undefined && number > property.maximum)
    return failure(name, `value must have a maximum value of ${property.maximum}`);
  if (property.minimum !== undefined && number < property.minimum)
    return failure(name, `value must have a minimum value of ${property.minimum}`);
  return { value: number };
}

function verifyList(name: string, property: Property, raw: RawValue): Verified {
  const items: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  if (raw === "" || (!Array.isArray(raw) && typeof raw === "object"))
    return failure(name, "type check ('array') failed");
  const texts: string[] = [];
  for (const [index, item] of items.entries()) {
    const at = `${name}[${index}]`;
    if (typeof item !== "string") return failure(at, "type check ('string') failed - got HASH");
    const problem = textProblem(property.items ?? {}, item) ?? enumProblem(property.items ?? {}, item);
    if (problem !== undefined) return failure(at, problem);
    texts.push(item);
  }
  return { value: texts };
}

function verifyOne(name: string, property: Property, raw: RawValue): Verified {
  if (property.type === "array") return verifyList(name, property, raw);
  if (typeof raw === "object" && raw !== null && !Array.isArray(raw))
    return failure(name, `type check ('${property.type ?? "string"}') failed - got HASH`);
  // A repeated key of a plain text arrives joined with NUL, which list formats take as a separator.
  const value = Array.isArray(raw) ? raw.map(String).join("\u0000") : String(raw);
  if (property.type === "integer" || property.type === "number") return verifyNumber(name, property, value);
  if (property.type === "boolean")
    return /^[01]$/.test(value)
      ? { value: Number(value) }
      : failure(name, `type check ('boolean') failed - got '${value}'`);
  const problem = textProblem(property, value) ?? enumProblem(property, value);
  return problem === undefined ? { value } : failure(name, problem);
}

/**
 * Checks parameters against an endpoint's rules: unknown and missing ones, types, patterns, limits, formats.
 * Out: values in their types (integers and booleans as numbers, lists as string arrays). Throws a 400 refusal naming every bad one.
 */
export function verifyParameters(properties: Readonly<Record<string, Property>>, raw: RawParameters): Parameters {
  const values: Record<string, ParameterValue> = {};
  const errors: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined) {
      errors[name] = "property is not defined in schema and the schema does not allow additional properties";
      continue;
    }
    const verified = verifyOne(name, property, value);
    if ("errors" in verified) Object.assign(errors, verified.errors);
    else values[name] = verified.value;
    if (property.requires !== undefined && raw[property.requires] === undefined)
      errors[property.requires] = `missing property - '${name}' requires this property`;
  }
  for (const [name, property] of Object.entries(properties))
    if (property.optional !== true && raw[name] === undefined)
      errors[name] = "property is missing and it is not optional";
  if (Object.keys(errors).length > 0) throw badParameters(errors);
  return values;
}
