"use client";

import { useState } from "react";
import { useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { idProblem } from "@/components/designer/id-problem";
import { quickAddCommand } from "@/components/designer/more-commands";
import { addQuickAdded, nextQuickAdd, parseQuickAdd } from "@/lib/core/layout/quick-add";
import { vnetKey } from "@/lib/core/plan/entity";

/** `30 voip 10.10.30.0/24`; Enter adds and offers the next free tag and network. */
export function QuickAdd({ zone }: { readonly zone: string }) {
  const { store, view } = useDesignerParts();
  const { change, startAdding } = useDesignerActions();
  const layout = useDesigner((state) => state.layout);
  const [text, setText] = useState("");
  const [asked, setAsked] = useState(false);
  const read = parseQuickAdd(layout, zone, text);
  const doubled = read.ok ? idProblem(layout, vnetKey(""), read.value.vnet.id) : null;
  const problem = read.ok ? doubled : read.error.message;
  const shown = problem !== null && (asked || (text.trim() !== "" && /\s$/.test(text))) ? problem : null;

  function add() {
    setAsked(true);
    if (!read.ok || problem !== null) return;
    change(quickAddCommand(read.value));
    setText(nextQuickAdd(addQuickAdded(layout, read.value), read.value));
    setAsked(false);
    setTimeout(() => view.reveal(vnetKey(read.value.vnet.id)));
  }

  function close() {
    startAdding(null);
    view.focus();
  }

  return (
    <div className="nopan nodrag nowheel relative flex items-center gap-2">
      <input
        // biome-ignore lint/a11y/noAutofocus: opened by the person to type in
        autoFocus
        aria-label={`New VNet in ${zone}: tag, id and network`}
        aria-invalid={shown !== null || undefined}
        aria-describedby="quick-add-note"
        placeholder="30 voip 10.10.30.0/24"
        value={text}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => {
          setText(event.target.value);
          setAsked(false);
        }}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter") {
            event.preventDefault();
            if (text.trim() === "" && !asked) close();
            else add();
          }
          if (event.key === "Escape") close();
        }}
        onBlur={() => {
          if (text.trim() === "" && store.getState().adding === zone) startAdding(null);
        }}
        className="mono h-7 w-[17.5rem] rounded-sm border border-accent bg-surface px-2 text-sm outline-offset-0 text-text aria-invalid:border-destroy max-sm:w-44"
      />
      <span
        id="quick-add-note"
        aria-live="polite"
        className={`whitespace-nowrap rounded-xs bg-surface px-1 text-xs ${shown === null ? "text-text-3" : "text-destroy"}`}
      >
        {shown ?? preview(read)}
      </span>
    </div>
  );
}

function preview(read: ReturnType<typeof parseQuickAdd>): string {
  if (!read.ok) return "Enter adds, Esc closes";
  const { vnet, subnet } = read.value;
  const parts = [
    vnet.tag === undefined ? null : `tag ${vnet.tag}`,
    vnet.id,
    subnet ? subnet.cidr : "no subnet",
    subnet?.gateway ? `gateway ${subnet.gateway}` : null,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}
