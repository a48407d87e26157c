import type { EntityKey } from "@/lib/core/plan/entity";
import type { Designer } from "./designer-context";

/** Selects every VNet from the cursor to an object, in the order they are seen: Shift with a press. */
export function selectThrough({ store, board }: Designer, key: EntityKey): void {
  const { cursor, actions } = store.getState();
  const { rows, rowOf } = board.getState();
  const [from, to] = [rowOf.get(cursor ?? key) ?? rowOf.get(key), rowOf.get(key)];
  if (from === undefined || to === undefined) {
    actions.select(key, "toggle");
    return;
  }
  const between = rows.slice(Math.min(from, to), Math.max(from, to) + 1).filter(({ kind }) => kind === "vnet");
  // The cursor stays at the other end, so that a second press makes the range longer or shorter.
  actions.selectMany(
    between.map((row) => row.key),
    cursor ?? key,
  );
}
