"use client";

import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import type { MergeConflict } from "@/lib/core/layout/merge";
import { useDesignerParts } from "./designer-context";
import { keyTitle } from "./keys";

/** Two people changed the same fields: asks for each, and joins everything else. Closing it chooses and loses nothing. */
export function ConflictDialog({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { autosave } = useDesignerParts();
  const state = useSyncExternalStore(autosave.subscribe, autosave.state, autosave.state);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  if (state.kind !== "conflict") return null;
  const { theirs, conflicts } = state;
  const every = new Set(conflicts.keys());
  const choose = (index: number, other: boolean) => {
    const next = new Set(chosen);
    if (other) next.add(index);
    else next.delete(index);
    setChosen(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="lg"
      title={
        conflicts.length === 1 ? "Both of you changed one thing" : `Both of you changed ${conflicts.length} things`
      }
      description={
        <>
          {theirs.updatedBy} saved this layout <RelativeTime at={theirs.updatedAt} /> while you were editing. All other
          changes of both are kept. Until you choose, yours stay on the screen and nothing is saved.
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {conflicts.length > 1 && (
          <div className="flex gap-2">
            <Button size="sm" onClick={() => setChosen(new Set())}>
              All mine
            </Button>
            <Button size="sm" onClick={() => setChosen(every)}>
              {`All of ${theirs.updatedBy}`}
            </Button>
          </div>
        )}
        <ul className="flex max-h-[45vh] flex-col gap-3 overflow-y-auto">
          {conflicts.map((conflict, index) => (
            <li key={`${conflict.key} ${conflict.field}`}>
              <fieldset className="rounded-md border border-hairline p-3">
                <legend className="px-1 font-medium text-sm">{title(conflict)}</legend>
                <div className="grid gap-2 sm:grid-cols-2">
                  <Side
                    name={`side-${index}`}
                    who="Yours"
                    value={conflict.mine}
                    checked={!chosen.has(index)}
                    onChoose={() => choose(index, false)}
                  />
                  <Side
                    name={`side-${index}`}
                    who={theirs.updatedBy}
                    value={conflict.theirs}
                    checked={chosen.has(index)}
                    onChoose={() => choose(index, true)}
                  />
                </div>
                <p className="mt-2 text-text-3 text-xs">Before: {shown(conflict.base)}</p>
              </fieldset>
            </li>
          ))}
        </ul>
      </div>
      <DialogActions>
        <Button onClick={() => onOpenChange(false)}>Later</Button>
        <Button variant="primary" onClick={() => void autosave.resolve(chosen)}>
          Keep these and save
        </Button>
      </DialogActions>
    </Dialog>
  );
}

interface SideProps {
  readonly name: string;
  readonly who: string;
  readonly value: unknown;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

function Side({ name, who, value, checked, onChoose }: SideProps) {
  return (
    <label className="flex cursor-pointer items-start gap-2 rounded-sm border border-hairline p-2 has-[:checked]:border-accent has-[:checked]:bg-accent-soft">
      <input type="radio" name={name} checked={checked} onChange={onChoose} className="mt-1 accent-(--accent)" />
      <span className="min-w-0">
        <span className="block text-text-2 text-xs">{who}</span>
        <span className="mono block break-words text-sm">{shown(value)}</span>
      </span>
    </label>
  );
}

function title({ key, field }: MergeConflict): string {
  if (key === null) return `${field} of the layout`;
  return field === null ? `${keyTitle(key)}: deleted or changed` : `${field} of ${keyTitle(key)}`;
}

/** A value as it is read; an object in its own notation. */
function shown(value: unknown): string {
  if (value === undefined || value === "") return "nothing";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
