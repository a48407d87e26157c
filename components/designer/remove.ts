import type { EntityKey } from "@/lib/core/plan/entity";
import { cascade } from "./cascade";
import { deleteCommand } from "./commands";
import type { Designer } from "./designer-context";
import { keyParts } from "./keys";

/** Deletes at once what is alone, since it can be undone; asks first when more would go along than was chosen. */
export function removeOrAsk(designer: Designer, keys: readonly EntityKey[]): void {
  const { layout, actions, locked } = designer.store.getState();
  if (keys.length === 0) return;
  if (locked !== null) {
    actions.say(locked);
    return;
  }
  const gone = cascade(layout, keys, designer.board.getState().nics);
  const total = gone.zones + gone.vnets + gone.subnets + gone.hostServices;
  if (total > 1 || gone.nics > 0) actions.showDialog({ kind: "delete", keys });
  else remove(designer, keys);
}

/** Deletes and puts the cursor on what follows. */
export function remove(designer: Designer, keys: readonly EntityKey[]): void {
  const { rows, rowOf } = designer.board.getState();
  const gone = new Set(keys);
  const isGone = (key: EntityKey): boolean => {
    const parts = keyParts(key);
    const vnet = parts && (parts.kind === "vnet" ? parts.id : "vnet" in parts ? parts.vnet : null);
    const zone = designer.store.getState().layout.vnets.find(({ id }) => id === vnet)?.zone;
    return gone.has(key) || gone.has(`vnet/${vnet}`) || gone.has(`zone/${zone}`);
  };
  const at = Math.min(...keys.map((key) => rowOf.get(key) ?? rows.length));
  const next = rows.slice(at).find((row) => !isGone(row.key)) ?? rows.slice(0, at).findLast((row) => !isGone(row.key));
  const first = keys[0];
  const parts = first === undefined ? null : keyParts(first);
  // A subnet that is no row of its own leaves the cursor on its VNet.
  const home = parts && "vnet" in parts && !gone.has(`vnet/${parts.vnet}`) ? `vnet/${parts.vnet}` : null;
  designer.store.getState().actions.change(deleteCommand(keys, home ?? next?.key ?? null));
  designer.view.focus();
}
