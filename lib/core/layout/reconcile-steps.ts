import { type EntityKey, hostServiceKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { Layout } from "./model";
import { applyRenames, type Rename, renameKeys } from "./renames";
import { sameValue } from "./same-value";

/** One thing that an edit does, in words. */
export interface ReconcileStep {
  readonly kind: "new" | "changed" | "gone" | "renamed";
  /** The object, under its key after the edit; null for the layout itself. */
  readonly key: EntityKey | null;
  /** "VNet prod: tag 10 → 11": without a full stop. */
  readonly words: string;
}

type Item = Readonly<Record<string, unknown>>;

interface ListWords {
  readonly list: "zones" | "vnets" | "subnets" | "hostServices" | "exceptions";
  readonly many: string;
  readonly keyOf: (item: Item) => EntityKey;
  /** What the object is called. */
  readonly title: (item: Item) => string;
  /** What else is worth knowing of a new one. */
  readonly also: (item: Item) => string;
}

const word = (value: unknown): string => (typeof value === "string" ? value : "");

const LISTS: readonly ListWords[] = [
  {
    list: "zones",
    many: "zones",
    keyOf: ({ id }) => zoneKey(word(id)),
    title: ({ id }) => `zone ${word(id)}`,
    also: ({ type, bridge }) => `, ${word(type)}${bridge === undefined ? "" : ` on ${word(bridge)}`}`,
  },
  {
    list: "vnets",
    many: "VNets",
    keyOf: ({ id }) => vnetKey(word(id)),
    title: ({ id }) => `VNet ${word(id)}`,
    also: ({ zone, tag }) => ` in ${word(zone)}${tag === undefined ? "" : `, tag ${tag}`}`,
  },
  {
    list: "subnets",
    many: "subnets",
    keyOf: ({ vnet, cidr }) => subnetKey(word(vnet), word(cidr)),
    title: ({ vnet, cidr }) => `subnet ${word(cidr)} of ${word(vnet)}`,
    also: ({ gateway }) => (gateway === undefined ? "" : `, gateway ${word(gateway)}`),
  },
  {
    list: "hostServices",
    many: "host services",
    keyOf: ({ vnet, cidr }) => hostServiceKey(word(vnet), word(cidr)),
    title: ({ vnet, cidr }) => `host services of ${word(cidr)} of ${word(vnet)}`,
    also: () => "",
  },
  {
    list: "exceptions",
    many: "accepted problems",
    keyOf: ({ problem, at }) => JSON.stringify([problem, at]),
    title: ({ problem, at }) => `accepted problem ${word(problem)} at ${valueWords(at)}`,
    also: () => "",
  },
];

/**
 * What an edit does, one object at a time, in the order of the document. `renames` are those the edit was found to make.
 * Empty exactly when both layouts have the same text.
 */
export function reconcileSteps(before: Layout, after: Layout, renames: readonly Rename[] = []): ReconcileStep[] {
  const renamed = renames.map((rename): ReconcileStep => {
    const noun = rename.kind === "zone" ? "zone" : "VNet";
    return { kind: "renamed", key: renameKeys(rename)[1], words: `${noun} ${rename.from} is called ${rename.to}` };
  });
  // What only follows a new name is no change of its own.
  const from = applyRenames(before, renames);
  return [...renamed, ...topSteps(from, after), ...LISTS.flatMap((words) => listSteps(words, from, after))];
}

function topSteps(before: Layout, after: Layout): ReconcileStep[] {
  const own = (layout: Layout): Item =>
    Object.fromEntries(Object.entries(layout).filter(([name]) => !LISTS.some(({ list }) => list === name)));
  return fieldWords(own(before), own(after)).map((words) => ({ kind: "changed", key: null, words }));
}

function listSteps(words: ListWords, before: Layout, after: Layout): ReconcileStep[] {
  const { list, keyOf, title, also, many } = words;
  const [was, is] = [numbered(before[list], keyOf), numbered(after[list], keyOf)];
  const key = (item: Item) => (list === "exceptions" ? null : keyOf(item));
  const steps: ReconcileStep[] = [];
  for (const [name, item] of is) {
    const old = was.get(name);
    if (!old) {
      steps.push({ kind: "new", key: key(item), words: `${title(item)}${also(item)}` });
      continue;
    }
    const fields = old === item ? [] : fieldWords(old, item);
    if (fields.length > 0)
      steps.push({ kind: "changed", key: key(item), words: `${title(item)}: ${fields.join(", ")}` });
  }
  for (const [name, item] of was) if (!is.has(name)) steps.push({ kind: "gone", key: key(item), words: title(item) });
  const stayed = [...is.keys()].filter((name) => was.has(name));
  const order = [...was.keys()].filter((name) => is.has(name));
  if (stayed.some((name, at) => name !== order[at]))
    steps.push({ kind: "changed", key: null, words: `order of the ${many}` });
  else if (steps.length === 0 && (before[list] === undefined) !== (after[list] === undefined))
    steps.push({ kind: "changed", key: null, words: `${list}: an empty list` });
  return steps;
}

/** Two objects may have one key for a while; the second is told apart by its number. */
function numbered(list: readonly object[] | undefined, keyOf: (item: Item) => string): Map<string, Item> {
  const named = new Map<string, Item>();
  for (const item of (list ?? []) as readonly Item[]) {
    const key = keyOf(item);
    let name = key;
    for (let times = 2; named.has(name); times += 1) name = `${key} #${times}`;
    named.set(name, item);
  }
  return named;
}

/** "tag 10 → 11" for each field that differs; of a map inside, only what differs in it. */
function fieldWords(before: Item, after: Item, path = ""): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (sameValue(was, is)) return [];
    if (isMap(was) && isMap(is)) return fieldWords(was, is, `${path}${name}.`);
    return [`${path}${name} ${valueWords(was)} → ${valueWords(is)}`];
  });
}

/** As much of a value as a line has room for. */
const LONG = 60;

/** A value of a layout as people read it: "nothing", "yes", "pve1, pve2"; a map in its own notation. */
export function valueWords(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === "" || (Array.isArray(value) && value.length === 0)) return "empty";
  const words = Array.isArray(value) && value.every((each) => typeof each === "string");
  const text = words ? value.join(", ") : typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length > LONG ? `${text.slice(0, LONG - 1)}…` : text;
}

const isMap = (value: unknown): value is Item => typeof value === "object" && value !== null && !Array.isArray(value);
