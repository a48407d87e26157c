"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { KIND_WORD, objectName } from "@/components/plan/change-words";
import { PropLine } from "@/components/plan/prop-line";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { getJson } from "@/components/ui/get-json";
import { Mono } from "@/components/ui/mono";
import { ReadState } from "@/components/ui/read-state";
import { saveFile } from "@/components/ui/save-file";
import { Table, Td, Th } from "@/components/ui/table";
import type { SnapshotSummary, SnapshotView } from "@/lib/server/memory-views";
import type { ClusterView } from "@/lib/server/views";

interface SnapshotDialogProps {
  readonly cluster: ClusterView;
  readonly snapshot: SnapshotSummary;
  readonly onClose: () => void;
}

/** As many objects as a person reads in a dialog; the file has them all. */
const SHOWN = 200;

/** What is in a snapshot, to read and to keep as a file. */
export function SnapshotDialog({ cluster, snapshot, onClose }: SnapshotDialogProps) {
  const found = useQuery({
    queryKey: ["snapshot", snapshot.id],
    queryFn: ({ signal }) => getJson<SnapshotView>(`/api/v1/snapshots/${snapshot.id}`, signal),
  });
  const at = new Date(snapshot.takenAt);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={`${cluster.name}, ${at.toLocaleString("en-GB")}`}
      description={snapshot.run ? `Kept before run ${snapshot.run.number}.` : `Taken by ${snapshot.takenBy}.`}
    >
      <ReadState query={found} what="the snapshot">
        {(view) => (
          <div className="flex flex-col gap-3">
            <Objects view={view} />
            <DialogActions>
              <Button
                icon={<Download aria-hidden size={14} />}
                onClick={() =>
                  saveFile(
                    `${cluster.name}-snapshot-${snapshot.takenAt.slice(0, 19).replaceAll(":", "")}.json`,
                    "application/json",
                    `${JSON.stringify(view, null, 2)}\n`,
                  )
                }
              >
                Everything as JSON
              </Button>
            </DialogActions>
          </div>
        )}
      </ReadState>
    </Dialog>
  );
}

function Objects({ view }: { readonly view: SnapshotView }) {
  const { entities } = view.data;
  if (entities.length === 0) {
    return <EmptyState title="Nothing was configured then">No zone, VNet or subnet.</EmptyState>;
  }
  return (
    <>
      <Table caption="Objects in the snapshot" className="max-h-[45vh]">
        <thead>
          <tr>
            <Th>Object</Th>
            <Th>Properties</Th>
          </tr>
        </thead>
        <tbody>
          {entities.slice(0, SHOWN).map((entity) => (
            <tr key={entity.key}>
              <Td className="whitespace-nowrap">
                <span className="text-text-3">{KIND_WORD[entity.kind]}</span> <Mono>{objectName(entity)}</Mono>
              </Td>
              <Td>
                <PropLine props={entity.props} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {entities.length > SHOWN ? (
        <p className="text-sm text-text-3">
          The first {SHOWN} of {entities.length}. The file has them all.
        </p>
      ) : null}
    </>
  );
}
