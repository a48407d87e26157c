"use client";

import type { PointerEvent as ReactPointerEvent } from "react";
import { type Designer, useDesignerParts } from "@/components/designer/designer-context";

type Start = (event: ReactPointerEvent<HTMLElement>) => void;
type Drags = typeof import("./drags");

/** Starts a drag with what carries things, which is fetched by the first press. */
function useDrag(start: (drags: Drags, designer: Designer, event: PointerEvent) => void): Start {
  const designer = useDesignerParts();
  return (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const { nativeEvent } = event;
    void import("./drags").then((drags) => start(drags, designer, nativeEvent));
  };
}

export const useLaneDrag = (vnet: string): Start =>
  useDrag((drags, designer, event) => drags.dragLane(designer, vnet, event));

export const useSubnetDrag = (vnet: string, cidr: string): Start =>
  useDrag((drags, designer, event) => drags.dragSubnet(designer, vnet, cidr, event));

export const useZoneDrag = (zone: string): Start =>
  useDrag((drags, designer, event) => drags.dragZone(designer, zone, event));
