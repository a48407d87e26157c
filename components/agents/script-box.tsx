"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CommandBlock, CopyButton } from "@/components/ui/copy-button";
import { saveFile } from "@/components/ui/save-file";
import type { ScriptView } from "@/lib/server/agent-views";

/** A script for a node: its checksum, the way there, and every line of it to read first. */
export function ScriptBox({ script: { name, text, sha256 } }: { readonly script: ScriptView }) {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <div className="flex flex-wrap items-center gap-2">
          <span className="mono min-w-0 flex-1 break-all text-sm">{name}</span>
          <CopyButton text={text} label="Copy the script" />
          <Button
            size="sm"
            icon={<Download aria-hidden size={14} />}
            onClick={() => saveFile(name, "text/x-shellscript", text)}
          >
            Download
          </Button>
        </div>
        <p className="text-text-3 text-xs">SHA-256</p>
        <p className="mono break-all rounded-md border border-hairline bg-sunken px-3 py-2 text-xs">{sha256}</p>
      </div>
      <div className="flex flex-col gap-1.5">
        <p className="text-sm text-text-2">
          Copy it to the node. There, compare the checksum, read it, run it as root:
        </p>
        <CommandBlock text={`sha256sum ${name}\nless ${name}\nsh ${name}`} label="commands for the node" />
      </div>
      <details>
        <summary className="cursor-default text-sm text-text-2 hover:text-text">
          Read it here ({Math.ceil(text.length / 1024)} kB; the long blocks are files in base64)
        </summary>
        <section
          aria-label={`Text of ${name}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable from the keyboard
          tabIndex={0}
          className="mt-2 max-h-72 overflow-auto rounded-md border border-hairline bg-sunken"
        >
          <pre className="w-max p-3 text-xs leading-5">{text}</pre>
        </section>
      </details>
    </div>
  );
}
