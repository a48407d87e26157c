import { networkOf, parseCidr } from "@/lib/core/net/cidr";
import { isDnsName } from "@/lib/core/net/dns-name";
import type { Problem } from "@/lib/core/problem";
import { err, ok, type Result } from "@/lib/core/result";

export type ParameterValue = string | number | readonly string[];
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

interface Common {
  readonly id: string;
  readonly label: string;
  readonly help: string;
}

/** One thing a person may choose before a starter is built. `default` is what the starter is documented with. */
export type Parameter = Common &
  (
    | { readonly kind: "node"; readonly default: string }
    /**
     * `prefer` says which nodes of a cluster are chosen at first: two, all, or those of the default where it has them
     * and else as many; `least` how many it takes.
     */
    | {
        readonly kind: "nodes";
        readonly default: readonly string[];
        readonly prefer: "two" | "all" | "own";
        readonly least: number;
      }
    | { readonly kind: "bridge"; readonly default: string }
    /** `highest` leaves room for the tags counted from this one, up to `end`. */
    | { readonly kind: "tag"; readonly default: number; readonly highest: number; readonly end: number }
    /** `shortest` and `longest` bound the prefix length. */
    | { readonly kind: "cidr"; readonly default: string; readonly shortest: number; readonly longest: number }
    | { readonly kind: "domain" | "text"; readonly default: string }
  );

export const problemWith = (parameter: Common, message: string): Problem => ({
  code: "parameter-invalid",
  severity: "error",
  at: [],
  field: parameter.id,
  message: `${parameter.label}: ${message}`,
});

/** A node's or bridge's name: what Linux and Proxmox take, and nothing that could be read as something else. */
const isNodeName = (text: string): boolean => /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/.test(text);
const isBridgeName = (text: string): boolean => /^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$/.test(text);

/** Judges one value and brings it into its normal form. A missing value is the default. */
export function parseParameter(parameter: Parameter, value: unknown): Result<ParameterValue, Problem> {
  const given = value === undefined || value === "" ? parameter.default : value;
  const wrong = (message: string) => err(problemWith(parameter, message));
  switch (parameter.kind) {
    case "nodes":
      return parseNodes(parameter, given);
    case "tag":
      return parseTag(parameter, given);
    case "cidr":
      return parseBlock(parameter, given);
    case "node":
      if (typeof given === "string" && isNodeName(given)) return ok(given);
      return wrong("name one node of the cluster, like pve1.");
    case "bridge":
      if (typeof given === "string" && isBridgeName(given)) return ok(given);
      return wrong("name a bridge of the nodes, like vmbr0.");
    case "domain":
      if (typeof given === "string" && isDnsName(given)) return ok(given);
      return wrong("give a DNS name like lab.example: letters, digits, dashes and dots.");
    case "text":
      if (typeof given === "string" && given.trim() !== "" && given.length <= 100) return ok(given.trim());
      return wrong("give a text of up to 100 characters.");
  }
}

function parseTag(parameter: Extract<Parameter, { kind: "tag" }>, given: unknown): Result<ParameterValue, Problem> {
  const tag = typeof given === "string" && /^[0-9]+$/.test(given.trim()) ? Number(given) : given;
  if (typeof tag === "number" && Number.isInteger(tag) && tag >= 1 && tag <= parameter.highest) return ok(tag);
  const why = parameter.highest < parameter.end ? ` (the other tags are counted from it, up to ${parameter.end})` : "";
  return err(problemWith(parameter, `give a whole number from 1 to ${parameter.highest}${why}.`));
}

function parseBlock(parameter: Extract<Parameter, { kind: "cidr" }>, given: unknown): Result<ParameterValue, Problem> {
  const wrong = (message: string) => err(problemWith(parameter, message));
  if (typeof given !== "string") return wrong(`give a network like ${parameter.default}.`);
  const cidr = parseCidr(given);
  if (!cidr.ok) return wrong(cidr.error);
  const { shortest, longest } = parameter;
  const { prefix, family } = networkOf(cidr.value);
  const wanted = parameter.default.includes(":") ? 6 : 4;
  if (family !== wanted) return wrong(`give an IPv${wanted} network like ${parameter.default}.`);
  if (prefix >= shortest && prefix <= longest) return ok(cidr.value);
  return wrong(`give a prefix length from /${shortest} to /${longest}, not /${prefix}.`);
}

function parseNodes(parameter: Extract<Parameter, { kind: "nodes" }>, given: unknown): Result<ParameterValue, Problem> {
  const list = typeof given === "string" ? given.split(/[,;\s]+/) : given;
  const names = Array.isArray(list) ? [...new Set(list.filter((name) => name !== ""))] : [];
  if (!names.every((name) => typeof name === "string" && isNodeName(name))) {
    return err(problemWith(parameter, "name nodes of the cluster, like pve1, pve2."));
  }
  if (names.length >= parameter.least) return ok(names);
  const many = parameter.least === 1 ? "one node" : `${parameter.least} nodes`;
  return err(problemWith(parameter, `choose at least ${many}; this network is made for that.`));
}

/** What a cluster offers to choose from, in its own order. */
export interface Choices {
  readonly nodes: readonly string[];
  readonly bridges: readonly string[];
}

/** The default of one parameter for a given cluster: its own nodes and bridges instead of the documented names. */
export function defaultFor(parameter: Parameter, { nodes, bridges }: Choices): ParameterValue {
  switch (parameter.kind) {
    case "node":
      return nodes.includes(parameter.default) ? parameter.default : (nodes[0] ?? parameter.default);
    case "nodes":
      return nodesFor(parameter, nodes);
    case "bridge":
      return bridges.includes(parameter.default) ? parameter.default : (bridges[0] ?? parameter.default);
    case "tag":
    case "cidr":
    case "domain":
    case "text":
      return parameter.default;
  }
}

function nodesFor(
  { prefer, ...parameter }: Extract<Parameter, { kind: "nodes" }>,
  nodes: readonly string[],
): readonly string[] {
  if (nodes.length === 0) return parameter.default;
  switch (prefer) {
    case "all":
      return [...nodes];
    case "two":
      return nodes.slice(0, 2);
    case "own": {
      const all = parameter.default.every((name) => nodes.includes(name));
      return all ? parameter.default : nodes.slice(0, parameter.default.length);
    }
  }
}
