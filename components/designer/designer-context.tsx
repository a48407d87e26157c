"use client";

import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { BoardState, BoardStore } from "@/components/board/board-store";
import type { Autosave } from "./autosave";
import type { DesignerActions, DesignerState } from "./designer-state";
import type { DesignerStore } from "./designer-store";
import type { ViewHandles } from "./view-handles";

export interface Designer {
  readonly store: DesignerStore;
  readonly board: BoardStore;
  readonly autosave: Autosave;
  readonly view: ViewHandles;
}

const Context = createContext<Designer | null>(null);

export function DesignerProvider({ value, children }: { readonly value: Designer; readonly children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

/** The stores themselves, for event handlers. */
export function useDesignerParts(): Designer {
  const parts = useContext(Context);
  if (!parts) throw new Error("Broken invariant: a part of the designer is used outside of it");
  return parts;
}

/** Subscribes to one part of what is edited. */
export function useDesigner<T>(select: (state: DesignerState) => T): T {
  return useStore(useDesignerParts().store, select);
}

/** Subscribes to one part of what follows from it. */
export function useBoard<T>(select: (state: BoardState) => T): T {
  return useStore(useDesignerParts().board, select);
}

/** What can be done. The same object for the life of the designer. */
export function useDesignerActions(): DesignerActions {
  return useStore(useDesignerParts().store, (state) => state.actions);
}
