"use client";

import "@xyflow/react/dist/base.css";
import {
  type Node,
  type NodeProps,
  type NodeTypes,
  PanOnScrollMode,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  useStoreApi,
  type Viewport,
} from "@xyflow/react";
import { memo, useEffect } from "react";
import type { Board, BoardZone } from "@/lib/core/board/geometry";
import { rowWindow, sameWindow } from "./level";
import { ZoneBox } from "./zone-box";

/**
 * The only file that knows React Flow. It is used for what it is good at, moving and zooming a plane smoothly; one node
 * per zone, never one per VNet, because a browser cannot pan thousands of them.
 */
type ZoneNode = Node<{ zone: BoardZone }, "zone">;

export interface FlowHandle {
  readonly viewport: () => Viewport;
  readonly size: () => { readonly width: number; readonly height: number };
  readonly moveTo: (viewport: Viewport) => void;
  readonly zoomBy: (factor: number) => void;
}

interface BoardFlowProps {
  readonly board: Board;
  readonly start: Viewport;
  /** Called for every movement, outside of React's rendering. */
  readonly onMove: (viewport: Viewport) => void;
  readonly onReady: (handle: FlowHandle) => void;
  readonly onEmptyClick: () => void;
}

export function BoardFlow(props: BoardFlowProps) {
  return (
    <ReactFlowProvider>
      <Plane {...props} />
    </ReactFlowProvider>
  );
}

const NODE_TYPES: NodeTypes = { zone: memo(ZoneNodeView) };
const MIN_ZOOM = 0.004;
const MAX_ZOOM = 1.6;

function Plane({ board, start, onMove, onReady, onEmptyClick }: BoardFlowProps) {
  const flow = useReactFlow();
  const api = useStoreApi();

  useEffect(() => {
    onReady({
      viewport: () => flow.getViewport(),
      size: () => api.getState(),
      moveTo: (viewport) => void flow.setViewport(viewport),
      zoomBy: (factor) => void flow.setViewport(zoomed(flow.getViewport(), api.getState(), factor)),
    });
    // Told of every frame without rendering anything.
    let last = api.getState().transform;
    onMove(flow.getViewport());
    return api.subscribe(({ transform }) => {
      if (transform === last) return;
      last = transform;
      onMove({ x: transform[0], y: transform[1], zoom: transform[2] });
    });
  }, [flow, api, onMove, onReady]);

  return (
    <ReactFlow
      nodes={flowNodes(board)}
      edges={NO_EDGES}
      nodeTypes={NODE_TYPES}
      defaultViewport={start}
      minZoom={MIN_ZOOM}
      maxZoom={MAX_ZOOM}
      onlyRenderVisibleElements
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      panActivationKeyCode="Space"
      zoomActivationKeyCode={ZOOM_KEYS}
      panOnScroll
      panOnScrollMode={PanOnScrollMode.Free}
      panOnScrollSpeed={1}
      zoomOnScroll={false}
      zoomOnDoubleClick={false}
      preventScrolling
      onPaneClick={onEmptyClick}
      proOptions={PRO}
    />
  );
}

const NO_EDGES: [] = [];
const ZOOM_KEYS = ["Meta", "Control"];
const PRO = { hideAttribution: true };
const NO_HANDLES: [] = [];
const POINTER = { pointerEvents: "all" } as const;

/** Zooms around the middle, or around the Board's own edge where that is in sight, so that it stays where it is. */
function zoomed(
  { x, y, zoom }: Viewport,
  { width, height }: { width: number; height: number },
  factor: number,
): Viewport {
  const next = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom * factor));
  const around = (offset: number, size: number) => {
    const fixed = offset > 0 ? offset : size / 2;
    return fixed - ((fixed - offset) / zoom) * next;
  };
  return { x: around(x, width), y: around(y, height), zoom: next };
}

const nodeOf = new WeakMap<BoardZone, ZoneNode>();

/**
 * One node per zone, the same object for the same zone: React Flow then has nothing to do for the others. Size, measured
 * size and handles are given, or it would mount every node once to measure it.
 */
function flowNodes(board: Board): ZoneNode[] {
  const seen = new Map<string, number>();
  return board.zones.map((zone) => {
    const times = seen.get(zone.zone.id) ?? 0;
    seen.set(zone.zone.id, times + 1);
    const id = times === 0 ? zone.zone.id : `${zone.zone.id} ${times}`;
    const old = nodeOf.get(zone);
    if (old?.id === id) return old;
    const size = { width: zone.width, height: zone.height };
    const node: ZoneNode = {
      id,
      type: "zone",
      position: { x: 0, y: zone.y },
      data: { zone },
      ...size,
      measured: size,
      handles: NO_HANDLES,
      // React Flow lets the pointer through a node that it neither selects nor drags.
      style: POINTER,
      focusable: false,
      ariaRole: "group",
    };
    nodeOf.set(zone, node);
    return node;
  });
}

function ZoneNodeView({ data }: NodeProps<ZoneNode>) {
  const window = useStore((state) => rowWindow(data.zone, state.transform, state.height), sameWindow);
  return <ZoneBox zone={data.zone} window={window} />;
}
