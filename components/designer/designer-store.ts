import { createStore, type StoreApi } from "zustand/vanilla";
import type { Layout } from "@/lib/core/layout/model";
import { type EntityKey, hostServiceKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { DesignerAddress } from "./address";
import type { DesignerActions, DesignerState } from "./designer-state";
import { type Command, EMPTY_HISTORY, labelText, record, type Step, stepBack, stepForward } from "./history";
import { keyParts } from "./keys";
import { ONE_BOARD, showBeside, showView } from "./views";

export type DesignerStore = StoreApi<DesignerState & { readonly actions: DesignerActions }>;

export interface DesignerStoreOptions {
  readonly layout: Layout;
  readonly locked?: string | null;
  readonly address?: DesignerAddress;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const NO_ADDRESS: DesignerAddress = { views: ONE_BOARD, selected: [], filter: "" };

/** Zones with more rows than this are drawn as one band until someone opens them; in a large layout smaller ones too. */
const MANY_ROWS = 300;
const LARGE = { vnets: 1000, rows: 20 } as const;

/** Makes the store of one designer. */
export function createDesignerStore({
  layout,
  locked = null,
  address = NO_ADDRESS,
  now = Date.now,
}: DesignerStoreOptions): DesignerStore {
  const existing = present(layout, address.selected);
  const selected = address.selected.filter((key) => existing.has(key));
  return createStore((set, get) => {
    const say = (text: string) => set((state) => ({ notice: { id: state.notice.id + 1, text } }));

    function travel(step: Step | null, word: string): void {
      const { locked: why } = get();
      if (why || !step) {
        say(why ?? (word === "Undone" ? "Nothing to undo" : "Nothing to redo"));
        return;
      }
      set((state) => ({
        layout: step.layout,
        history: step.history,
        renaming: null,
        ...follow(state, step.layout, step.renames),
      }));
      say(`${word}: ${labelText(step.command.label)}`);
    }

    const actions: DesignerActions = {
      change(change) {
        const state = get();
        if (state.locked) {
          say(state.locked);
          return;
        }
        const after = change.apply(state.layout);
        if (after === state.layout) return;
        const history = record(state.history, { ...change, before: state.layout, after, nowMs: now() });
        if (history === state.history) return;
        const renames = change.renames ?? [];
        const next = follow(state, after, renames);
        const cursor = change.cursor === undefined ? next.cursor : change.cursor;
        set({
          layout: after,
          history,
          ...next,
          ...(change.cursor === undefined ? {} : { cursor, selected: new Set(cursor === null ? [] : [cursor]) }),
        });
        say(labelText(change.label));
      },
      undo: () => travel(stepBack(get().history, get().layout), "Undone"),
      redo: () => travel(stepForward(get().history, get().layout), "Redone"),
      replace(next, text) {
        set((state) => ({ layout: next, history: EMPTY_HISTORY, renaming: null, ...follow(state, next, []) }));
        say(text);
      },
      join({ layout, history }, renames, text) {
        const state = get();
        if (layout === state.layout) return;
        set({ layout, history, ...follow(state, layout, renames) });
        say(text);
      },
      takeUp: (history) => set({ history }),
      select(key, how = "only") {
        set((state) => {
          if (key === null) return { cursor: null, selected: new Set() };
          if (how === "only") return { cursor: key, selected: new Set([key]) };
          const selected = new Set(state.selected);
          if (!selected.delete(key)) selected.add(key);
          return { cursor: key, selected };
        });
      },
      selectMany(keys, cursor) {
        const selected = new Set(keys);
        set({ selected, cursor: cursor === undefined ? ([...selected].at(-1) ?? null) : cursor });
      },
      extend: (key) => set((state) => ({ cursor: key, selected: new Set([...state.selected, key]) })),
      setCollapsed(zone, collapsed) {
        set((state) => {
          const next = new Set(state.collapsed);
          if (collapsed) next.add(zone);
          else next.delete(zone);
          return { collapsed: next };
        });
      },
      setAllCollapsed: (collapsed) =>
        set(({ layout }) => ({ collapsed: new Set(collapsed ? layout.zones.map(({ id }) => id) : []) })),
      openSubnets: (openVnet) => set({ openVnet }),
      startAdding: (adding) => (get().locked && adding ? say(get().locked ?? "") : set({ adding })),
      startRenaming: (renaming) => (get().locked && renaming ? say(get().locked ?? "") : set({ renaming })),
      showInspector: (inspector) => set({ inspector }),
      setCluster(clusterId) {
        if (get().clusterId !== clusterId) set({ clusterId });
      },
      showView: (id) => set((state) => ({ views: showView(state.views, state.active, id), active: id })),
      showBeside(id) {
        set(({ views }) => {
          const next = showBeside(views, id);
          return { views: next, active: next.beside ?? next.main };
        });
      },
      activate(id) {
        if (get().active !== id) set({ active: id });
      },
      setFilter: (filter) => set({ filter }),
      setCode: (code) => set({ code }),
      setPreview(preview) {
        if (get().preview !== preview) set({ preview });
      },
      setOthers(others) {
        if (JSON.stringify(others) !== JSON.stringify(get().others)) set({ others });
      },
      showDialog: (dialog) => set({ dialog }),
      say,
      setProblems: (judged, problems) => set({ judged, problems }),
    };

    return {
      layout,
      history: EMPTY_HISTORY,
      cursor: selected.at(-1) ?? null,
      selected: new Set<EntityKey>(selected),
      collapsed: crowdedZones(layout),
      openVnet: null,
      adding: null,
      renaming: null,
      inspector: true,
      views: address.views,
      active: address.views.main,
      code: null,
      preview: null,
      others: [],
      filter: address.filter,
      dialog: null,
      notice: { id: 0, text: "" },
      problems: [],
      judged: null,
      locked,
      clusterId: null,
      actions,
    };
  });
}

/** Those of the keys that name an object of the layout. Keys are only made of what may be asked for. */
function present(layout: Layout, keys: Iterable<EntityKey>): Set<EntityKey> {
  const wanted = new Set(keys);
  const parts = [...wanted].map(keyParts);
  const ids = new Set(parts.flatMap((part) => (part && "id" in part ? [part.id] : [])));
  const vnets = new Set(parts.flatMap((part) => (part && "vnet" in part ? [part.vnet] : [])));
  const there = [
    ...layout.zones.filter(({ id }) => ids.has(id)).map(({ id }) => zoneKey(id)),
    ...layout.vnets.filter(({ id }) => ids.has(id)).map(({ id }) => vnetKey(id)),
    ...layout.subnets.filter(({ vnet }) => vnets.has(vnet)).map(({ vnet, cidr }) => subnetKey(vnet, cidr)),
    ...(layout.hostServices ?? [])
      .filter(({ vnet }) => vnets.has(vnet))
      .map(({ vnet, cidr }) => hostServiceKey(vnet, cidr)),
  ];
  return new Set(there.filter((key) => wanted.has(key)));
}

/** Cursor and selection after a change: they follow renamed objects and let go of deleted ones. */
function follow(
  state: DesignerState,
  layout: Layout,
  renames: Command["renames"],
): Pick<DesignerState, "cursor" | "selected" | "collapsed"> {
  const zoneRenames = new Map(renames.map(([from, to]) => [from, to]));
  const collapsed =
    zoneRenames.size === 0
      ? state.collapsed
      : new Set([...state.collapsed].map((id) => (zoneRenames.get(zoneKey(id)) ?? zoneKey(id)).slice("zone/".length)));
  if (state.cursor === null && state.selected.size === 0) return { cursor: null, selected: state.selected, collapsed };
  const move = (key: EntityKey): EntityKey => renames.reduce((at, [from, to]) => (at === from ? to : at), key);
  const cursor = state.cursor === null ? null : move(state.cursor);
  const moved = [...state.selected].map(move);
  const keys = present(layout, cursor === null ? moved : [...moved, cursor]);
  return {
    collapsed,
    cursor: cursor !== null && keys.has(cursor) ? cursor : null,
    selected: new Set(moved.filter((key) => keys.has(key))),
  };
}

function crowdedZones(layout: Layout): Set<string> {
  const rows = new Map<string, number>();
  for (const vnet of layout.vnets) rows.set(vnet.zone, (rows.get(vnet.zone) ?? 0) + 1);
  const many = layout.vnets.length >= LARGE.vnets ? LARGE.rows : MANY_ROWS;
  return new Set([...rows].filter(([, count]) => count > many).map(([zone]) => zone));
}
