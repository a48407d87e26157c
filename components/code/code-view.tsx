"use client";

import { Check, Pencil, X } from "lucide-react";
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import { useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { layoutChanges } from "@/lib/core/layout/changes";
import { mergeLayouts } from "@/lib/core/layout/merge";
import type { Layout } from "@/lib/core/layout/model";
import { reconcile } from "@/lib/core/layout/reconcile";
import { renameKeys } from "@/lib/core/layout/renames";
import { layoutToJson } from "@/lib/core/layout/serialise";
import { layoutToYaml, parseLayoutText, type TextProblem } from "@/lib/exchange/layout-text";
import type { CodeFormat } from "./editor";
import { useCodeEditor } from "./use-code-editor";

/** How long the text rests before it is read. */
const PAUSE_MS = 250;

/** The layout document as text: a mirror that follows the selection, and an editor whose result is one step of undo. */
export function CodeView() {
  const designer = useDesignerParts();
  const layout = useDesigner((state) => state.layout);
  const buffer = useDesigner((state) => state.code);
  const locked = useDesigner((state) => state.locked);
  const { setCode, setPreview, change, say } = useDesignerActions();
  const [format, setFormat] = useState<CodeFormat>(buffer?.format ?? "yaml");
  const [asking, setAsking] = useState(false);
  const shown = useDeferredValue(layout);
  const mirror = useMemo(() => write(shown, format), [shown, format]);
  const editing = buffer !== null;
  const text = buffer?.text ?? mirror;
  const read = useRead(editing ? text : null, buffer?.base ?? layout);
  const problems = read?.kind === "wrong" ? read.problems : NO_PROBLEMS;

  const accept = useCallback(() => {
    const { code, layout: now, locked: reason } = designer.store.getState();
    if (!code || reason !== null) return;
    const parsed = parseLayoutText(code.text);
    if (!parsed.ok) {
      say("Mend the text first");
      return;
    }
    const edited = reconcile(code.base, parsed.value);
    // Others may have changed the layout since: their edits are joined with this one, and nothing of theirs goes.
    const merged = mergeLayouts(code.base, edited.layout, now);
    setPreview(null);
    setCode(null);
    const renames = edited.renames.map(renameKeys);
    change({ label: "Edit the code", apply: () => merged.layout, renames });
    if (merged.conflicts.length > 0)
      say(`Accepted; in ${merged.conflicts.length} places your text won over other edits`);
  }, [designer, change, say, setCode, setPreview]);

  const { host, editor } = useCodeEditor({ text, format, editing, problems, onAccept: accept });

  useEffect(() => setPreview(read?.kind === "read" ? read.layout : null), [read, setPreview]);
  useEffect(() => () => setPreview(null), [setPreview]);

  function changeFormat(next: CodeFormat) {
    if (next === format) return;
    if (buffer) {
      const parsed = parseLayoutText(buffer.text);
      if (!parsed.ok) {
        say("Mend the text before changing its form");
        return;
      }
      setCode({ ...buffer, format: next, text: write(parsed.value, next) });
    }
    setFormat(next);
  }

  function discard() {
    setAsking(false);
    setPreview(null);
    setCode(null);
  }

  const stale = buffer !== null && buffer.base !== layout;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-hairline border-b bg-surface px-3 py-1.5">
        <FormatChoice format={format} onChange={changeFormat} />
        {editing ? (
          <ChangeWords read={read} />
        ) : (
          <p className="text-text-3 text-xs">Follows the selection. Comments are not kept.</p>
        )}
        <div className="ml-auto flex items-center gap-1.5">
          {editing ? (
            <>
              <Button
                size="sm"
                icon={<X aria-hidden size={14} />}
                onClick={() => (buffer.text === write(buffer.base, format) ? discard() : setAsking(true))}
              >
                Discard
              </Button>
              <Button
                size="sm"
                variant="primary"
                icon={<Check aria-hidden size={14} />}
                disabledReason={
                  read?.kind === "read" ? null : read === null ? "Reading the text…" : "Mend the text first"
                }
                onClick={accept}
              >
                Accept
              </Button>
            </>
          ) : (
            <Button
              size="sm"
              icon={<Pencil aria-hidden size={14} />}
              disabledReason={locked}
              onClick={() => {
                setCode({ format, text: mirror, base: shown });
                editor.current?.focus();
              }}
            >
              Edit
            </Button>
          )}
        </div>
      </div>
      {stale && (
        <div className="px-3 pt-2">
          <Callout kind="info">
            The layout changed while you edit this text. Accepting joins your text with those changes.
          </Callout>
        </div>
      )}
      {problems.length > 0 && (
        <ProblemList problems={problems} onGo={(line, column) => editor.current?.goTo(line, column)} />
      )}
      <div ref={host} className="min-h-0 flex-1" />
      {editing && (
        <p className="border-hairline border-t bg-surface px-3 py-1 text-text-3 text-xs">
          Ctrl or ⌘ with Enter accepts · Tab leaves the editor · Ctrl+Space completes
        </p>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Discard the edited text?"
        description="The layout stays as it is. What you wrote here is gone."
        confirmLabel="Discard text"
        danger
        onConfirm={discard}
      />
    </>
  );
}

const NO_PROBLEMS: readonly TextProblem[] = [];

const write = (layout: Layout, format: CodeFormat): string =>
  format === "yaml" ? layoutToYaml(layout) : layoutToJson(layout);

type Read =
  | { readonly kind: "wrong"; readonly problems: readonly TextProblem[] }
  | {
      readonly kind: "read";
      readonly layout: Layout;
      readonly added: number;
      readonly changed: number;
      readonly gone: number;
    };

/** What the text says, read once it rests; null while it is not read yet or nothing is edited. */
function useRead(text: string | null, base: Layout): Read | null {
  const [read, setRead] = useState<{ readonly of: string; readonly result: Read } | null>(null);
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => {
      const parsed = parseLayoutText(text);
      if (!parsed.ok) {
        setRead({ of: text, result: { kind: "wrong", problems: parsed.error } });
        return;
      }
      const { layout } = reconcile(base, parsed.value);
      const kinds = [...layoutChanges(base, layout).byKey.values()];
      const count = (kind: string) => kinds.filter((each) => each === kind).length;
      setRead({
        of: text,
        result: { kind: "read", layout, added: count("new"), changed: count("changed"), gone: count("gone") },
      });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, base]);
  return text !== null && read?.of === text ? read.result : null;
}

function ChangeWords({ read }: { readonly read: Read | null }) {
  const words =
    read === null
      ? "Reading…"
      : read.kind === "wrong"
        ? `${read.problems.length} ${read.problems.length === 1 ? "mistake" : "mistakes"} in the text`
        : read.added + read.changed + read.gone === 0
          ? "No change yet"
          : `+${read.added} ~${read.changed} −${read.gone}, drawn on the Board`;
  return (
    <p role="status" className={`mono text-xs ${read?.kind === "wrong" ? "text-destroy" : "text-text-2"}`}>
      {words}
    </p>
  );
}

function FormatChoice({
  format,
  onChange,
}: {
  readonly format: CodeFormat;
  readonly onChange: (format: CodeFormat) => void;
}) {
  return (
    <fieldset className="flex rounded-sm border border-control p-px">
      <legend className="sr-only">Form of the text</legend>
      {(["yaml", "json"] as const).map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={format === each}
          onClick={() => onChange(each)}
          className={`h-6 rounded-xs px-2 text-xs pointer-coarse:h-11 ${format === each ? "bg-accent-soft font-medium text-text" : "text-text-2 hover:bg-hover"}`}
        >
          {each.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}

interface ProblemListProps {
  readonly problems: readonly TextProblem[];
  readonly onGo: (line: number, column: number) => void;
}

function ProblemList({ problems, onGo }: ProblemListProps) {
  return (
    <ul
      aria-label="Mistakes in the text"
      className="max-h-28 overflow-y-auto border-hairline border-b bg-destroy-soft px-3 py-1.5"
    >
      {problems.slice(0, 50).map(({ line, column, message }) => (
        <li key={`${line} ${column} ${message}`}>
          <button
            type="button"
            disabled={line === null}
            onClick={() => line !== null && onGo(line, column ?? 1)}
            className="min-h-6 text-left text-destroy text-xs hover:underline"
          >
            <span className="mono mr-2">{line === null ? "" : `${line}:${column}`}</span>
            {message}
          </button>
        </li>
      ))}
    </ul>
  );
}
