import type { Layout } from "@/lib/core/layout/model";

/**
 * The difference between two layouts, small because unchanged objects are shared: for each top-level list one splice,
 * for everything else the new value. `order` is the order of keys afterwards, so that undoing gives the same bytes back.
 */
export interface LayoutPatch {
  readonly order: readonly string[];
  readonly keys: Readonly<Record<string, KeyPatch>>;
}

type KeyPatch =
  | { readonly op: "splice"; readonly at: number; readonly remove: number; readonly insert: readonly unknown[] }
  | { readonly op: "set"; readonly value: unknown }
  | { readonly op: "drop" };

type Document = Readonly<Record<string, unknown>>;

/** The patch that leads from `before` to `after`, or null when they are the same. Compares objects by identity. */
export function diffLayouts(before: Layout, after: Layout): LayoutPatch | null {
  if (before === after) return null;
  const from: Document = before;
  const to: Document = after;
  const keys: Record<string, KeyPatch> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const patch = diffValues(from[key], to[key], key in to);
    if (patch) keys[key] = patch;
  }
  return Object.keys(keys).length === 0 ? null : { order: Object.keys(to), keys };
}

function diffValues(from: unknown, to: unknown, present: boolean): KeyPatch | null {
  if (from === to) return null;
  if (!present) return { op: "drop" };
  if (!Array.isArray(from) || !Array.isArray(to)) return { op: "set", value: to };
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  const remove = from.length - head - tail;
  const insert: unknown[] = to.slice(head, to.length - tail);
  return remove === 0 && insert.length === 0 ? null : { op: "splice", at: head, remove, insert };
}

/** Applies a patch to the layout it was made from. */
export function applyPatch(layout: Layout, patch: LayoutPatch): Layout {
  const from: Document = layout;
  const result: Record<string, unknown> = {};
  for (const key of patch.order) {
    const change = patch.keys[key];
    if (!change) result[key] = from[key];
    else if (change.op === "set") result[key] = change.value;
    else if (change.op === "splice") result[key] = splice(from[key], change);
  }
  // Only patches between two layouts exist, so what comes out is one again.
  return result as unknown as Layout;
}

function splice(list: unknown, change: Extract<KeyPatch, { op: "splice" }>): unknown[] {
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  return [...items.slice(0, change.at), ...change.insert, ...items.slice(change.at + change.remove)];
}
