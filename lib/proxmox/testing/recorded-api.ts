import { readFileSync } from "node:fs";
import * as z from "zod";
import { formatProblem } from "@/lib/simulator/schema/formats";

/**
 * The API as pve-network 1.3.0 and pve-manager 9.2.11 describe and answer it, cut to the calls that are sent here: the
 * rules of every parameter, the names of the fields in a return shape, and a few recorded answers to each call.
 */
const ruleSchema = z.object({
  type: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  optional: z.literal(true).optional(),
});
const endpointSchema = z.object({
  method: z.string(),
  path: z.string(),
  parameters: z.record(z.string(), ruleSchema.extend({ items: ruleSchema.optional() })),
  /** Field → the fields below it. Empty where the API promises no names. */
  returns: z.record(z.string(), z.array(z.string())).optional(),
});
const answerSchema = z.object({
  method: z.string(),
  path: z.string(),
  /** `pending`, `running`, `type`, or nothing: which view was asked for. */
  view: z.string(),
  body: z.looseObject({ data: z.unknown() }),
});
type Rule = z.infer<typeof ruleSchema> & { readonly items?: z.infer<typeof ruleSchema> | undefined };
export type RecordedEndpoint = z.infer<typeof endpointSchema>;
export type RecordedAnswer = z.infer<typeof answerSchema>;

