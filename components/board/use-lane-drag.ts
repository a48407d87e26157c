"use client";

import { type PointerEvent as ReactPointerEvent, useCallback } from "react";
import { moveCommand } from "@/components/designer/commands";
import { useDesignerParts } from "@/components/designer/designer-context";
import { judgeMove } from "@/components/designer/judge";
import { dragNote } from "./drag-note";
import { dropReason } from "./drop-reason";

/**
 * Carries a VNet to another zone with the mouse. The zone under the pointer is outlined, and a note beside it says
 * whether it fits there; letting go elsewhere or pressing Escape leaves everything as it was. What does not fit (a tag
 * that is taken) can be dropped all the same and then is a problem there, with its cure.
 */
export function useLaneDrag(vnet: string): (event: ReactPointerEvent<HTMLElement>) => void {
  const { store, board } = useDesignerParts();
  return useCallback(
    (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      const { layout, selected, actions } = store.getState();
      const home = layout.vnets.find(({ id }) => id === vnet)?.zone;
      const together = selected.has(`vnet/${vnet}`)
        ? layout.vnets.filter(({ id }) => selected.has(`vnet/${id}`)).map(({ id }) => id)
        : [vnet];
      const stop = new AbortController();
      const { signal } = stop;
      const note = dragNote();
      let target: HTMLElement | null = null;

      const point = (next: HTMLElement | null) => {
        if (next === target) return;
        target?.removeAttribute("data-drop");
        target = next;
        const zone = next?.dataset["zone"];
        if (!next || zone === undefined) {
          note.hide();
          return;
        }
        const problem = judgeMove(layout, board.getState().facts, together, zone);
        next.setAttribute("data-drop", problem ? "misfit" : "");
        note.show(problem ? `${zone}: ${dropReason(layout, problem)}` : `Move to ${zone}`, problem === null);
      };
      const end = (drop: boolean) => {
        const zone = target?.dataset["zone"];
        point(null);
        note.remove();
        document.body.style.removeProperty("cursor");
        stop.abort();
        if (drop && zone !== undefined && zone !== home) actions.change(moveCommand(together, zone));
      };
      document.body.style.cursor = "grabbing";
      window.addEventListener(
        "pointermove",
        (move) => {
          const under =
            document.elementFromPoint(move.clientX, move.clientY)?.closest<HTMLElement>("[data-zone]") ?? null;
          point(under?.dataset["zone"] === home ? null : under);
          note.follow(move.clientX, move.clientY);
        },
        { signal },
      );
      window.addEventListener("pointerup", () => end(true), { signal });
      window.addEventListener("pointercancel", () => end(false), { signal });
      window.addEventListener(
        "keydown",
        (key) => {
          if (key.key === "Escape") end(false);
        },
        { signal },
      );
    },
    [store, board, vnet],
  );
}
