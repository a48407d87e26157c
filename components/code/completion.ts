import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import schema from "@/docs/reference/layout.schema.json";
import type { Layout } from "@/lib/core/layout/model";
import type { ClusterFacts } from "@/lib/core/ports";

/** The part of JSON Schema that our own schema uses. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** What is known at the moment of asking, for values that no schema can list. */
export interface Known {
  readonly layout: Layout;
  readonly facts: ClusterFacts | null;
}

const ROOT: Schema = schema as Schema;

/** Offers keys and values from the published schema, and ids, nodes and bridges that exist. */
export function completionSource(known: () => Known) {
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const place = placeAt(context.state.doc.sliceString(0, line.from), line.text);
    const value = /^\s*(?:- )?"?([\w-]+)"?: *(.*)$/.exec(before);
    if (value) {
      const [, name = "", written = ""] = value;
      const from = context.pos - (/[^\s,[\]"]*$/.exec(written)?.[0].length ?? 0);
      const options = valueOptions(place, name, known());
      return options.length === 0 ? null : { from, options, validFor: /^[^\s,[\]"]*$/ };
    }
    const item = /^\s*- "?([\w.]*)$/.exec(before);
    if (item && place.list !== null) {
      const options = valueOptions(place, place.list, known());
      if (options.length > 0) return { from: context.pos - (item[1]?.length ?? 0), options, validFor: /^[\w.]*$/ };
    }
    const key = /^\s*(?:- )?"?([\w-]*)$/.exec(before);
    if (!key || (key[1] === "" && !context.explicit)) return null;
    const quote = before.includes('"') || /^\s*[{"]/.test(context.state.doc.toString()) ? '"' : "";
    const properties = Object.entries(place.schema.properties ?? {});
    return {
      from: context.pos - (key[1]?.length ?? 0),
      validFor: /^[\w-]*$/,
      options: properties.map(([label, each]): Completion => {
        const apply = quote === "" ? `${label}: ` : before.includes('"') ? `${label}": ` : `"${label}": `;
        return { label, apply, type: "property", ...(each.description ? { info: each.description } : {}) };
      }),
    };
  };
}

interface Place {
  readonly schema: Schema;
  /** The property whose list the line is an item of. */
  readonly list: string | null;
}

/** Which part of the schema a line belongs to, by the keys that stand further left above it. */
function placeAt(above: string, line: string): Place {
  const path: string[] = [];
  let indent = /^ */.exec(line)?.[0].length ?? 0;
  if (line.trim() === "") indent = Math.max(indent, 1);
  for (const each of above.split("\n").reverse()) {
    const key = /^( *)(- )?"?([\w-]+)"?: *(.*)$/.exec(each);
    if (!key) continue;
    const [, spaces = "", dash = "", name = "", rest = ""] = key;
    const opens = rest === "" || rest === "[" || rest === "{";
    if (!opens || spaces.length + dash.length >= indent) continue;
    path.unshift(name);
    indent = spaces.length;
    if (indent === 0) break;
  }
  let at: Schema = ROOT;
  let list: string | null = null;
  for (const name of path) {
    const next = at.properties?.[name];
    if (!next) continue;
    list = next.type === "array" ? name : null;
    at = next.items ?? next;
  }
  return { schema: at, list: at.properties ? null : list };
}

function valueOptions({ schema: at }: Place, name: string, { layout, facts }: Known): Completion[] {
  const of = at.properties?.[name];
  const listed = of?.enum ?? (of?.const === undefined ? [] : [of.const]);
  const flags = of?.type === "boolean" ? [true, false] : [];
  const nodes = facts?.nodes.map((node) => node.name) ?? [];
  const bridges = new Set(facts?.nodes.flatMap((node) => node.bridges?.map((bridge) => bridge.name) ?? []) ?? []);
  const live: Readonly<Record<string, Iterable<string>>> = {
    zone: layout.zones.map(({ id }) => id),
    vnet: layout.vnets.map(({ id }) => id),
    nodes,
    exitnodes: nodes,
    "exitnodes-primary": nodes,
    gatewayNode: nodes,
    bridge: bridges,
    uplink: bridges,
    controller: facts?.controllers?.map(({ id }) => id) ?? [],
  };
  const known = Object.hasOwn(live, name) ? [...(live[name] ?? [])] : [];
  return [...new Set([...listed, ...flags, ...known].map(String))].map((label) => ({ label, type: "constant" }));
}
