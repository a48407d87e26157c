"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { RadioCards } from "@/components/ui/radio-cards";
import type { Clip } from "@/lib/core/layout/clip";
import { plural } from "@/lib/core/plural";
import { currentVnet, currentZone } from "../current";
import { useDesigner, useDesignerActions, useDesignerParts } from "../designer-context";
import { keyParts } from "../keys";
import { pasteCommand } from "../more-commands";

const CHOICES = [
  {
    value: "free",
    title: "Next free",
    note: "Each network is the next free one of its size; gateways keep their place.",
  },
  {
    value: "keep",
    title: "The same",
    note: "Networks stay as they were copied. Where they overlap, that is a problem to mend.",
  },
  { value: "none", title: "None", note: "Zones and VNets come without subnets." },
] as const;
type Choice = (typeof CHOICES)[number]["value"];

/** Asks once what the pasted networks shall be, and shows what comes of it. */
export function PasteDialog({ clip, onClose }: { readonly clip: Clip; readonly onClose: () => void }) {
  const designer = useDesignerParts();
  const { change } = useDesignerActions();
  const layout = useDesigner((state) => state.layout);
  const loose = clip.vnets.length + clip.zones.length === 0;
  const [subnets, setSubnets] = useState<Choice>("free");
  const options = { zone: currentZone(designer), vnet: currentVnet(designer), subnets };
  const command = pasteCommand(layout, clip, options);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="md"
      title={`Paste ${counted(clip)}`}
      description="Ids and tags that are taken give way to the next free ones."
    >
      <div className="flex flex-col gap-4">
        <RadioCards
          label="Networks"
          value={subnets}
          onChange={setSubnets}
          options={loose ? CHOICES.filter(({ value }) => value !== "none") : CHOICES}
        />
        {command.ok ? (
          <ul
            aria-label="What is added"
            className="mono max-h-40 overflow-y-auto rounded-md bg-sunken p-3 text-text-2 text-xs"
          >
            {command.value.keys.map((key) => (
              <li key={key}>{line(key)}</li>
            ))}
          </ul>
        ) : (
          <Callout kind="warning">{command.error}</Callout>
        )}
      </div>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          disabledReason={command.ok ? null : "Nothing can be pasted here"}
          onClick={() => {
            if (command.ok) change(command.value);
            onClose();
          }}
        >
          Paste
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function line(key: string): string {
  const parts = keyParts(key);
  return parts && "cidr" in parts ? `+ subnet ${parts.cidr} of ${parts.vnet}` : `+ ${key.replace("/", " ")}`;
}

function counted({ zones, vnets, subnets }: Clip): string {
  const parts = [
    [zones.length, "zone"],
    [vnets.length, "VNet"],
    [subnets.length, "subnet"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => plural(count, noun))
    .join(", ");
}
