"use client";

import { ClipboardPaste, ListPlus, Plus } from "lucide-react";
import { useDesigner, useDesignerActions } from "@/components/designer/designer-context";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { RowKind } from "./table-rows";
import type { TableDialog } from "./table-state";

const SAMPLE =
  "tag\tid\talias\tsubnet\tgateway\n30\tvoip\tPhones\t10.10.30.0/24\t10.10.30.1\n31\tcams\tCameras\t10.10.31.0/24\t10.10.31.1";

/** No rows yet: what can be pasted, with a sample to copy. */
export function TableEmpty({
  kind,
  onDialog,
}: {
  readonly kind: RowKind;
  readonly onDialog: (dialog: TableDialog) => void;
}) {
  const zones = useDesigner((state) => state.layout.zones.length);
  const locked = useDesigner((state) => state.locked);
  const { showDialog } = useDesignerActions();
  const noZone = zones === 0 ? "Add a zone first" : null;
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center gap-5 overflow-y-auto px-4 py-10 text-center">
      <div className="flex max-w-md flex-col gap-2">
        <h2 className="text-xl">{kind === "vnet" ? "No VNets yet" : "No subnets yet"}</h2>
        <p className="text-sm text-text-2">
          Paste rows from a spreadsheet, add a whole range of tags, or write them one by one. Each row is checked before
          anything is added.
        </p>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        {zones === 0 && (
          <Button
            variant="primary"
            icon={<Plus aria-hidden size={14} />}
            disabledReason={locked}
            onClick={() => showDialog({ kind: "add-zone" })}
          >
            Add zone
          </Button>
        )}
        <Button
          variant={zones === 0 ? "secondary" : "primary"}
          icon={<ClipboardPaste aria-hidden size={14} />}
          disabledReason={locked ?? noZone}
          onClick={() => onDialog({ kind: "paste", text: "" })}
        >
          Paste rows
        </Button>
        <Button
          icon={<ListPlus aria-hidden size={14} />}
          disabledReason={locked ?? noZone}
          onClick={() => onDialog({ kind: "range" })}
        >
          Add a range
        </Button>
      </div>
      <div className="w-full max-w-lg rounded-md border border-hairline bg-surface p-3 text-left">
        <div className="mb-2 flex items-center justify-between gap-2">
          <p className="text-text-2 text-xs">A table to try it with</p>
          <CopyButton text={SAMPLE} label="Copy the sample" />
        </div>
        <pre className="mono overflow-x-auto text-text-2 text-xs">{SAMPLE.replaceAll("\t", "   ")}</pre>
      </div>
    </div>
  );
}
