"use client";

import { useState } from "react";
import { renameCommand } from "@/components/designer/commands";
import { useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { idProblem } from "@/components/designer/id-problem";
import { keyName } from "@/components/designer/keys";
import type { EntityKey } from "@/lib/core/plan/entity";

/** The id of a zone or VNet, edited where it stands. Enter or leaving keeps it, Escape gives up. */
export function RenameBox({ of }: { readonly of: EntityKey }) {
  const old = keyName(of);
  const [text, setText] = useState(old);
  const { store, view } = useDesignerParts();
  const { change, startRenaming, say } = useDesignerActions();
  const problem = idProblem(store.getState().layout, of, text.trim());

  function close() {
    startRenaming(null);
    view.focus();
  }

  function keep() {
    const to = text.trim();
    if (to !== old && problem === null) {
      const command = renameCommand(of, to);
      if (command) change(command);
    } else if (to !== old && problem) say(problem);
    close();
  }

  return (
    <span className="nopan nodrag relative">
      <input
        // biome-ignore lint/a11y/noAutofocus: opened by the person to type in
        autoFocus
        aria-label={`New id of ${old}`}
        aria-invalid={problem !== null || undefined}
        value={text}
        spellCheck={false}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onClick={(event) => event.stopPropagation()}
        onBlur={keep}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter") keep();
          if (event.key === "Escape") close();
        }}
        className="mono h-6 w-24 rounded-xs border border-accent bg-surface px-1 text-text aria-invalid:border-destroy"
      />
      {problem && (
        <span
          role="alert"
          className="absolute top-full left-0 z-20 mt-1 w-max max-w-72 rounded-sm bg-text px-2 py-1 text-bg text-xs"
        >
          {problem}
        </span>
      )}
    </span>
  );
}
