"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { saveFile } from "@/components/ui/save-file";
import type { RunStatus } from "@/lib/core/apply/run-status";
import type { RunView } from "@/lib/server/views";

/** The run as JSON, with its plan and journal; and the snapshot taken before it. */
export function RunDownloads({ run, status }: { readonly run: RunView; readonly status: RunStatus }) {
  const { snapshot } = status;
  return (
    <>
      {snapshot ? (
        <Button
          variant="ghost"
          icon={<Download aria-hidden size={14} />}
          onClick={() => save(`run-${run.number}-snapshot.json`, snapshot)}
        >
          Snapshot
        </Button>
      ) : null}
      <Button
        variant="ghost"
        icon={<Download aria-hidden size={14} />}
        onClick={() => save(`run-${run.number}.json`, run)}
      >
        Run as JSON
      </Button>
    </>
  );
}

const save = (name: string, value: unknown) =>
  saveFile(name, "application/json", `${JSON.stringify(value, null, 2)}\n`);
