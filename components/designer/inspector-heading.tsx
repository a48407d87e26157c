"use client";

import { X } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { useDesignerActions, useDesignerParts } from "./designer-context";

interface InspectorHeadingProps {
  readonly title: string;
  readonly note: string;
  readonly children?: React.ReactNode;
}

/** Title and facts of what is inspected, with its commands, and the way to close the panel. */
export function InspectorHeading({ title, note, children }: InspectorHeadingProps) {
  const { showInspector } = useDesignerActions();
  const { view } = useDesignerParts();
  return (
    <header className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-lg">{title}</h2>
        <p className="text-text-3 text-xs">{note}</p>
      </div>
      {children}
      <IconButton
        size="sm"
        label="Close inspector"
        icon={<X aria-hidden size={16} />}
        onClick={() => {
          showInspector(false);
          view.focus();
        }}
      />
    </header>
  );
}