function readLines<T>(name: string, schema: z.ZodType<T>): readonly T[] {
  const text = readFileSync(new URL(`./recorded/${name}`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => schema.parse(JSON.parse(line)));
}

export const recordedEndpoints = readLines("schema.jsonl", endpointSchema);
export const recordedAnswers = readLines("answers.jsonl", answerSchema);

/** A request as it stands on the wire: the target below /api2/json, query included, and the form in the body. */
export interface WireRequest {
  readonly method: string;
  readonly target: string;
  readonly body: string;
}

interface Match {
  readonly endpoint: RecordedEndpoint;
  readonly inPath: Readonly<Record<string, string>>;
}

const patterns = recordedEndpoints.map((endpoint) => ({
  endpoint,
  pattern: new RegExp(`^${endpoint.path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
}));

/** The recorded endpoint a request goes to; nothing when the API has none. */
export function endpointOf({ method, target }: Pick<WireRequest, "method" | "target">): Match | undefined {
  const path = target.split("?")[0] ?? "";
  for (const { endpoint, pattern } of patterns) {
    const found = endpoint.method === method ? pattern.exec(path) : null;
    if (!found) continue;
    const parts = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
    return { endpoint, inPath: Object.fromEntries(parts) };
  }
  return undefined;
}

/** Everything about a request that the recorded API would refuse before looking at what it means. */
export function schemaProblems(request: WireRequest): string[] {
  const match = endpointOf(request);
  if (!match) return [`${request.method} ${request.target} is not in the API`];
  const { endpoint, inPath } = match;
  const inBody = request.method === "POST" || request.method === "PUT";
  const form = new URLSearchParams(inBody ? request.body : (request.target.split("?")[1] ?? ""));
  const sent = new Map(Object.entries(inPath).map(([name, value]) => [name, [value]]));
  for (const [name, value] of form) sent.set(name, [...(sent.get(name) ?? []), value]);
  const problems = [...sent].flatMap(([name, values]) => {
    const rule = Object.hasOwn(endpoint.parameters, name) ? endpoint.parameters[name] : undefined;
    return rule ? valueProblems(name, rule, values) : [`${name} is no parameter`];
  });
  const missing = Object.entries(endpoint.parameters).filter(([name, rule]) => !rule.optional && !sent.has(name));
  problems.push(...missing.map(([name]) => `${name} is missing`));
  if (inBody && request.target.includes("?")) problems.push("a write has a query");
  return problems.map((problem) => `${request.method} ${endpoint.path}: ${problem}`);
}

function valueProblems(name: string, rule: Rule, values: readonly string[]): string[] {
  if (rule.type === "array") return values.flatMap((value) => textProblems(name, rule.items ?? {}, value));
  if (values.length !== 1) return [`${name} is given ${values.length} times`];
  const [value = ""] = values;
  // An empty text counts as unset where it may be, and breaks the file where it may not; it is never sent.
  if (value === "") return [`${name} is empty`];
  switch (rule.type) {
    case "integer":
    case "number":
      return numberProblems(name, rule, value);
    case "boolean":
      return /^[01]$/.test(value) ? [] : [`${name}=${value} is no boolean`];
    default:
      return textProblems(name, rule, value);
  }
}

function numberProblems(name: string, { type, minimum, maximum }: Rule, value: string): string[] {
  if (!(type === "integer" ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(value)) return [`${name}=${value} is no ${type}`];
  const number = Number(value);
  const outside = (minimum !== undefined && number < minimum) || (maximum !== undefined && number > maximum);
  return outside ? [`${name}=${value} is outside ${minimum} to ${maximum}`] : [];
}

function textProblems(name: string, rule: Rule, value: string): string[] {
  const problems: string[] = [];
  const length = [...value].length;
  if (rule.enum && !rule.enum.includes(value)) problems.push(`${name}=${value} is none of ${rule.enum.join(", ")}`);
  if (rule.pattern !== undefined && !patternOf(rule.pattern).test(value))
    problems.push(`${name}=${value} is not like ${rule.pattern}`);
  if (length < (rule.minLength ?? 0) || length > (rule.maxLength ?? Number.POSITIVE_INFINITY))
    problems.push(`${name} is ${length} long`);
  const format = rule.format === undefined ? undefined : formatProblem(rule.format, value);
  if (format !== undefined) problems.push(`${name}=${value}: ${format}`);
  return problems;
}

/** A pattern of Perl's, where `(?^i:…)` sets flags for a group; PVE::JSONSchema wants the whole value to fit. */
function patternOf(perl: string): RegExp {
  const flags = /^\(\?\^(i?):/.exec(perl)?.[1] ?? "";
  return new RegExp(`^(?:${perl.replaceAll(/\(\?\^i?:/g, "(?:")})$`, flags);
}

/** Asked beside the SDN tree; the recordings do not reach that far (pve-manager, -qemu-server, -container, -firewall). */
const BESIDE: readonly (readonly [RegExp, unknown])[] = [
  [/^GET \/cluster\/resources\?type=vm$/, [{ vmid: 100, type: "qemu", node: "pve1", name: "a", status: "running" }]],
  [/^GET \/nodes\/pve1\/qemu\/100\/config$/, { net0: "virtio=BC:24:11:00:00:01,bridge=vmbr0" }],
  [/^GET \/cluster\/firewall\/options$/, { enable: 1, policy_in: "DROP" }],
  [/^GET \/cluster\/firewall\/groups\/\w+$/, [{ type: "in", action: "ACCEPT", enable: 1, proto: "udp", dport: "67" }]],
  [/^GET \/cluster\/firewall\/rules$/, [{ type: "group", action: "guests", enable: 1 }]],
  [/^GET \/nodes\/[\w-]+\/firewall\/options$/, { enable: 1 }],
  [/^GET \/nodes\/[\w-]+\/firewall\/rules$/, []],
  [/^GET \/nodes\/[\w-]+\/apt\/versions$/, [{ Package: "ifupdown2", OldVersion: "3.3.0", CurrentState: "Installed" }]],
];
const besideOf = ({ method, target }: WireRequest) => BESIDE.find(([pattern]) => pattern.test(`${method} ${target}`));
export const isBeside = (request: WireRequest): boolean => besideOf(request) !== undefined;

/** A recorded answer to the call in the view it asks for; `nth` chooses among several. */
export function answerOf(request: WireRequest, nth = 0): unknown {
  const beside = besideOf(request);
  if (beside) return { data: beside[1] };
  const path = endpointOf(request)?.endpoint.path;
  const view = ["pending", "running"].find((name) => request.target.includes(`${name}=1`)) ?? "";
  const all = recordedAnswers.filter((answer) => answer.method === request.method && answer.path === path);
  const seen = all.filter((answer) => answer.view === view);
  const choice = seen.length > 0 ? seen : all;
  return choice[nth % choice.length]?.body ?? { data: null };
}
