"use client";

import "./board.css";
import dynamic from "next/dynamic";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useBoard, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { patiently } from "@/components/ui/patiently";
import type { EntityKey } from "@/lib/core/plan/entity";
import { BoardFlow, type FlowHandle } from "./board-flow";
import type { BoardState } from "./board-store";
import { ColumnHeader } from "./column-header";
import { beginsFrame, drawFrame } from "./marquee";
import { TreeGrid } from "./tree-grid";

// A line of its own height, fetched after the picture it belongs to.
const TagRuler = dynamic(
  patiently(() => import("./tag-ruler").then((module) => module.TagRuler)),
  {
    ssr: false,
    loading: () => <div className="h-9 border-hairline border-b bg-surface max-[899px]:hidden" />,
  },
);

const TemplateShelf = dynamic(
  patiently(() => import("./template-shelf").then((module) => module.TemplateShelf)),
  {
    ssr: false,
    loading: () => null,
  },
);

const START = { x: 12, y: 12, zoom: 1 };

/** The picture with its column names, and the grid beside it that keyboards use. */
export function BoardCanvas() {
  const parts = useDesignerParts();
  const geometry = useBoard((state) => state.board);
  const { select } = useDesignerActions();
  const root = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const flow = useRef<FlowHandle | null>(null);
  const [steady] = useState(() => ({
    onMove: ({ x, zoom }: { x: number; zoom: number }) => {
      const style = root.current?.style;
      style?.setProperty("--x", String(x));
      style?.setProperty("--z", String(zoom));
      style?.setProperty("--shift", String(Math.max(0, Math.round(-x / zoom))));
    },
    onReady: (handle: FlowHandle) => {
      flow.current = handle;
    },
  }));

  // Before anything is painted, so that nothing moves afterwards.
  useLayoutEffect(() => {
    const { board } = parts;
    const watch = new ResizeObserver(([entry]) => {
      if (entry) board.setWidth(Math.round(entry.contentRect.width));
    });
    if (root.current) {
      board.setWidth(root.current.clientWidth);
      watch.observe(root.current);
    }
    return () => watch.disconnect();
  }, [parts]);

  useEffect(() => {
    const { view, board } = parts;
    void import("./quick-add");
    const leave = view.register("board", {
      reveal: (key) => flow.current && reveal(flow.current, board.getState(), key),
      fit: () => flow.current && showAll(flow.current, board.getState()),
      fitSelection: () => flow.current && showKeys(flow.current, board.getState(), parts.store.getState().selected),
      zoom: (direction) => flow.current?.zoomBy(direction > 0 ? 1.3 : 1 / 1.3),
      focus: () => grid.current?.focus({ preventScroll: true }),
    });
    return leave;
  }, [parts]);

  return (
    <div ref={root} className="board-root relative flex min-h-0 flex-1 flex-col bg-bg">
      <TagRuler />
      <ColumnHeader />
      <div
        role="presentation"
        onPointerDownCapture={(event) => {
          if (beginsFrame(event) && flow.current) drawFrame(parts, flow.current, event);
        }}
        onMouseDownCapture={(event) => {
          if (!beginsFrame(event)) return;
          // The plane would move along, and the words under the frame would be marked.
          event.preventDefault();
          event.stopPropagation();
        }}
        className="relative min-h-0 flex-1"
      >
        <BoardFlow
          board={geometry}
          start={START}
          onMove={steady.onMove}
          onReady={steady.onReady}
          onEmptyClick={() => select(null)}
        />
        <TreeGrid ref={grid} />
      </div>
      <TemplateShelf />
    </div>
  );
}

/** Moves the plane just enough to show a row, and comes near enough to read it. */
function reveal(flow: FlowHandle, { rows, rowOf }: BoardState, key: EntityKey): void {
  const row = rows[rowOf.get(key) ?? -1];
  if (!row) return;
  const { x, y, zoom } = flow.viewport();
  const { height } = flow.size();
  const near = zoom < 0.3 ? 1 : zoom;
  const top = row.y * near + (near === zoom ? y : Number.NEGATIVE_INFINITY);
  const bottom = top + row.height * near;
  const margin = Math.min(80, height / 4);
  if (near === zoom && top >= margin / 2 && bottom <= height - margin) return;
  const wanted =
    near !== zoom || bottom < 0 || top > height
      ? height / 3
      : top < margin / 2
        ? margin
        : height - margin - row.height * near;
  // Never further down than at the start: there is nothing above the first zone.
  flow.moveTo({ x: near === zoom ? x : START.x, y: Math.min(START.y, wanted - row.y * near), zoom: near });
}

/** Everything in sight; small boards are not blown up. */
function showAll(flow: FlowHandle, { board }: BoardState): void {
  const { width, height } = flow.size();
  const zoom = Math.min(1, (width - 24) / board.width, (height - 24) / Math.max(1, board.height));
  flow.moveTo({ x: 12, y: 12, zoom: Math.max(0.004, zoom) });
}

/** The selected rows in the middle, as near as they all fit and no nearer than they are read best. */
function showKeys(flow: FlowHandle, { board, rows, rowOf }: BoardState, keys: ReadonlySet<EntityKey>): void {
  const chosen = [...keys].flatMap((key) => rows[rowOf.get(key) ?? -1] ?? []);
  if (chosen.length === 0) return;
  const top = Math.min(...chosen.map(({ y }) => y));
  const bottom = Math.max(...chosen.map(({ y, height }) => y + height));
  const { width, height } = flow.size();
  const zoom = Math.max(0.004, Math.min(1, (width - 24) / board.width, (height - 80) / (bottom - top)));
  flow.moveTo({ x: START.x, y: height / 2 - ((top + bottom) / 2) * zoom, zoom });
}
