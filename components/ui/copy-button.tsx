"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./icon-button";

interface CopyButtonProps {
  readonly text: string;
  /** What is copied: "Copy fingerprint". */
  readonly label?: string;
}

/** Copies a text, and says for a moment that it did. */
export function CopyButton({ text, label = "Copy" }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);

  function copy() {
    // Browsers refuse this on plain HTTP from another machine; the text stays selectable.
    void navigator.clipboard
      ?.writeText(text)
      .then(() => setState("copied"))
      .catch(() => setState("refused"));
    if (!navigator.clipboard) setState("refused");
  }

  const said = state === "copied" ? "Copied" : state === "refused" ? "Select the text and copy it yourself" : label;
  return (
    <>
      <IconButton
        label={said}
        size="sm"
        onClick={copy}
        icon={
          state === "copied" ? <Check aria-hidden size={14} className="text-add" /> : <Copy aria-hidden size={14} />
        }
      />
      <span role="status" className="sr-only">
        {state === "idle" ? "" : said}
      </span>
    </>
  );
}

/** Commands to paste elsewhere, one block with a copy button. */
export function CommandBlock({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className="flex items-start rounded-md border border-hairline bg-sunken">
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable from the keyboard
        tabIndex={0}
        className="relative min-w-0 flex-1 overflow-x-auto rounded-l-md"
      >
        <pre className="w-max py-2.5 pr-3 pl-3 text-xs leading-5">{text}</pre>
      </section>
      <div className="p-1.5">
        <CopyButton text={text} label={`Copy ${label}`} />
      </div>
    </div>
  );
}
