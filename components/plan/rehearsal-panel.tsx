"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FailureMessage } from "@/components/ui/failure-message";
import { RelativeTime } from "@/components/ui/relative-time";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { RehearsalView } from "@/lib/server/views";
import { NodeDiffs } from "./node-diffs";

interface RehearsalPanelProps {
  readonly planId: string;
  readonly rehearsal: RehearsalView | null;
  readonly rehearse: ServerAction<RehearsalView>;
  /** Why the diff cannot be asked for now; null when it can. */
  readonly refusal: string | null;
}

/** Proxmox's own diff per node, got by a rehearsal: everything is staged, compared on every node, and taken back. */
export function RehearsalPanel({ planId, rehearsal: first, rehearse, refusal }: RehearsalPanelProps) {
  const [made, setMade] = useState<RehearsalView | null>(null);
  const { start, busy, failure } = useAction(rehearse);
  const rehearsal = made ?? first;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <p className="max-w-2xl flex-1 basis-80 text-text-2">
          {rehearsal ? (
            <>
              {rehearsal.message} Asked by {rehearsal.by}, <RelativeTime at={rehearsal.at} />.
            </>
          ) : (
            <>
              Proxmox compares only what is staged. Asking takes the SDN lock, stages these changes, compares them on
              every node, and rolls them back. Nothing is committed and no node reloads.
            </>
          )}
        </p>
        <Button busy={busy} disabledReason={refusal} onClick={() => start({ planId }, setMade)}>
          {busy
            ? "Staging and comparing"
            : rehearsal
              ? "Ask again"
              : "Ask Proxmox for the diff (stages, then rolls back)"}
        </Button>
      </div>
      {failure ? <FailureMessage failure={failure} /> : null}
      <div aria-live="polite" aria-busy={busy}>
        {rehearsal ? (
          <>
            <NodeDiffs diffs={rehearsal.nodes} />
            <p className="mt-3 text-text-3 text-xs">
              Proxmox leaves new subnets of simple and EVPN zones out of this comparison; they are written all the same.
            </p>
          </>
        ) : null}
      </div>
    </div>
  );
}
