import { currentVnet, currentVnets, currentZone } from "./current";
import type { Designer } from "./designer-context";
import { duplicate } from "./duplicate";
import { keyParts } from "./keys";
import { nextTagsCommand } from "./more-commands";
import { removeOrAsk } from "./remove";
import type { ShortcutId } from "./shortcuts";
import type { ViewId } from "./views";

/** Does what a shortcut says, wherever it was chosen: by its key, in the palette or in a menu. */
export function runShortcut(designer: Designer, id: ShortcutId, reviewPlan: () => void): void {
  const { store, view } = designer;
  const { cursor, selected, actions, views } = store.getState();
  const vnet = currentVnet(designer);
  const chosen = selected.size > 0 ? [...selected] : cursor === null ? [] : [cursor];
  const show = (to: ViewId) => () => {
    actions.showView(to);
    // The view may have to be fetched first; without it the keyboard stays where it is.
    setTimeout(view.focus, 80);
  };
  const todo: Record<ShortcutId, () => void> = {
    "insert-template": () => actions.showDialog({ kind: "insert-template" }),
    "save-template": () => actions.showDialog({ kind: "save-template" }),
    undo: actions.undo,
    redo: actions.redo,
    history: () => actions.showDialog({ kind: "history" }),
    palette: () => actions.showDialog({ kind: "palette" }),
    find: () => document.querySelector<HTMLElement>("[data-filter]")?.focus(),
    "add-zone": () => actions.showDialog({ kind: "add-zone" }),
    "add-vnet": () => addVnet(designer),
    "add-subnet": () =>
      vnet === null ? actions.say("Go to a VNet first") : actions.showDialog({ kind: "add-subnet", vnet }),
    "next-tag": () => giveTags(designer),
    rename: () => rename(designer),
    duplicate: () => duplicate(designer, chosen),
    delete: () => removeOrAsk(designer, chosen),
    move: () => {
      const vnets = currentVnets(designer);
      if (vnets.length > 0) actions.showDialog({ kind: "move", vnets });
      else actions.say("Go to a VNet first");
    },
    "select-all": () => selectAll(designer),
    "view-board": show("board"),
    "view-table": show("table"),
    "view-addresses": show("addresses"),
    "view-topology": show("topology"),
    "view-code": show("code"),
    beside: () => actions.showBeside(views.beside === null ? (views.main === "code" ? "board" : "code") : null),
    fit: view.fit,
    "fit-selection": view.fitSelection,
    "zoom-in": () => view.zoom(1),
    "zoom-out": () => view.zoom(-1),
    less: () => actions.setAllCollapsed(true),
    more: () => actions.setAllCollapsed(false),
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

function giveTags(designer: Designer): void {
  const { layout, actions } = designer.store.getState();
  const vnets = currentVnets(designer);
  if (vnets.length === 0) actions.say("Go to a VNet first");
  else {
    const command = nextTagsCommand(layout, vnets);
    if (command) actions.change(command);
    else actions.say("No other tag is free there, or the zone takes none");
  }
}

/** The VNets of the current zone; all of them when those are selected already, or no zone is current. */
function selectAll(designer: Designer): void {
  const { layout, selected, cursor, actions } = designer.store.getState();
  const zone = currentZone(designer);
  const keys = (of: string | null) =>
    layout.vnets.filter((vnet) => of === null || vnet.zone === of).map(({ id }) => `vnet/${id}`);
  const inZone = keys(zone);
  const whole = zone === null || inZone.length === 0 || inZone.every((key) => selected.has(key)) ? keys(null) : inZone;
  actions.selectMany(whole, cursor !== null && whole.includes(cursor) ? cursor : (whole[0] ?? null));
  actions.say(`${whole.length} VNets selected`);
}
