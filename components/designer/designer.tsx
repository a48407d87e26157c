"use client";

import { PanelRightOpen } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { FailureMessage } from "@/components/ui/failure-message";
import { IconButton } from "@/components/ui/icon-button";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { DraftView } from "@/lib/server/views";
import type { DesignerAddress } from "./address";
import { type ClusterChoice, ClusterPicker } from "./cluster-picker";
import { DesignerProvider, useBoard, useDesigner, useDesignerActions, useDesignerParts } from "./designer-context";
import { DesignerHeader } from "./designer-header";
import { Dialogs } from "./dialogs";
import { Inspector } from "./inspector";
import { LiveRegion } from "./live-region";
import { makeDesigner } from "./make-designer";
import { SplitView } from "./split-view";
import { useAddress } from "./use-address";
import { useClipboard } from "./use-clipboard";
import { useClusterFacts } from "./use-cluster-facts";
import { useDesignerLife } from "./use-designer-life";
import { usePresence } from "./use-presence";
import { useRecorded } from "./use-recorded";
import { useShortcuts } from "./use-shortcuts";
import { ViewBar } from "./view-bar";
import type { ViewId } from "./views";

export interface DesignerProps {
  readonly draft: DraftView;
  /** Why this person may not change the layout, or null. */
  readonly locked: string | null;
  /** What the address of the page asks to see. */
  readonly address: DesignerAddress;
  readonly clusters: readonly ClusterChoice[];
  /** Takes `{layoutId}`. */
  readonly plan: ServerAction<{ planId: string }>;
  /** Takes `{id, clusterId}`. */
  readonly assign: ServerAction<null>;
  /** Takes `{layoutId, title, keys?, asks}`. */
  readonly saveTemplate: ServerAction<{ id: string }>;
}

/** The main screen: one layout in one or two of its views, and everything to edit it with. */
export function Designer(props: DesignerProps) {
  const [parts] = useState(() => makeDesigner(props.draft, props.locked, props.address));
  // The revision the designer was opened with: a refresh of the page must not start it anew.
  const [opened] = useState(props.draft);
  useDesignerLife(parts, opened);
  useAddress(parts);
  return (
    <DesignerProvider value={parts}>
      <Screen {...props} />
    </DesignerProvider>
  );
}

function Screen({ draft, clusters, plan, assign, saveTemplate }: DesignerProps) {
  const parts = useDesignerParts();
  const router = useRouter();
  const planning = useAction(plan);
  const [flushing, setFlushing] = useState(false);
  const reading = useClusterFacts(parts, draft.clusterId);
  usePresence(parts, draft.id);
  useRecorded(parts, draft.id, draft.clusterId);
  const problems = useDesigner((state) => state.problems);
  const changes = useBoard((state) => state.changes);
  const applied = useBoard((state) => state.applied);
  // A fault that was applied or imported like this and is not touched may be in the cluster already; the plan looks.
  const errors = problems.filter(
    ({ severity, at }) => severity === "error" && (!applied || at.length === 0 || at.some((key) => changes.has(key))),
  ).length;
  const locked = useDesigner((state) => state.locked);
  const empty = useDesigner((state) => state.layout.zones.length === 0 && state.layout.vnets.length === 0);
  const { say } = useDesignerActions();
  const refusal = planRefusal(locked, draft.clusterId, errors);

  async function review() {
    if (refusal !== null) {
      say(refusal);
      return;
    }
    setFlushing(true);
    const saved = await parts.autosave.flush();
    setFlushing(false);
    if (!saved) say("The plan needs your last edits saved first.");
    else planning.start({ layoutId: draft.id }, ({ planId }) => router.push(`/plans/${planId}`));
  }

  const latest = useRef(review);
  useEffect(() => {
    latest.current = review;
  });
  const [pressed] = useState(() => () => void latest.current());
  useShortcuts(parts, pressed);
  useClipboard(parts);

  return (
    <div className="designer flex h-[calc(100dvh-3rem)] min-h-0 flex-col min-[700px]:h-dvh">
      <DesignerHeader
        draft={draft}
        planRefusal={refusal}
        planning={planning.busy || flushing}
        onPlan={() => void review()}
        cluster={
          <ClusterPicker
            layoutId={draft.id}
            current={draft.clusterId === null ? null : { id: draft.clusterId, name: draft.clusterName ?? "" }}
            clusters={clusters}
            reading={reading}
            assign={assign}
          />
        }
      />
      <ViewBar />
      {planning.failure && (
        <div className="border-hairline border-b px-4 py-3">
          <FailureMessage failure={planning.failure} />
        </div>
      )}
      <div className="relative flex min-h-0 flex-1">
        <SplitView />
        {!empty && <InspectorPanel />}
      </div>
      <Dialogs layoutId={draft.id} onPlan={pressed} saveTemplate={saveTemplate} />
      <LiveRegion />
    </div>
  );
}

/** At the right where there is room, over the Board where there is less, at the bottom on a phone. */
function InspectorPanel() {
  const open = useDesigner((state) => state.inspector);
  const nothing = useDesigner((state) => state.cursor === null && state.selected.size < 2);
  const active = useDesigner((state) => state.active);
  // Where the panel lies over the view it comes with each selection of the picture only; the other views show and edit
  // the same themselves, and a person asks for it.
  const [wanted, setWanted] = useState<ViewId | null>(null);
  const asked = active === "board" || wanted === active;
  const ownDetail = useDesigner(({ views }) => views.main === "topology" && views.beside === null);
  const { showInspector } = useDesignerActions();
  if (ownDetail) return null;
  const opener = (
    <IconButton
      label="Open inspector"
      variant="secondary"
      icon={<PanelRightOpen aria-hidden size={16} />}
      onClick={() => {
        showInspector(true);
        setWanted(active);
      }}
      className={`absolute right-3 z-20 bg-surface ${active === "board" ? "top-2" : "bottom-3"} ${open ? "min-[1100px]:hidden" : ""}`}
    />
  );
  if (!open) return opener;
  return (
    <>
      {!asked && !nothing && opener}
      <aside
        aria-label="Inspector"
        data-inspector
        className={`z-20 w-[22.5rem] shrink-0 overflow-y-auto border-hairline bg-surface pb-6 min-[1100px]:static min-[1100px]:border-l min-[1100px]:shadow-none ${nothing || !asked ? "max-[1099px]:hidden" : ""} absolute shadow-overlay max-[699px]:inset-x-0 max-[699px]:bottom-0 max-[699px]:max-h-[55%] max-[699px]:w-full max-[699px]:rounded-t-lg max-[699px]:border-t min-[700px]:inset-y-0 min-[700px]:right-0`}
      >
        <Inspector />
      </aside>
    </>
  );
}

function planRefusal(locked: string | null, clusterId: string | null, errors: number): string | null {
  if (locked !== null) return locked;
  if (clusterId === null) return "Choose a cluster first: a plan compares the layout with one";
  return errors === 0 ? null : `Mend ${errors === 1 ? "the error" : `the ${errors} errors`} first`;
}
