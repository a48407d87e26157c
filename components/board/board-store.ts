import { createStore, type StoreApi } from "zustand/vanilla";
import type { DesignerStore } from "@/components/designer/designer-store";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { ClusterFacts } from "@/lib/core/ports";
import { type BoardColumn, boardColumns } from "./columns";
import { type Board, boardGeometry, boardMetrics } from "./geometry";
import { type Marks, problemMarks } from "./marks";
import { type NicCounts, nicCounts } from "./nic-counts";
import { type TreeRow, treeRows } from "./tree-rows";

/** Everything that follows from the layout and the cluster, computed once for all views. */
export interface BoardState {
  readonly board: Board;
  readonly facts: ClusterFacts | null;
  readonly nics: NicCounts;
  /** Names of the columns: what "every node" means. */
  readonly nodes: readonly string[];
  readonly rows: readonly TreeRow[];
  readonly rowOf: ReadonlyMap<EntityKey, number>;
  readonly marks: Marks;
  /** Little room: a phone. */
  readonly narrow: boolean;
}

export type BoardStore = StoreApi<BoardState> & {
  readonly setFacts: (facts: ClusterFacts | null) => void;
  readonly setNarrow: (narrow: boolean) => void;
};

/** Derives the Board from a designer and keeps it up to date; what did not change keeps its identity. */
export function createBoardStore(designer: DesignerStore, facts: ClusterFacts | null): BoardStore {
  const store = createStore<BoardState>(() => derive(null, designer, facts, false));
  designer.subscribe((now, before) => {
    if (now.layout !== before.layout || now.collapsed !== before.collapsed || now.openVnet !== before.openVnet) {
      const state = store.getState();
      store.setState(derive(state, designer, state.facts, state.narrow));
    }
    if (now.problems !== before.problems) store.setState({ marks: problemMarks(now.layout, now.problems) });
  });
  return Object.assign(store, {
    setFacts: (next: ClusterFacts | null) =>
      store.setState(derive(store.getState(), designer, next, store.getState().narrow)),
    setNarrow: (narrow: boolean) => {
      const state = store.getState();
      if (narrow !== state.narrow) store.setState(derive(state, designer, state.facts, narrow));
    },
  });
}

function derive(
  before: BoardState | null,
  designer: DesignerStore,
  facts: ClusterFacts | null,
  narrow: boolean,
): BoardState {
  const { layout, collapsed, openVnet } = designer.getState();
  const columns = keepEqual(before?.board.columns, boardColumns(layout, facts));
  const nics = before && before.facts === facts ? before.nics : nicCounts(facts);
  const wanted = boardMetrics(layout.vnets.length, narrow);
  const metrics = before && same(before.board.metrics, wanted) ? before.board.metrics : wanted;
  const board = boardGeometry({ layout, columns, nics, collapsed, metrics }, before?.board);
  const rows = treeRows(board, openVnet);
  return {
    board,
    facts,
    nics,
    nodes: columns.map((column) => column.name),
    rows,
    rowOf: new Map(rows.map((row, index) => [row.key, index])),
    marks: before?.marks ?? new Map(),
    narrow,
  };
}

/** The old columns where they say the same, one by one and as a whole. */
function keepEqual(before: readonly BoardColumn[] | undefined, now: readonly BoardColumn[]): readonly BoardColumn[] {
  if (!before) return now;
  const merged = now.map((column, index) => {
    const old = before[index];
    return old && same(old, column) ? old : column;
  });
  return merged.length === before.length && merged.every((column, index) => column === before[index]) ? before : merged;
}

function same<T extends object>(a: T, b: T): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
