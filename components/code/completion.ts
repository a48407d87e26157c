import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Layout } from "@/lib/core/layout/model";
import type { ClusterFacts } from "@/lib/core/ports";
import { completionPlace, type Place } from "./completion-place";

/** What is known at the moment of asking, for values that no schema can list. */
export interface Known {
  readonly layout: Layout;
  readonly facts: ClusterFacts | null;
}

const VALUE = /^\s*(?:- )?"?([\w-]+)"?: *(.*)$/;
const ENTRY = /^\s*(?:- ?)?"?([\w.]*)$/;
const KEY = /^\s*(?:- )?"?([\w-]*)$/;
/** A word of a value, up to where the cursor is. */
const WORD = /[^\s,[\]"]*$/;

/** Offers keys and values from the published schema, and ids, nodes and bridges that exist. */
export function completionSource(known: () => Known) {
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const place = completionPlace(context.state.doc, line.number, before.length);
    const value = VALUE.exec(before);
    if (value) return values(context, value[2] ?? "", valueOptions(place, value[1] ?? "", known()));
    const entry = ENTRY.exec(before);
    if (entry && place.list !== null) return values(context, entry[1] ?? "", valueOptions(place, place.list, known()));
    const key = KEY.exec(before);
    return key ? keys(context, before, key[1] ?? "", place) : null;
  };
}

function values({ pos }: CompletionContext, written: string, options: Completion[]): CompletionResult | null {
  const word = WORD.exec(written)?.[0] ?? "";
  return options.length === 0 ? null : { from: pos - word.length, options, validFor: /^[^\s,[\]"]*$/ };
}

function keys(context: CompletionContext, before: string, word: string, place: Place): CompletionResult | null {
  if (word === "" && !context.explicit) return null;
  const open = before.includes('"');
  const json = open || /^\s*\{/.test(context.state.doc.sliceString(0, 200));
  const required = new Set(place.schema.required ?? []);
  const options = Object.entries(place.schema.properties ?? {}).flatMap(([label, each]): Completion[] => {
    if (place.taken.has(label)) return [];
    const apply = json ? `${open ? "" : '"'}${label}": ` : `${label}: `;
    return [
      {
        label,
        apply,
        type: "property",
        ...(each.description ? { info: each.description } : {}),
        ...(required.has(label) ? { boost: 1, detail: "needed" } : {}),
      },
    ];
  });
  return options.length === 0 ? null : { from: context.pos - word.length, validFor: /^[\w-]*$/, options };
}

/** What a property may be: what the schema lists, and what exists of its kind. */
function valueOptions({ schema: at }: Place, name: string, known: Known): Completion[] {
  const of = at.properties?.[name];
  const listed = of?.enum ?? (of?.const === undefined ? [] : [of.const]);
  const flags = of?.type === "boolean" ? [true, false] : [];
  const live = LIVE.get(name)?.(known) ?? [];
  return [...new Set([...listed, ...flags, ...live].map(String))].map((label) => ({ label, type: "constant" }));
}

const nodes = ({ facts }: Known): string[] => facts?.nodes.map(({ name }) => name) ?? [];
const bridges = ({ facts }: Known): string[] =>
  facts?.nodes.flatMap((node) => node.bridges?.map(({ name }) => name) ?? []) ?? [];

const LIVE: ReadonlyMap<string, (known: Known) => readonly string[]> = new Map([
  ["zone", ({ layout }: Known) => layout.zones.map(({ id }) => id)],
  ["vnet", ({ layout }: Known) => layout.vnets.map(({ id }) => id)],
  ["cidr", ({ layout }: Known) => layout.subnets.map(({ cidr }) => cidr)],
  ["nodes", nodes],
  ["exitnodes", nodes],
  ["exitnodes-primary", nodes],
  ["gatewayNode", nodes],
  ["bridge", bridges],
  ["uplink", bridges],
  ["ipam", ({ facts }: Known) => facts?.ipams ?? []],
  ["controller", ({ facts }: Known) => facts?.controllers?.map(({ id }) => id) ?? []],
]);
