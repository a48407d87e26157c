"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { FailureMessage } from "@/components/ui/failure-message";
import { Field } from "@/components/ui/field";
import { getJson } from "@/components/ui/get-json";
import { ReadState } from "@/components/ui/read-state";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import { plural } from "@/lib/core/plural";
import type { ClusterObject } from "@/lib/server/memory-views";
import type { LayoutSummary } from "@/lib/server/views";
import { ObjectChoice } from "./object-choice";

interface LetGoDialogProps {
  readonly layouts: readonly LayoutSummary[];
  /** Takes `{layoutId, keys}`. */
  readonly letGo: ServerAction<{ readonly rev: number }>;
  readonly onClose: () => void;
}

/** Chooses objects of a layout that it shall forget, while they stay in the cluster. */
export function LetGoDialog({ layouts, letGo, onClose }: LetGoDialogProps) {
  const [layoutId, setLayoutId] = useState(layouts[0]?.id ?? "");
  const [keys, setKeys] = useState<readonly string[]>([]);
  const { start, busy, failure } = useAction(letGo);
  const owned = useQuery({
    queryKey: ["owned", layoutId],
    queryFn: ({ signal }) => getJson<readonly ClusterObject[]>(`/api/v1/layouts/${layoutId}/owned`, signal),
    gcTime: 0,
  });
  const target = layouts.find(({ id }) => id === layoutId);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title="Let go of objects"
      description="They stay in the cluster exactly as they are, and no layout owns them any more. The layout's draft loses them, with what it has inside of them."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (keys.length === 0 || busy) return;
          start({ layoutId, keys }, () => {
            toast.success(`${target?.name} let go of ${plural(keys.length, "object")}`);
            onClose();
          });
        }}
      >
        <Field label="Layout">
          {(control) => (
            <Select
              {...control}
              value={layoutId}
              onChange={(id) => {
                setLayoutId(id);
                setKeys([]);
              }}
              options={layouts.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
        <ReadState query={owned} what="what the layout owns">
          {(objects) =>
            objects.length === 0 ? (
              <EmptyState title="This layout owns nothing yet">
                A layout owns what it applied, imported or adopted.
              </EmptyState>
            ) : (
              <ObjectChoice
                caption={`Objects that ${target?.name} owns`}
                objects={objects}
                chosen={keys}
                onChange={setKeys}
              />
            )
          }
        </ReadState>
        {failure ? <FailureMessage failure={failure} /> : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="danger"
            busy={busy}
            disabledReason={keys.length > 0 ? null : "Choose an object"}
          >
            {keys.length === 0 ? "Let go" : `Let go of ${plural(keys.length, "object")}`}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
