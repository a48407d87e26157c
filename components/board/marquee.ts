import type { MouseEvent, PointerEvent } from "react";
import type { Designer } from "@/components/designer/designer-context";
import type { Board } from "@/lib/core/board/geometry";
import { type EntityKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { FlowHandle } from "./board-flow";
import { dragNote } from "./drag-note";

/** Pixels the pointer has to move before a press is a frame. */
const FAR = 5;

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What a frame on the plane touches: the VNets of open zones, and closed zones as a whole. */
export function keysWithin(board: Board, { left, right, top, bottom }: Frame): EntityKey[] {
  return board.zones.flatMap((zone): EntityKey[] => {
    if (left > zone.width || right < 0 || bottom < zone.y || top > zone.y + zone.height) return [];
    if (zone.collapsed) return [zoneKey(zone.zone.id)];
    const { head, row } = zone.metrics;
    const first = Math.max(0, Math.floor((top - zone.y - head) / row));
    const last = Math.ceil((bottom - zone.y - head) / row);
    return zone.rows.slice(first, Math.max(first, last)).map(({ vnet }) => vnetKey(vnet.id));
  });
}

/** Whether a press begins a frame: with Shift, and not on something that has a use for the press. Touch scrolls instead. */
export const beginsFrame = (event: MouseEvent): boolean =>
  event.shiftKey &&
  event.button === 0 &&
  event.target instanceof Element &&
  event.target.closest("input, .nopan, [role=menu]") === null;

/**
 * Selects what a frame is drawn around; with Ctrl or ⌘ in addition to what is selected. Shift with the arrow keys does
 * the same without a pointer.
 */
export function drawFrame({ store, board }: Designer, flow: FlowHandle, event: PointerEvent<HTMLElement>): void {
  const { clientX, clientY, pointerType } = event;
  if (pointerType === "touch") return;
  const adds = event.ctrlKey || event.metaKey;
  const plane = event.currentTarget.getBoundingClientRect();
  const stop = new AbortController();
  const { signal } = stop;
  let box: HTMLElement | null = null;
  let keys: readonly EntityKey[] = [];
  const note = dragNote();

  const end = (done: boolean) => {
    stop.abort();
    note.remove();
    box?.remove();
    if (!box) return;
    // The press that ends a frame is none on what lies under it.
    const once = new AbortController();
    window.addEventListener("click", (click) => click.stopPropagation(), { capture: true, signal: once.signal });
    setTimeout(() => once.abort());
    if (!done) return;
    const { selected, actions } = store.getState();
    const chosen = adds ? [...new Set([...selected, ...keys])] : keys;
    actions.selectMany(chosen, chosen.at(-1) ?? null);
    actions.say(chosen.length === 0 ? "Nothing selected" : `${chosen.length} selected`);
  };
  window.addEventListener(
    "pointermove",
    (move) => {
      if (!box && Math.hypot(move.clientX - clientX, move.clientY - clientY) < FAR) return;
      box ??= frameBox();
      const [x, y] = [Math.min(clientX, move.clientX), Math.min(clientY, move.clientY)];
      const [width, height] = [Math.abs(move.clientX - clientX), Math.abs(move.clientY - clientY)];
      box.style.translate = `${x}px ${y}px`;
      box.style.width = `${width}px`;
      box.style.height = `${height}px`;
      const view = flow.viewport();
      const on = (at: number, from: number, offset: number) => (at - from - offset) / view.zoom;
      keys = keysWithin(board.getState().board, {
        left: on(x, plane.left, view.x),
        right: on(x + width, plane.left, view.x),
        top: on(y, plane.top, view.y),
        bottom: on(y + height, plane.top, view.y),
      });
      note.show(`${keys.length}${adds ? " more" : ""}`, true);
      note.follow(move.clientX, move.clientY);
    },
    { signal },
  );
  window.addEventListener("pointerup", () => end(true), { signal });
  window.addEventListener("pointercancel", () => end(false), { signal });
  window.addEventListener("keydown", (key) => key.key === "Escape" && end(false), { signal, capture: true });
}

function frameBox(): HTMLElement {
  const box = document.createElement("div");
  box.className = "board-frame";
  box.setAttribute("aria-hidden", "true");
  document.body.append(box);
  return box;
}
