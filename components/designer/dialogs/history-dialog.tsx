"use client";

import { Dialog } from "@/components/ui/dialog";
import { useDesigner, useDesignerActions } from "../designer-context";
import { labelText } from "../history";

/** The steps that can be undone and redone, newest first; choosing one goes there. */
export function HistoryDialog({ onClose }: { readonly onClose: () => void }) {
  const { done, undone } = useDesigner((state) => state.history);
  const { undo, redo } = useDesignerActions();
  const times = (count: number, step: () => void) => {
    for (let index = 0; index < count; index += 1) step();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Edits"
      description="Choose a step to go back or forward to it."
    >
      <ol className="flex flex-col">
        {undone
          .map((command, index) => ({ command, steps: undone.length - index }))
          .map(({ command, steps }) => (
            <Step key={`redo ${steps}`} quiet onChoose={() => times(steps, redo)}>
              {labelText(command.label)}
            </Step>
          ))}
        {done
          .toReversed()
          .map((command, steps) => ({ command, steps }))
          .map(({ command, steps }) => (
            <Step key={`undo ${done.length - steps}`} current={steps === 0} onChoose={() => times(steps, undo)}>
              {labelText(command.label)}
            </Step>
          ))}
        <Step current={done.length === 0} onChoose={() => times(done.length, undo)}>
          As it was when opened
        </Step>
      </ol>
    </Dialog>
  );
}

interface StepProps {
  readonly current?: boolean;
  readonly quiet?: boolean;
  readonly onChoose: () => void;
  readonly children: string;
}

function Step({ current = false, quiet = false, onChoose, children }: StepProps) {
  return (
    <li>
      <button
        type="button"
        aria-current={current ? "step" : undefined}
        onClick={onChoose}
        className={`flex min-h-8 w-full items-center gap-2 rounded-sm px-2 py-1 text-left text-sm hover:bg-hover ${quiet ? "text-text-3" : ""} ${current ? "bg-accent-soft font-medium" : ""}`}
      >
        <span className="min-w-0 flex-1">{children}</span>
        {current && <span className="shrink-0 text-text-3 text-xs">now</span>}
        {quiet && <span className="shrink-0 text-xs">undone</span>}
      </button>
    </li>
  );
}
