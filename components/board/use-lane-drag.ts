"use client";

import { type PointerEvent as ReactPointerEvent, useCallback } from "react";
import { moveCommand } from "@/components/designer/commands";
import { useDesignerParts } from "@/components/designer/designer-context";

/**
 * Carries a VNet to another zone with the mouse. The zone under the pointer is outlined; letting go elsewhere or pressing
 * Escape leaves everything as it was. What does not fit the new zone (a tag that is taken) shows as a problem there.
 */
export function useLaneDrag(vnet: string): (event: ReactPointerEvent<HTMLElement>) => void {
  const { store } = useDesignerParts();
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
      let target: HTMLElement | null = null;

      const point = (next: HTMLElement | null) => {
        if (next === target) return;
        target?.removeAttribute("data-drop");
        next?.setAttribute("data-drop", "");
        target = next;
      };
      const end = (drop: boolean) => {
        const zone = target?.dataset["zone"];
        point(null);
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
    [store, vnet],
  );
}
