"use client";

import { CircleAlert, CircleCheck, Keyboard, Plus, Redo2, TriangleAlert, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { patiently } from "@/components/ui/patiently";
import { plural } from "@/lib/core/plural";
import type { DraftView } from "@/lib/server/views";
import { useDesigner, useDesignerActions } from "./designer-context";
import { labelText } from "./history";
import { SaveStatus } from "./save-status";

const ExportMenu = dynamic(
  patiently(() => import("./export-menu").then((module) => module.ExportMenu)),
  {
    ssr: false,
    loading: () => <span className="size-8" />,
  },
);
const PeopleHere = dynamic(
  patiently(() => import("./people-here").then((module) => module.PeopleHere)),
  {
    loading: () => null,
  },
);

interface DesignerHeaderProps {
  readonly draft: DraftView;
  readonly cluster: React.ReactNode;
  readonly planRefusal: string | null;
  readonly planning: boolean;
  readonly onPlan: () => void;
}

/** Which layout this is, whether it is saved, what is wrong with it, and what comes next. */
export function DesignerHeader({ draft, cluster, planRefusal, planning, onPlan }: DesignerHeaderProps) {
  const locked = useDesigner((state) => state.locked);
  const together = useDesigner((state) => state.others.length > 0);
  const { showDialog } = useDesignerActions();
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-hairline border-b bg-surface px-4 py-2">
      <div className="mr-auto flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <div className="min-w-0">
          <h1 className="truncate text-lg leading-tight">{draft.name}</h1>
          <SaveStatus />
        </div>
        {cluster}
        {together && <PeopleHere />}
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <Button
          icon={<Plus aria-hidden size={14} />}
          disabledReason={locked}
          onClick={() => showDialog({ kind: "add-zone" })}
        >
          Zone
        </Button>
        <UndoButtons />
        <ProblemCount />
        <ExportMenu />
        <IconButton
          label="Keys"
          shortcut="?"
          icon={<Keyboard aria-hidden size={16} />}
          onClick={() => showDialog({ kind: "shortcuts" })}
          className="max-sm:hidden"
        />
        <Button variant="primary" busy={planning} disabledReason={planRefusal} onClick={onPlan}>
          Review plan
        </Button>
      </div>
    </header>
  );
}

function UndoButtons() {
  const { done, undone } = useDesigner((state) => state.history);
  const { undo, redo } = useDesignerActions();
  const last = done.at(-1);
  const next = undone.at(-1);
  return (
    <div className="flex">
      <IconButton
        label={last ? `Undo: ${labelText(last.label)}` : "Undo"}
        aria-label="Undo"
        shortcut="⌘Z"
        className="aria-disabled:border-transparent! aria-disabled:bg-transparent!"
        icon={<Undo2 aria-hidden size={16} />}
        disabledReason={last ? null : "Nothing to undo"}
        onClick={undo}
      />
      <IconButton
        label={next ? `Redo: ${labelText(next.label)}` : "Redo"}
        aria-label="Redo"
        shortcut="⇧⌘Z"
        className="aria-disabled:border-transparent! aria-disabled:bg-transparent!"
        icon={<Redo2 aria-hidden size={16} />}
        disabledReason={next ? null : "Nothing to redo"}
        onClick={redo}
      />
    </div>
  );
}

/** How many problems there are, in words and shapes; a press lists them. */
function ProblemCount() {
  const problems = useDesigner((state) => state.problems);
  const judged = useDesigner((state) => state.judged !== null);
  const { showDialog } = useDesignerActions();
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.filter((problem) => problem.severity === "warning").length;
  const fine = errors + warnings === 0;
  return (
    <Button
      variant="ghost"
      onClick={() => showDialog({ kind: "problems" })}
      icon={
        errors > 0 ? (
          <CircleAlert aria-hidden size={14} className="text-destroy" />
        ) : warnings > 0 ? (
          <TriangleAlert aria-hidden size={14} className="text-change" />
        ) : (
          <CircleCheck aria-hidden size={14} className="text-add" />
        )
      }
    >
      <span className="max-[479px]:sr-only">
        {!judged
          ? "Checking…"
          : fine
            ? "No problems"
            : [count(errors, "error"), count(warnings, "warning")].filter(Boolean).join(", ")}
      </span>
    </Button>
  );
}

const count = (number: number, noun: string): string => (number === 0 ? "" : plural(number, noun));
