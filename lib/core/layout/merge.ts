import { type EntityKey, hostServiceKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { Layout } from "./model";
import { applyRenames, findRenames, type Rename } from "./renames";
import { sameValue } from "./same-value";

/** Two people changed the same thing to different values. `base` is what both began with. */
export interface MergeConflict {
  /** The object, or null for a field of the layout itself. */
  readonly key: EntityKey | null;
  /** The field; null when one side deleted the object and the other changed it. */
  readonly field: string | null;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface Merged {
  /** Both sides' edits; where they conflict, mine. */
  readonly layout: Layout;
  /** The same with theirs where they conflict. */
  readonly conflicts: readonly MergeConflict[];
}

/** Lists that Proxmox takes as sets: members are added and removed one by one. */
const SETS: ReadonlySet<string> = new Set(["nodes", "peers", "exitnodes", "snatExclude", "dnsServers"]);

/**
 * Joins two edits of one layout, object by object and field by field. What only one side touched is taken; the same
 * change on both sides is one change; a different change of the same field is a conflict, in which `prefer` wins and
 * nothing is dropped silently. An object renamed on one side is still the same object for the other.
 */
export function mergeLayouts(base: Layout, mine: Layout, theirs: Layout, prefer: "mine" | "theirs" = "mine"): Merged {
  if (mine === base) return { layout: theirs, conflicts: [] };
  if (theirs === base || theirs === mine) return { layout: mine, conflicts: [] };
  const [ours, others] = [findRenames(base, mine), findRenames(base, theirs)];
  const clashes = others.filter((rename) => ours.some((own) => isSame(own, rename) && own.to !== rename.to));
  const conflicts: MergeConflict[] = clashes.map((rename) => ({
    key: rename.kind === "zone" ? zoneKey(rename.from) : vnetKey(rename.from),
    field: "id",
    base: rename.from,
    mine: ours.find((own) => isSame(own, rename))?.to,
    theirs: rename.to,
  }));
  // All three are brought to the same names before they are compared.
  const [lost, kept] = prefer === "mine" ? [others, ours] : [ours, others];
  const final = [...kept, ...lost.filter((rename) => !kept.some((own) => isSame(own, rename)))];
  const renamed = (layout: Layout, own: readonly Rename[]) =>
    applyRenames(
      layout,
      final.flatMap((rename) => {
        const known = own.find((each) => isSame(each, rename));
        if (!known) return [rename];
        return known.to === rename.to ? [] : [{ ...rename, from: known.to }];
      }),
    );
  const sides = { base: renamed(base, []), mine: renamed(mine, ours), theirs: renamed(theirs, others), prefer };
  const merger = new Merger(sides, conflicts);
  return { layout: merger.run(), conflicts };
}

/** Answers one conflict of a merge that preferred mine in favour of theirs. */
export function takeTheirs(layout: Layout, { key, field, theirs, mine }: MergeConflict): Layout {
  if (key === null) return { ...layout, ...pathValue({}, field ?? "", theirs) } as Layout;
  if (field === "id") {
    const kind = key.startsWith("zone/") ? "zone" : "vnet";
    return applyRenames(layout, [{ kind, from: String(mine), to: String(theirs) }]);
  }
  const [name, keyOf] = KEYED[key.split("/")[0] ?? ""] ?? [];
  if (!name || !keyOf) return layout;
  const list = (layout[name] ?? []) as readonly Item[];
  const isIt = (item: Item): boolean => keyOf(item as never) === key;
  const answered = (item: Item): unknown => (field === null ? theirs : pathValue(item, field, theirs));
  const next = list.map((item) => (isIt(item) ? answered(item) : item));
  if (field === null && !list.some(isIt)) next.push(theirs);
  return { ...layout, [name]: next.filter((item) => item !== undefined) };
}

/** Where objects are kept and what names them, by the first word of their key. */
const KEYED: Readonly<Record<string, readonly [keyof Layout, (item: never) => EntityKey]>> = {
  zone: ["zones", ({ id }: { id: string }) => zoneKey(id)],
  vnet: ["vnets", ({ id }: { id: string }) => vnetKey(id)],
  subnet: ["subnets", ({ vnet, cidr }: { vnet: string; cidr: string }) => subnetKey(vnet, cidr)],
  host: ["hostServices", ({ vnet, cidr }: { vnet: string; cidr: string }) => hostServiceKey(vnet, cidr)],
};

/** The object with the value at a path like `dhcp.lease`; undefined takes the field away. */
function pathValue(item: Item, path: string, value: unknown): Item {
  const [name = "", ...rest] = path.split(".");
  const inner = rest.length === 0 ? value : pathValue(isItem(item[name]) ? item[name] : {}, rest.join("."), value);
  const next: Record<string, unknown> = { ...item, [name]: inner };
  if (inner === undefined) delete next[name];
  return next;
}

const isSame = (a: Rename, b: Rename): boolean => a.kind === b.kind && a.from === b.from;

interface Sides {
  readonly base: Layout;
  readonly mine: Layout;
  readonly theirs: Layout;
  readonly prefer: "mine" | "theirs";
}

type Item = Readonly<Record<string, unknown>>;

class Merger {
  private readonly sides: Sides;
  private readonly conflicts: MergeConflict[];

  constructor(sides: Sides, conflicts: MergeConflict[]) {
    this.sides = sides;
    this.conflicts = conflicts;
  }

  run(): Layout {
    const { base, mine, theirs } = this.sides;
    const top = this.fields(null, alone(base), alone(mine), alone(theirs));
    const keyOf = ({ vnet, cidr }: { vnet: string; cidr: string }) => subnetKey(vnet, cidr);
    const layout = {
      ...top,
      zones: this.list(base.zones, mine.zones, theirs.zones, ({ id }) => zoneKey(id)),
      vnets: this.list(base.vnets, mine.vnets, theirs.vnets, ({ id }) => vnetKey(id)),
      subnets: this.list(base.subnets, mine.subnets, theirs.subnets, keyOf),
    } as unknown as Layout;
    const services = this.list(base.hostServices ?? [], mine.hostServices ?? [], theirs.hostServices ?? [], (each) =>
      hostServiceKey(each.vnet, each.cidr),
    );
    const exceptions = this.list(base.exceptions ?? [], mine.exceptions ?? [], theirs.exceptions ?? [], (each) =>
      JSON.stringify([each.problem, each.at]),
    );
    return inOrder(this.sides, {
      ...layout,
      ...(services.length > 0 || (mine.hostServices && theirs.hostServices) ? { hostServices: services } : {}),
      ...(exceptions.length > 0 || (mine.exceptions && theirs.exceptions) ? { exceptions } : {}),
    });
  }

  private list<T extends object>(
    base: readonly T[],
    mine: readonly T[],
    theirs: readonly T[],
    keyOf: (item: T) => EntityKey,
  ): T[] {
    if (mine === base) return theirs as T[];
    if (theirs === base) return mine as T[];
    const by = (list: readonly T[]) => numbered(list, keyOf);
    const [b, m, t] = [by(base), by(mine), by(theirs)];
    return mergedOrder([...b.keys()], [...m.keys()], [...t.keys()]).flatMap((key): T[] => {
      const item = this.item(key, b.get(key), m.get(key), t.get(key));
      return item === undefined ? [] : [item];
    });
  }

  private item<T extends object>(key: EntityKey, b?: T, m?: T, t?: T): T | undefined {
    if (m === b || sameValue(m, b)) return t;
    if (t === b || sameValue(t, b)) return m;
    if (m === undefined || t === undefined) {
      if (m === t) return undefined;
      this.conflicts.push({ key, field: null, base: b, mine: m, theirs: t });
      return this.sides.prefer === "mine" ? m : t;
    }
    return this.fields(key, (b ?? {}) as Item, m as Item, t as Item) as T;
  }

  /** Joins the fields of one object, in the order of mine with what is new in theirs after it. */
  private fields(key: EntityKey | null, b: Item, m: Item, t: Item, path = ""): Item {
    const next: Record<string, unknown> = {};
    for (const name of new Set([...Object.keys(m), ...Object.keys(t)])) {
      const value = this.value(key, `${path}${name}`, b[name], m[name], t[name]);
      if (value !== undefined) next[name] = value;
    }
    return sameValue(next, m) ? m : sameValue(next, t) ? t : next;
  }

  private value(key: EntityKey | null, field: string, b: unknown, m: unknown, t: unknown): unknown {
    if (sameValue(m, b)) return t;
    if (sameValue(t, b) || sameValue(m, t)) return m;
    const name = field.split(".").at(-1) ?? field;
    if (SETS.has(name) && [b, m, t].every((each) => Array.isArray(each))) {
      return mergedSet(b as unknown[], m as unknown[], t as unknown[]);
    }
    if (isItem(m) && isItem(t)) return this.fields(key, isItem(b) ? b : {}, m, t, `${field}.`);
    this.conflicts.push({ key, field, base: b, mine: m, theirs: t });
    return this.sides.prefer === "mine" ? m : t;
  }
}

const LISTS: ReadonlySet<string> = new Set(["zones", "vnets", "subnets", "hostServices", "exceptions"]);

/** The fields of the layout itself. */
const alone = (layout: Layout): Item => Object.fromEntries(Object.entries(layout).filter(([name]) => !LISTS.has(name)));

/** A draft may have two objects of one key for a while; the second one is told apart by its number. */
function numbered<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T> {
  const named = new Map<string, T>();
  for (const item of list) {
    const key = keyOf(item);
    let name = key;
    for (let times = 2; named.has(name); times += 1) name = `${key} #${times}`;
    named.set(name, item);
  }
  return named;
}

const isItem = (value: unknown): value is Item => typeof value === "object" && value !== null && !Array.isArray(value);

/** Top-level keys in the order of the side that has them. */
function inOrder({ mine, theirs }: Sides, layout: Layout): Layout {
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  const value = layout as unknown as Record<string, unknown>;
  const entries = names.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]] as const]));
  return Object.fromEntries(entries) as unknown as Layout;
}

function mergedSet(b: readonly unknown[], m: readonly unknown[], t: readonly unknown[]): unknown[] {
  const kept = m.filter((each) => t.includes(each) || !b.includes(each));
  return [...kept, ...t.filter((each) => !b.includes(each) && !m.includes(each))];
}

/**
 * Keys of all sides in one order: that of the side which moved something, with the other side's new ones after what they
 * came after there.
 */
function mergedOrder(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const common = new Set(base);
  const moved = (side: readonly string[]): boolean => {
    const there = new Set(side);
    const [was, is] = [base.filter((key) => there.has(key)), side.filter((key) => common.has(key))];
    return was.some((key, index) => key !== is[index]);
  };
  const [lead, follow] = moved(mine) || !moved(theirs) ? [mine, theirs] : [theirs, mine];
  const order = [...lead];
  const known = new Set(lead);
  let before: string | null = null;
  for (const key of follow) {
    if (!known.has(key)) {
      order.splice(before === null ? 0 : order.indexOf(before) + 1, 0, key);
      known.add(key);
    }
    before = key;
  }
  return order;
}
