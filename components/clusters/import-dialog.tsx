"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { FailureMessage } from "@/components/ui/failure-message";
import { getJson } from "@/components/ui/get-json";
import { TextField } from "@/components/ui/input";
import { Mono } from "@/components/ui/mono";
import { ReadState } from "@/components/ui/read-state";
import { Table, Td, Th } from "@/components/ui/table";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { ImportPreview, ImportZone } from "@/lib/server/memory-views";
import type { ClusterView } from "@/lib/server/views";

interface ImportDialogProps {
  readonly cluster: ClusterView;
  /** Takes `{clusterId, name, zones}`. */
  readonly importZones: ServerAction<{ readonly layoutId: string }>;
  readonly onClose: () => void;
}

/** Chooses zones of a cluster and makes a layout of them. */
export function ImportDialog({ cluster, importZones, onClose }: ImportDialogProps) {
  const preview = useQuery({
    queryKey: ["import", cluster.id],
    queryFn: ({ signal }) => getJson<ImportPreview>(`/api/v1/clusters/${cluster.id}/import`, signal),
    gcTime: 0,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={`Import from ${cluster.name}`}
      description="The layout owns these objects from then on, and the plan right after it is empty."
    >
      <ReadState query={preview} what={`the zones of ${cluster.name}`}>
        {(data) => <ImportForm cluster={cluster} preview={data} importZones={importZones} onClose={onClose} />}
      </ReadState>
    </Dialog>
  );
}

const isFree = (zone: ImportZone): boolean => zone.ownedBy === null && zone.refused === null;

function ImportForm({
  cluster,
  preview,
  importZones,
  onClose,
}: ImportDialogProps & { readonly preview: ImportPreview }) {
  const router = useRouter();
  const [name, setName] = useState(cluster.name);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { start, busy, failure } = useAction(importZones);
  const free = preview.zones.filter(isFree);
  const chosen = free.filter(({ id }) => !left.has(id));
  if (preview.zones.length === 0) {
    return (
      <EmptyState title="This cluster has no zones yet">
        Draw the first one in a layout, or deploy a template.
      </EmptyState>
    );
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.length === 0 || busy) return;
        start({ clusterId: cluster.id, name, zones: chosen.map(({ id }) => id) }, ({ layoutId }) =>
          router.push(`/layouts/${layoutId}`),
        );
      }}
    >
      <Table caption="Zones of the cluster">
        <thead>
          <tr>
            <Th>Zone</Th>
            <Th>Type</Th>
            <Th className="text-right">VNets</Th>
            <Th className="text-right">Subnets</Th>
            <Th>Now</Th>
          </tr>
        </thead>
        <tbody>
          {preview.zones.map((zone) => (
            <tr key={zone.id}>
              <Td>
                <Checkbox
                  label={<Mono>{zone.id}</Mono>}
                  checked={isFree(zone) && !left.has(zone.id)}
                  disabled={!isFree(zone)}
                  onChange={(take) => setLeft(take ? without(left, zone.id) : new Set([...left, zone.id]))}
                />
              </Td>
              <Td>{zone.type}</Td>
              <Td className="text-right">{zone.vnets}</Td>
              <Td className="text-right">{zone.subnets}</Td>
              <Td className="text-text-2">
                {zone.refused ?? (zone.ownedBy ? `Belongs to ${zone.ownedBy}` : "No layout owns it")}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {preview.pending.length > 0 ? (
        <Callout
          kind="info"
          title={`${preview.pending.length} pending ${preview.pending.length === 1 ? "change" : "changes"} in Proxmox`}
        >
          They go into the draft as they are edited; what runs counts as applied.
        </Callout>
      ) : null}
      <TextField
        label="Name of the layout"
        value={name}
        required
        maxLength={80}
        onChange={(event) => setName(event.target.value)}
        error={failure?.fields?.["name"]}
      />
      {failure ? <FailureMessage failure={failure} shownFields={["name"]} /> : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          disabledReason={
            chosen.length > 0 ? null : free.length > 0 ? "Choose a zone" : "Layouts own every zone already"
          }
        >
          {chosen.length === 0 ? "Import" : chosen.length === 1 ? "Import one zone" : `Import ${chosen.length} zones`}
        </Button>
      </DialogActions>
    </form>
  );
}

function without(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  const next = new Set(set);
  next.delete(item);
  return next;
}
