import { createStore, type StoreApi } from "zustand/vanilla";
import type { DesignerStore } from "@/components/designer/designer-store";
import { type BoardColumn, boardColumns } from "@/lib/core/board/columns";
import { type Board, boardGeometry, boardMetrics } from "@/lib/core/board/geometry";
import { type NicCounts, nicCounts } from "@/lib/core/board/nic-counts";
import { type LayoutChange, layoutChanges } from "@/lib/core/layout/changes";
import type { Layout } from "@/lib/core/layout/model";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { ClusterFacts } from "@/lib/core/ports";
import { type Marks, problemMarks } from "./marks";
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
  /** Something was applied, imported or adopted before, so that `changes` means something. */
  readonly applied: boolean;
  /** The layout with what was removed since the last apply, which is drawn as such. */
  readonly shown: Layout;
  /** What the draft changes against what was last applied; empty while nothing ever was. */
  readonly changes: ReadonlyMap<EntityKey, LayoutChange>;
  /** Objects that are not in the cluster as they were last applied. */
  readonly drifted: ReadonlySet<EntityKey>;
  /** What answers to the filter; null while nothing is looked for. */
  readonly found: ReadonlySet<EntityKey> | null;
  /** Of the place the Board is drawn in, in pixels; 0 while that is not known. */
  readonly width: number;
}

export type BoardStore = StoreApi<BoardState> & {
  readonly setFacts: (facts: ClusterFacts | null) => void;
  readonly setWidth: (width: number) => void;
  /** What was last applied, or null. */
  readonly setRecorded: (recorded: Layout | null) => void;
  readonly setDrifted: (drifted: ReadonlySet<EntityKey>) => void;
};

/** Derives the Board from a designer and keeps it up to date; what did not change keeps its identity. */
export function createBoardStore(designer: DesignerStore, facts: ClusterFacts | null): BoardStore {
  let recorded: Layout | null = null;
  const derived = (before: BoardState | null, now: Pick<BoardState, "facts" | "width">) =>
    derive(before, designer, recorded, now);
  const store = createStore<BoardState>(() => derived(null, { facts, width: 0 }));
  const again = (change: Partial<Pick<BoardState, "facts" | "width">> = {}) => {
    const state = store.getState();
    store.setState(derived(state, { facts: state.facts, width: state.width, ...change }));
    void look();
  };
  // What finds things is fetched by the first who looks for something; what is found is what was asked last.
  const look = async () => {
    if (designer.getState().filter.trim() === "") return;
    const { keysFound } = await import("@/lib/core/layout/find");
    const { shown, facts: known } = store.getState();
    const { filter } = designer.getState();
    store.setState({ found: keysFound(shown, filter, known?.guests ?? []) });
  };
  void look();
  designer.subscribe((now, before) => {
    if (
      now.layout !== before.layout ||
      now.collapsed !== before.collapsed ||
      now.openVnet !== before.openVnet ||
      now.filter !== before.filter ||
      now.preview !== before.preview
    )
      again();
    if (now.problems !== before.problems) store.setState({ marks: problemMarks(now.layout, now.problems) });
  });
  return Object.assign(store, {
    setFacts: (next: ClusterFacts | null) => again({ facts: next }),
    setWidth(width: number) {
      const { width: before, board } = store.getState();
      if (width === before) return;
      const metricsAt = (at: number) => boardMetrics(board.vnets, { columns: board.columns.length, width: at });
      if (same(metricsAt(before), metricsAt(width))) store.setState({ width });
      else again({ width });
    },
    setRecorded: (next: Layout | null) => {
      recorded = next;
      again();
    },
    setDrifted: (drifted: ReadonlySet<EntityKey>) => store.setState({ drifted }),
  });
}

function derive(
  before: BoardState | null,
  designer: DesignerStore,
  recorded: Layout | null,
  { facts, width }: Pick<BoardState, "facts" | "width">,
): BoardState {
  const { layout: draft, collapsed, openVnet, filter, preview } = designer.getState();
  // A text that is being edited is drawn against the draft; the draft against what was last applied.
  const [from, to] = preview ? [draft, preview] : [recorded, draft];
  const { byKey: changes, shown: layout } = from ? layoutChanges(from, to) : { byKey: NONE, shown: to };
  const columns = keepEqual(before?.board.columns, boardColumns(layout, facts));
  const nics = before && before.facts === facts ? before.nics : nicCounts(facts);
  const wanted = boardMetrics(layout.vnets.length, { columns: columns.length, width });
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
    applied: recorded !== null,
    shown: layout,
    changes,
    drifted: before?.drifted ?? new Set(),
    found: filter.trim() === "" ? null : (before?.found ?? null),
    width,
  };
}

const NONE: ReadonlyMap<EntityKey, LayoutChange> = new Map();

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
