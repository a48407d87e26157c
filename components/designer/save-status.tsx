"use client";

import { CircleAlert, CloudOff, Users } from "lucide-react";
import dynamic from "next/dynamic";
import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { patiently } from "@/components/ui/patiently";
import { useDesigner, useDesignerParts } from "./designer-context";

const ConflictDialog = dynamic(
  patiently(() => import("./conflict-dialog").then((module) => module.ConflictDialog)),
  {
    loading: () => null,
  },
);

/** Whether what is on the screen is on the server, always in words. */
export function SaveStatus() {
  const { autosave } = useDesignerParts();
  const locked = useDesigner((state) => state.locked);
  const state = useSyncExternalStore(autosave.subscribe, autosave.state, autosave.state);
  if (locked !== null) return <p className="truncate text-text-3 text-xs">View only</p>;
  switch (state.kind) {
    case "saved":
      return <Quiet>{`Saved · draft ${state.rev}`}</Quiet>;
    case "waiting":
    case "saving":
      return <Quiet>Saving…</Quiet>;
    case "offline":
      return (
        <Loud icon={<CloudOff aria-hidden size={14} />} retry={() => void autosave.flush()}>
          Offline. Your edits are kept in this browser
        </Loud>
      );
    case "failed":
      return (
        <Loud icon={<CircleAlert aria-hidden size={14} />} retry={() => void autosave.flush()}>
          {`Not saved: ${state.message}`}
        </Loud>
      );
    case "conflict":
      // Another version is another question: the dialog opens anew for it.
      return <Conflict key={state.theirs.rev} by={state.theirs.updatedBy} />;
  }
}

function Conflict({ by }: { readonly by: string }) {
  const [open, setOpen] = useState(true);
  return (
    <div className="flex items-center gap-1.5 text-change text-xs">
      <Users aria-hidden size={14} />
      <span role="status" className="font-medium">{`Not saved: ${by} saved meanwhile`}</span>
      <Button size="sm" variant="ghost" onClick={() => setOpen(true)}>
        Choose…
      </Button>
      <ConflictDialog open={open} onOpenChange={setOpen} />
    </div>
  );
}

function Quiet({ children }: { readonly children: string }) {
  return (
    <p role="status" className="truncate text-text-3 text-xs">
      {children}
    </p>
  );
}

interface LoudProps {
  readonly icon: React.ReactNode;
  readonly retry: () => void;
  readonly children: string;
}

function Loud({ icon, retry, children }: LoudProps) {
  return (
    <div role="status" className="flex min-w-0 items-center gap-1.5 text-destroy text-xs">
      {icon}
      <span className="truncate font-medium" title={children}>
        {children}
      </span>
      <Button size="sm" variant="ghost" onClick={retry}>
        Retry
      </Button>
    </div>
  );
}
