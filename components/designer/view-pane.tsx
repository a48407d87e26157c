"use client";

import dynamic from "next/dynamic";
import { BoardCanvas } from "@/components/board/board-canvas";
import { patiently } from "@/components/ui/patiently";
import { LoadingNote, Skeleton } from "@/components/ui/skeleton";
import { useDesigner, useDesignerActions } from "./designer-context";
import { VIEWS, type ViewId } from "./views";

/** One view in its place on the screen. The keyboard's last press or focus says which of two is meant. */
export function ViewPane({ id }: { readonly id: ViewId }) {
  const { activate } = useDesignerActions();
  const label = VIEWS.find((view) => view.id === id)?.label;
  return (
    <section
      aria-label={label}
      data-view={id}
      onFocusCapture={() => activate(id)}
      onPointerDownCapture={() => activate(id)}
      className="relative flex h-full min-h-0 min-w-0 flex-1 flex-col"
    >
      <View id={id} />
    </section>
  );
}

function View({ id }: { readonly id: ViewId }) {
  switch (id) {
    case "board":
      return <BoardOrStart />;
    case "table":
      return <TableView />;
    case "addresses":
      return <AddressesView />;
    case "topology":
      return <TopologyView />;
    case "code":
      return <CodeView />;
  }
}

function BoardOrStart() {
  const empty = useDesigner((state) => state.layout.zones.length === 0 && state.layout.vnets.length === 0);
  return empty ? <EmptyBoard /> : <BoardCanvas />;
}

const EmptyBoard = dynamic(
  patiently(() => import("./empty-board").then((module) => module.EmptyBoard)),
  { loading: () => null },
);
// Everybody comes for the Board; the others are fetched when they are first shown.
const TableView = dynamic(
  patiently(() => import("@/components/table/table-view").then((module) => module.TableView)),
  {
    loading: () => <Loading />,
  },
);
const AddressesView = dynamic(
  patiently(() => import("@/components/addresses/addresses-view").then((module) => module.AddressesView)),
  { loading: () => <Loading /> },
);
const TopologyView = dynamic(
  patiently(() => import("@/components/topology/topology-view").then((module) => module.TopologyView)),
  { loading: () => <Loading /> },
);
const CodeView = dynamic(
  patiently(() => import("@/components/code/code-view").then((module) => module.CodeView)),
  {
    loading: () => <Loading />,
  },
);

function Loading() {
  return (
    <div className="flex flex-1 flex-col gap-2 p-4">
      <LoadingNote what="the view" />
      <Skeleton className="h-6 w-2/3" />
      <Skeleton className="h-6 w-5/6" />
      <Skeleton className="h-6 w-3/4" />
    </div>
  );
}
