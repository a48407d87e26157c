"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { ClusterView } from "@/lib/server/views";

const LATER = "later";

interface CreateLayoutDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly clusters: readonly ClusterView[];
  readonly create: ServerAction<{ readonly id: string }>;
}

/** Asks for a name and a cluster, then opens the new layout in the designer. */
export function CreateLayoutDialog({ open, onOpenChange, clusters, create }: CreateLayoutDialogProps) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [clusterId, setClusterId] = useState(clusters[0]?.id ?? LATER);
  const { start, busy, failure } = useAction(create);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New layout"
      description="An empty board. Draw on it, or type."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          start({ name, clusterId: clusterId === LATER ? null : clusterId }, ({ id }) => router.push(`/layouts/${id}`));
        }}
      >
        <TextField
          label="Name"
          value={name}
          required
          maxLength={80}
          autoFocus
          placeholder="Home lab"
          onChange={(event) => setName(event.target.value)}
          error={failure?.fields?.["name"]}
        />
        <Field label="Cluster" hint="Its nodes become the columns of the board.">
          {(control) => (
            <Select
              {...control}
              value={clusterId}
              onChange={setClusterId}
              options={[
                ...clusters.map((cluster) => ({ value: cluster.id, label: cluster.name })),
                { value: LATER, label: "Choose later" },
              ]}
            />
          )}
        </Field>
        {failure && <FailureMessage failure={failure} shownFields={["name"]} />}
        <DialogActions>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Create layout
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
