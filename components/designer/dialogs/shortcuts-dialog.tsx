"use client";

import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { isMac } from "../platform";
import { GRID_KEYS, keyText, SHORTCUTS } from "../shortcuts";

/** All keys, from the table they are bound by. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const mac = isMac();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="md"
      title="Keys of the designer"
      description="Single letters do nothing while you type. The mouse wheel scrolls; with Ctrl or ⌘ it zooms."
    >
      <dl className="grid grid-cols-[max-content_1fr] items-baseline gap-x-4 gap-y-2 text-sm">
        {SHORTCUTS.map(({ id, keys, does }) => (
          <Line key={id} does={does} keys={keys.map((each) => keyText(each, mac))} />
        ))}
      </dl>
      <h3 className="mt-5 mb-2 text-sm">On the Board</h3>
      <dl className="grid grid-cols-[max-content_1fr] items-baseline gap-x-4 gap-y-2 text-sm">
        {GRID_KEYS.map(({ keys, does }) => (
          <Line key={keys} does={does} keys={[keys]} />
        ))}
      </dl>
    </Dialog>
  );
}

function Line({ keys, does }: { readonly keys: readonly string[]; readonly does: string }) {
  return (
    <>
      <dt className="flex gap-1">
        {keys.map((each) => (
          <Kbd key={each}>{each}</Kbd>
        ))}
      </dt>
      <dd className="text-text-2">{does}</dd>
    </>
  );
}
