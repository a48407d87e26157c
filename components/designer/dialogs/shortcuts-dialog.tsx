"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { characterKeys, setCharacterKeys } from "../character-keys";
import { isMac } from "../platform";
import { keyText, OTHER_KEYS, SHORTCUT_GROUPS, SHORTCUTS } from "../shortcuts";

/** All keys, from the table they are bound by. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const mac = isMac();
  const [characters, setCharacters] = useState(characterKeys);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title="Keys of the designer"
      description="Single characters do nothing while you type. The mouse wheel scrolls; with Ctrl or ⌘ it zooms."
    >
      <div className="gap-x-8 min-[700px]:columns-2">
        {SHORTCUT_GROUPS.map((group) => (
          <section key={group} aria-label={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-2 text-sm">{group}</h3>
            <dl className="grid grid-cols-[max-content_1fr] items-baseline gap-x-4 gap-y-2 text-sm">
              {SHORTCUTS.filter((shortcut) => shortcut.group === group).map(({ id, keys, does }) => (
                <Line key={id} does={does} keys={keys.map((each) => keyText(each, mac))} />
              ))}
            </dl>
          </section>
        ))}
        <section aria-label="Clipboard and Board" className="break-inside-avoid">
          <h3 className="mb-2 text-sm">Clipboard, and the Board when it has the focus</h3>
          <dl className="grid grid-cols-[max-content_1fr] items-baseline gap-x-4 gap-y-2 text-sm">
            {OTHER_KEYS.map(({ keys, does }) => (
              <Line key={keys} does={does} keys={keys.split(", ").map((each) => keyText(each, mac))} />
            ))}
          </dl>
        </section>
      </div>
      <div className="mt-5 border-hairline border-t pt-4">
        <Checkbox
          label="Single characters are keys"
          hint="Off: only Ctrl or ⌘ with a key, function keys and the palette are left. Kept in this browser."
          checked={characters}
          onChange={(on) => {
            setCharacterKeys(on);
            setCharacters(on);
          }}
        />
      </div>
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
