import type { DesignerActions, StateAccess } from "./designer-state";
import { type EditActions, selectOnly } from "./edit-actions";
import { withText } from "./kept-text";
import { showBeside, showView } from "./views";

type LookActions = Omit<DesignerActions, keyof EditActions | "say">;

/** Actions that change what the person looks at: selection, views and what is open. */
export function lookActions({ get, set, say }: StateAccess): LookActions {
  return {
    select(key, how = "only") {
      set((state) => {
        if (key === null || how === "only") return selectOnly(key);
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
    keepText: (place, kept) => set(({ texts }) => ({ texts: withText(texts, place, kept) })),
    setPreview(preview) {
      if (get().preview !== preview) set({ preview });
    },
    setOthers(others) {
      if (JSON.stringify(others) !== JSON.stringify(get().others)) set({ others });
    },
    showDialog: (dialog) => set({ dialog }),
    setProblems: (judged, problems) => set({ judged, problems }),
  };
}
