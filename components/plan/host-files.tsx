"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getJson } from "@/components/ui/get-json";
import { ReadState } from "@/components/ui/read-state";
import { UnifiedDiff } from "./unified-diff";

/** The files that the agent of a node would write differently, read when somebody wants to see them. */
export function HostFiles({ planId, node }: { readonly planId: string; readonly node: string }) {
  const [open, setOpen] = useState(false);
  const files = useQuery({
    queryKey: ["host-files", planId, node],
    queryFn: ({ signal }) =>
      getJson<{ readonly diff: string }>(`/api/v1/plans/${planId}/files/${encodeURIComponent(node)}`, signal),
    enabled: open,
    // A plan never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <details className="border-hairline border-t" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit cursor-pointer px-4 py-2 text-text-3 text-xs hover:text-text">Files on {node}</summary>
      {open ? (
        <ReadState query={files} what={`the files of ${node}`}>
          {({ diff }) =>
            diff === "" ? (
              <p className="px-4 pb-2 text-sm text-text-2">No file changes.</p>
            ) : (
              <UnifiedDiff text={diff} label={`Files on ${node}, before and after`} />
            )
          }
        </ReadState>
      ) : null}
    </details>
  );
}
