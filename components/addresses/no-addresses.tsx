"use client";

import { useDesigner, useDesignerActions } from "@/components/designer/designer-context";
import { Button } from "@/components/ui/button";

const PRESETS = [
  { cidr: "10.0.0.0/8", words: "16 million addresses, the usual choice" },
  { cidr: "172.16.0.0/12", words: "one million, seldom used at home" },
  { cidr: "192.168.0.0/16", words: "65,536, what most routers use" },
] as const;

/** Nothing has an address yet: where to begin. Without `onAdd` there is not even a zone. */
export function NoAddresses({ onAdd }: { readonly onAdd?: (cidr: string) => void }) {
  const locked = useDesigner((state) => state.locked);
  const { showDialog } = useDesignerActions();
  return (
    <div className="flex flex-1 flex-col items-center gap-4 px-4 py-10 text-center">
      <h2 className="text-xl">No subnets yet</h2>
      <p className="max-w-md text-sm text-text-2">
        {onAdd
          ? "Choose the block that this zone's networks come from. Free space in it becomes a subnet with one press."
          : "A subnet belongs to a VNet, and a VNet to a zone. Begin with a zone."}
      </p>
      {onAdd ? (
        <div className="flex flex-wrap justify-center gap-2">
          {PRESETS.map(({ cidr, words }) => (
            <button
              key={cidr}
              type="button"
              onClick={() => onAdd(cidr)}
              className="flex w-52 flex-col gap-1 rounded-md border border-hairline bg-surface p-3 text-left hover:border-control"
            >
              <span className="mono font-medium text-sm">{cidr}</span>
              <span className="text-text-2 text-xs">{words}</span>
            </button>
          ))}
        </div>
      ) : (
        <Button variant="primary" disabledReason={locked} onClick={() => showDialog({ kind: "add-zone" })}>
          Add zone
        </Button>
      )}
    </div>
  );
}
