import type * as z from "zod/mini";
import { hostServiceKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";
import { err, ok, type Result } from "@/lib/core/result";
import { type Layout, layoutSchema } from "./model";
import { nearest } from "./nearest";

type Path = readonly PropertyKey[];

/**
 * Reads a layout from a value that came from outside: JSON, YAML, a request. Only the shape is judged. Every problem
 * names its place (`zones[2].brigde`), the reason, and where possible what was meant.
 */
export function parseLayout(value: unknown): Result<Layout, Problem[]> {
  const parsed = layoutSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return err(parsed.error.issues.flatMap((issue) => describeIssue(issue, value)));
}

function describeIssue(issue: z.core.$ZodIssue, root: unknown): Problem[] {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const meant = nearest(key, keysAt(issue.path));
        const advice = meant === null ? "remove it" : `did you mean ${meant}?`;
        return shapeProblem(
          "unknown-key",
          root,
          [...issue.path, key],
          `unknown key; ${advice}${meant === null ? "." : ""}`,
        );
      });
    case "invalid_type":
      return [wrongType(issue.path, issue.expected, root)];
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const given = valueAt(root, issue.path);
      if (given === undefined) {
        return [shapeProblem("missing-key", root, issue.path, `missing; ${oneOf(allowed)}.`)];
      }
      const meant = typeof given === "string" ? nearest(given, allowed) : null;
      const advice = meant === null ? `use ${oneOf(allowed)}.` : `did you mean ${meant}?`;
      return [shapeProblem("wrong-value", root, issue.path, `${shown(given)} is not allowed here; ${advice}`)];
    }
    case "invalid_union":
      return [wrongType(issue.path, "text, a number, true or false, or a list of texts", root)];
    default:
      return [shapeProblem("wrong-value", root, issue.path, "is not allowed here; look at the layout format.")];
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys and values",
  record: "a map of keys and values",
};

function wrongType(path: Path, expected: string, root: unknown): Problem {
  const wanted = TYPE_WORDS[expected] ?? expected;
  const given = valueAt(root, path);
  if (given === undefined) return shapeProblem("missing-key", root, path, `missing; it must be ${wanted}.`);
  return shapeProblem("wrong-type", root, path, `must be ${wanted}, not ${shown(given)}.`);
}

function shapeProblem(code: string, root: unknown, path: Path, text: string): Problem {
  const place = placeText(path);
  const at = objectAt(root, path);
  return {
    code,
    severity: "error",
    at: at === null ? [] : [at],
    ...(place === "" ? {} : { field: place }),
    message: `${place === "" ? "The layout" : place}: ${text}`,
  };
}

/** `["zones", 2, "brigde"]` → `zones[2].brigde` */
function placeText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");
}

/** The key of the object a path leads into, where it can be told. */
function objectAt(root: unknown, path: Path): string | null {
  const [list, index] = path;
  const item = index === undefined ? undefined : valueAt(root, [list ?? "", index]);
  const word = (name: string): string | null => {
    const value = valueAt(item, [name]);
    return typeof value === "string" ? value : null;
  };
  const [id, vnet, cidr] = [word("id"), word("vnet"), word("cidr")];
  if (list === "zones" && id !== null) return zoneKey(id);
  if (list === "vnets" && id !== null) return vnetKey(id);
  if (vnet === null || cidr === null) return null;
  if (list === "subnets") return subnetKey(vnet, cidr);
  return list === "hostServices" ? hostServiceKey(vnet, cidr) : null;
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    root,
  );
}

/** The keys the schema knows at a place. */
function keysAt(path: Path, schema: z.core.$ZodType | undefined = layoutSchema): string[] {
  const def = (schema as z.core.$ZodTypes | undefined)?._zod.def;
  if (def?.type === "optional") return keysAt(path, def.innerType);
  const [step, ...rest] = path;
  if (def?.type === "array") return keysAt(rest, def.element);
  if (def?.type !== "object") return [];
  return step === undefined ? Object.keys(def.shape) : keysAt(rest, def.shape[String(step)]);
}

const oneOf = (values: readonly string[]): string =>
  values.length === 1 ? String(values[0]) : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;

/** A value short enough for a sentence. */
function shown(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  const text = typeof value === "string" ? `"${value}"` : String(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
