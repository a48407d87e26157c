import type { Entity, PropValue } from "@/lib/core/plan/entity";
import { type Step, stepEntity } from "@/lib/core/plan/step";

/** One call as `pvesh` would make it. `line` is text for people and for copying; it never holds a secret. */
export interface ApiCall {
  readonly method: "get" | "create" | "set" | "delete";
  readonly line: string;
  /** Index of the step in the plan, or null for the calls around the steps. */
  readonly step: number | null;
}

/** Names under which some Proxmox objects carry secrets; their values are never printed. */
const SECRET = /token|secret|password|^key$/i;

/**
 * The calls a run of these steps makes, in order, as `pvesh` lines. The token of the lock is known only when the run
 * holds it and stands as $LOCK. Reads that only watch (tasks, zone status) are summed up in one line.
 */
export function apiCalls(steps: readonly Step[], nodes: readonly string[]): ApiCall[] {
  const around = (method: ApiCall["method"], rest: string): ApiCall => ({
    method,
    line: `pvesh ${method} ${rest}`,
    step: null,
  });
  if (steps.length === 0) return [];
  return [
    around("create", "/cluster/sdn/lock"),
    ...steps.map((step, index) => stepCall(step, index)),
    ...nodes.map((node) => around("get", `/cluster/sdn/dry-run --node ${quoted(node)}`)),
    around("set", "/cluster/sdn --lock-token $LOCK"),
    ...nodes.map((node) => around("get", `/nodes/${node}/sdn/zones`)),
    around("delete", "/cluster/sdn/lock --lock-token $LOCK"),
  ];
}

function stepCall(step: Step, index: number): ApiCall {
  const method = step.op === "create" ? "create" : step.op === "update" ? "set" : "delete";
  const options = step.op === "create" ? createOptions(step.after) : step.op === "update" ? updateOptions(step) : [];
  const line = ["pvesh", method, step.op === "create" ? collection(step.after) : path(stepEntity(step)), ...options];
  return { method, line: [...line, "--lock-token $LOCK"].join(" "), step: index };
}

function collection(entity: Entity): string {
  switch (entity.kind) {
    case "zone":
      return "/cluster/sdn/zones";
    case "vnet":
      return "/cluster/sdn/vnets";
    case "subnet":
      return `/cluster/sdn/vnets/${String(entity.props["vnet"] ?? "")}/subnets`;
  }
}

const path = (entity: Entity): string => `${collection(entity)}/${entity.id}`;

function createOptions(entity: Entity): string[] {
  const own = Object.entries(entity.props).filter(
    ([name]) => entity.kind !== "subnet" || (name !== "vnet" && name !== "zone"),
  );
  const name =
    entity.kind === "subnet"
      ? ["--type subnet", `--subnet ${quoted(cidrOf(entity))}`]
      : [`--${entity.kind} ${entity.id}`];
  return [...name, ...own.flatMap(([field, value]) => option(field, value))];
}

function updateOptions(step: Extract<Step, { op: "update" }>): string[] {
  const unset = step.changes.filter((change) => change.after === null).map((change) => change.field);
  return [
    ...step.changes.flatMap((change) => (change.after === null ? [] : option(change.field, change.after))),
    ...(unset.length > 0 ? [`--delete ${quoted(unset.join(","))}`] : []),
  ];
}

/** A repeated key for a list of ranges, commas for a list of names, 1 for a flag: as the API takes them. */
function option(field: string, value: PropValue): string[] {
  if (SECRET.test(field)) return [`--${field} '<hidden>'`];
  if (typeof value === "boolean") return [`--${field} ${value ? 1 : 0}`];
  if (typeof value === "string" || typeof value === "number") return [`--${field} ${quoted(String(value))}`];
  const ranges = value.flatMap((item) =>
    typeof item === "string"
      ? []
      : [`--${field} start-address=${item["start-address"]},end-address=${item["end-address"]}`],
  );
  return ranges.length > 0 ? ranges : [`--${field} ${quoted(value.join(","))}`];
}

/** A subnet's key ends in its CIDR. */
const cidrOf = (entity: Entity): string => entity.key.split("/").slice(2).join("/");

/** Single quotes as a POSIX shell needs them, left out where nothing could be misread. */
function quoted(text: string): string {
  return /^[\w.,:/@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
