import { createStore, type StoreApi } from "zustand/vanilla";
import type { Layout } from "@/lib/core/layout/model";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { DesignerAddress } from "./address";
import type { DesignerActions, DesignerState } from "./designer-state";
import { editActions } from "./edit-actions";
import { EMPTY_HISTORY } from "./history";
import { presentKeys } from "./keys";
import { lookActions } from "./look-actions";
import { ONE_BOARD } from "./views";

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
  const existing = presentKeys(layout, address.selected);
  const selected = address.selected.filter((key) => existing.has(key));
  return createStore((set, get) => {
    const say = (text: string) => set((state) => ({ notice: { id: state.notice.id + 1, text } }));
    const access = { get, set, say };
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
      texts: new Map(),
      preview: null,
      others: [],
      filter: address.filter,
      dialog: null,
      notice: { id: 0, text: "" },
      problems: [],
      judged: null,
      locked,
      clusterId: null,
      actions: { ...editActions(access, now), ...lookActions(access), say },
    };
  });
}

function crowdedZones(layout: Layout): Set<string> {
  const rows = new Map<string, number>();
  for (const vnet of layout.vnets) rows.set(vnet.zone, (rows.get(vnet.zone) ?? 0) + 1);
  const many = layout.vnets.length >= LARGE.vnets ? LARGE.rows : MANY_ROWS;
  return new Set([...rows].filter(([, count]) => count > many).map(([zone]) => zone));
}
