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
import type { ClusterObject } from "@/lib/server/memory-views";
import type { ClusterView, LayoutSummary } from "@/lib/server/views";
import { ObjectChoice } from "./object-choice";

interface AdoptDialogProps {
  readonly cluster: ClusterView;
  readonly layouts: readonly LayoutSummary[];
  /** Takes `{layoutId, keys}`. */
  readonly adopt: ServerAction<{ readonly rev: number }>;
  readonly onClose: () => void;
}

/** Chooses objects that no layout owns and gives them to a layout. */
export function AdoptDialog({ cluster, layouts, adopt, onClose }: AdoptDialogProps) {
  const foreign = useQuery({
    queryKey: ["foreign", cluster.id],
    queryFn: ({ signal }) => getJson<readonly ClusterObject[]>(`/api/v1/clusters/${cluster.id}/foreign`, signal),
    gcTime: 0,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={`Adopt from ${cluster.name}`}
      description="They go into the layout's draft exactly as they are now, with the zone or VNet they live in, and it owns them from then on."
    >
      <ReadState query={foreign} what={`the objects of ${cluster.name}`}>
        {(objects) =>
          objects.length === 0 ? (
            <EmptyState title="Layouts own everything in this cluster">There is nothing left to adopt.</EmptyState>
          ) : (
            <AdoptForm objects={objects} layouts={layouts} adopt={adopt} onClose={onClose} />
          )
        }
      </ReadState>
    </Dialog>
  );
}

interface AdoptFormProps extends Omit<AdoptDialogProps, "cluster"> {
  readonly objects: readonly ClusterObject[];
}

function AdoptForm({ objects, layouts, adopt, onClose }: AdoptFormProps) {
  const [layoutId, setLayoutId] = useState(layouts[0]?.id ?? null);
  const [keys, setKeys] = useState<readonly string[]>([]);
  const { start, busy, failure } = useAction(adopt);
  const target = layouts.find(({ id }) => id === layoutId);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (keys.length === 0 || busy) return;
        start({ layoutId, keys }, () => {
          toast.success(`Adopted into ${target?.name}`);
          onClose();
        });
      }}
    >
      <ObjectChoice caption="Objects that no layout owns" objects={objects} chosen={keys} onChange={setKeys} />
      <Field label="Layout">
        {(control) => (
          <Select
            {...control}
            value={layoutId}
            onChange={setLayoutId}
            options={layouts.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
      {failure ? <FailureMessage failure={failure} /> : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          disabledReason={keys.length > 0 ? null : "Choose an object"}
        >
          {keys.length === 0 ? "Adopt" : keys.length === 1 ? "Adopt one object" : `Adopt ${keys.length} objects`}
        </Button>
      </DialogActions>
    </form>
  );
}
