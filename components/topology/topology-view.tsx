"use client";

import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { jumpTo } from "@/components/designer/jump";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getJson } from "@/components/ui/get-json";
import { RelativeTime } from "@/components/ui/relative-time";
import { LoadingNote, Skeleton } from "@/components/ui/skeleton";
import type { EntityKey } from "@/lib/core/plan/entity";
import { elementsFound, pathsThrough, type TopologyGraph, topologyGraph } from "@/lib/core/topology/graph";
import type { RunningNetworks } from "@/lib/core/topology/running";
import { ElementDetail } from "./element-detail";
import { TopologyPicture } from "./topology-picture";

const LOOK_MS = 30_000;
const NONE: ReadonlySet<string> = new Set();

/** What runs now, from the nodes to the guests. Nothing here can be changed; "Open in Board" leads to where it can. */
export function TopologyView() {
  const designer = useDesignerParts();
  const { view } = designer;
  const clusterId = useDesigner((state) => state.clusterId);
  const facts = useBoard((state) => state.facts);
  const filter = useDesigner((state) => state.filter);
  const cursor = useDesigner((state) => state.cursor);
  const layout = useDesigner((state) => state.layout);
  const { showView } = useDesignerActions();
  const [expanded, setExpanded] = useState(NONE);
  const [focused, setFocused] = useState<string | null>(null);
  const [alone, setAlone] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const query = useQuery({
    queryKey: ["topology", clusterId],
    queryFn: ({ signal }) => getJson<RunningNetworks>(`/api/v1/clusters/${clusterId}/topology`, signal),
    enabled: clusterId !== null,
    refetchInterval: LOOK_MS,
  });
  const running = query.data;
  const graph = useMemo(
    () => (running && facts ? topologyGraph(running, facts, { expanded }) : null),
    [running, facts, expanded],
  );
  const element = graph && elementAt(graph, focused, cursor);
  const active = element?.id ?? null;
  const found = useMemo(() => (graph ? elementsFound(graph, filter) : null), [graph, filter]);
  const lit = useMemo(() => {
    if (!graph) return null;
    if (found !== null) return pathsThrough(graph, found);
    return active === null ? null : pathsThrough(graph, [active]);
  }, [graph, found, active]);

  useEffect(
    () =>
      view.register("topology", {
        focus: () => root.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus(),
        reveal: (key) => setFocused(key.startsWith("subnet/") ? `vnet/${key.split("/")[1]}` : key),
      }),
    [view],
  );

  if (clusterId === null) {
    return (
      <Nothing title="No cluster is chosen">Topology shows what runs. Choose the cluster of this layout above.</Nothing>
    );
  }
  if (query.error && !running) {
    return (
      <Nothing
        title="The cluster could not be read"
        action={<Button onClick={() => void query.refetch()}>Try again</Button>}
      >
        {query.error.message}
      </Nothing>
    );
  }
  if (!graph) return <Loading />;
  if (graph.elements.length === 0) {
    return <Nothing title="Nothing to show">The token may see no node of this cluster.</Nothing>;
  }
  const known = new Set([...layout.zones.map(({ id }) => `zone/${id}`), ...layout.vnets.map(({ id }) => `vnet/${id}`)]);
  const shown = alone && lit ? only(graph, lit) : graph;
  const openInBoard = (key: EntityKey) => {
    showView("board");
    setTimeout(() => jumpTo(designer, key), 80);
  };
  return (
    <div ref={root} className="flex min-h-0 flex-1 flex-col bg-bg">
      <div className="flex flex-wrap items-center gap-3 border-hairline border-b bg-surface px-4 py-1.5">
        <Button
          size="sm"
          aria-pressed={alone}
          disabledReason={lit === null ? "Choose an element first" : null}
          onClick={() => setAlone(!alone)}
        >
          {alone ? "Show everything" : "Only this path"}
        </Button>
        {expanded.size > 0 && (
          <Button size="sm" variant="ghost" onClick={() => setExpanded(NONE)}>
            Close all groups
          </Button>
        )}
        <p role="status" className="text-text-3 text-xs">
          {found === null ? `${shown.elements.length} elements` : `${found.length} found`}
        </p>
        <LastRead query={query} />
      </div>
      <div className="flex min-h-0 flex-1 max-[899px]:flex-col">
        <TopologyPicture
          graph={shown}
          active={active}
          lit={lit}
          known={known}
          onActive={setFocused}
          onExpand={(id) => setExpanded(new Set([...expanded, id]))}
        />
        {element && (
          <ElementDetail
            element={element}
            inLayout={element.key !== null && known.has(element.key)}
            onOpen={openInBoard}
          />
        )}
      </div>
    </div>
  );
}

/** What has the focus. What is selected elsewhere is what the picture begins with, and falls back on. */
const elementAt = ({ elements }: TopologyGraph, focused: string | null, cursor: string | null) =>
  elements.find(({ id }) => id === focused) ??
  elements.find(({ id, key }) => id === cursor || (key === cursor && key !== null));

const only = ({ elements, links }: TopologyGraph, ids: ReadonlySet<string>): TopologyGraph => ({
  elements: elements.filter(({ id }) => ids.has(id)),
  links: links.filter(([a, b]) => ids.has(a) && ids.has(b)),
});

function LastRead({ query }: { readonly query: UseQueryResult }) {
  return (
    <p className="ml-auto flex items-center gap-2 text-text-3 text-xs">
      {query.error ? <span className="text-change">Not answering; last read</span> : "Read"}
      <RelativeTime at={new Date(query.dataUpdatedAt).toISOString()} />
      <Button
        size="sm"
        variant="ghost"
        busy={query.isFetching}
        icon={<RefreshCw aria-hidden size={14} />}
        onClick={() => void query.refetch()}
      >
        Read again
      </Button>
    </p>
  );
}

function Loading() {
  return (
    <div className="grid flex-1 grid-cols-4 content-start gap-x-10 gap-y-3 p-6">
      <LoadingNote what="what runs in the cluster" />
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stand-ins without a name
        <Skeleton key={index} className="h-9" />
      ))}
    </div>
  );
}

interface NothingProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

function Nothing({ title, children, action }: NothingProps) {
  return (
    <div className="flex flex-1 flex-col justify-center p-6">
      <EmptyState title={title} actions={action}>
        {children}
      </EmptyState>
    </div>
  );
}
