"use client";

import { useEffect } from "react";
import { currentVnet, currentVnets, currentZone } from "./current";
import type { Designer } from "./designer-context";
import { keyParts } from "./keys";
import { removeOrAsk } from "./remove";
import { type ShortcutId, shortcutOf } from "./shortcuts";

/** Listens for the designer's keys wherever the focus is, except while typing and inside dialogs and menus. */
export function useShortcuts(designer: Designer, reviewPlan: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const id = event.defaultPrevented ? null : shortcutOf(event);
      if (id === null || isElsewhere(event.target) || isTyping(event.target)) return;
      event.preventDefault();
      run(designer, id, reviewPlan);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [designer, reviewPlan]);
}

function run(designer: Designer, id: ShortcutId, reviewPlan: () => void): void {
  const { store, view } = designer;
  const { cursor, selected, actions } = store.getState();
  const vnet = currentVnet(designer);
  const todo: Record<ShortcutId, () => void> = {
    undo: actions.undo,
    redo: actions.redo,
    "add-zone": () => actions.showDialog({ kind: "add-zone" }),
    "add-vnet": () => addVnet(designer),
    "add-subnet": () =>
      vnet === null ? actions.say("Go to a VNet first") : actions.showDialog({ kind: "add-subnet", vnet }),
    rename: () => rename(designer),
    delete: () => removeOrAsk(designer, selected.size > 0 ? [...selected] : cursor === null ? [] : [cursor]),
    move: () => {
      const vnets = currentVnets(designer);
      if (vnets.length > 0) actions.showDialog({ kind: "move", vnets });
      else actions.say("Go to a VNet first");
    },
    fit: view.fit,
    "zoom-in": () => view.zoom(1),
    "zoom-out": () => view.zoom(-1),
    problems: () => actions.showDialog({ kind: "problems" }),
    plan: reviewPlan,
    help: () => actions.showDialog({ kind: "shortcuts" }),
    leave: () => {
      actions.select(null);
      if (document.activeElement === document.body) view.focus();
    },
  };
  todo[id]();
}

/** Opens the line for adding in the current zone, and the zone itself where it is closed or out of sight. */
export function addVnet(designer: Designer): void {
  const { store, view } = designer;
  const { layout, actions } = store.getState();
  const zone = currentZone(designer);
  if (zone === null) {
    if (layout.zones.length === 0) actions.showDialog({ kind: "add-zone" });
    else actions.say("Go to a zone first");
    return;
  }
  const rows = designer.board.getState().board.zones.find((each) => each.zone.id === zone)?.rows;
  const last = rows?.at(-1)?.vnet.id;
  const open = !store.getState().collapsed.has(zone);
  view.reveal(last !== undefined && open ? `vnet/${last}` : `zone/${zone}`);
  actions.startAdding(zone);
}

function rename({ store, view }: Designer): void {
  const { cursor, actions } = store.getState();
  const kind = cursor === null ? null : keyParts(cursor)?.kind;
  if (cursor === null) return;
  if (kind === "zone" || kind === "vnet") {
    view.reveal(cursor);
    actions.startRenaming(cursor);
    return;
  }
  // A subnet's name is its CIDR, which is edited where its rules are explained.
  actions.showInspector(true);
  setTimeout(() => document.querySelector<HTMLElement>("[data-inspector] input")?.focus());
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('[role="dialog"], [role="menu"], [role="listbox"], [role="alertdialog"]') !== null;
