"use client";

import { useQuery } from "@tanstack/react-query";
import { Camera } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FailureMessage } from "@/components/ui/failure-message";
import { getJson } from "@/components/ui/get-json";
import { ReadState } from "@/components/ui/read-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, Td, Th } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/components/ui/use-action";
import type { SnapshotSummary } from "@/lib/server/memory-views";
import type { ClusterView, LayoutSummary, Role } from "@/lib/server/views";
import type { ObjectActions } from "./cluster-actions";
import { RestoreDialog } from "./restore-dialog";
import { SnapshotDialog } from "./snapshot-dialog";

interface SnapshotsCardProps {
  readonly cluster: ClusterView;
  readonly role: Role;
  readonly layouts: readonly LayoutSummary[];
  readonly actions: ObjectActions;
}

const SHOWN = 10;

/** Columns that a narrow page can do without; the snapshot itself has them. */
const NARROW = "hidden text-right @2xl:table-cell";

/** The kept states of a cluster's SDN configuration: before every run that changed it, and whenever somebody wanted. */
export function SnapshotsCard({ cluster, role, layouts, actions }: SnapshotsCardProps) {
  const snapshots = useQuery({
    queryKey: ["snapshots", cluster.id],
    queryFn: ({ signal }) => getJson<readonly SnapshotSummary[]>(`/api/v1/clusters/${cluster.id}/snapshots`, signal),
  });
  const { start, busy, failure } = useAction(actions.takeSnapshot);
  return (
    <SectionCard
      id="snapshots"
      title="Snapshots"
      description="The whole SDN configuration: edited, pending, running, and the addresses of the IPAM. One is kept before each run that changes something."
      actions={
        <Button
          size="sm"
          icon={<Camera aria-hidden size={14} />}
          busy={busy}
          disabledReason={roleReason(role, "operator", "take snapshots")}
          onClick={() =>
            start({ clusterId: cluster.id }, () => {
              toast.success("Snapshot taken");
              void snapshots.refetch();
            })
          }
        >
          Take snapshot
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {failure ? <FailureMessage failure={failure} /> : null}
        <ReadState query={snapshots} what="the snapshots">
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState title="No snapshot yet">The first one is kept before the first run.</EmptyState>
            ) : (
              <SnapshotTable rows={rows} role={role} cluster={cluster} layouts={layouts} actions={actions} />
            )
          }
        </ReadState>
      </div>
    </SectionCard>
  );
}

interface SnapshotTableProps extends SnapshotsCardProps {
  readonly rows: readonly SnapshotSummary[];
}

function SnapshotTable({ rows, role, cluster, layouts, actions }: SnapshotTableProps) {
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<{ readonly what: "look" | "restore"; readonly row: SnapshotSummary } | null>(null);
  const refusal =
    roleReason(role, "operator", "make plans") ??
    (layouts.length === 0 ? "A restore needs a layout for this cluster; import one first" : null);
  return (
    <div className="@container flex flex-col gap-3">
      <Table caption="Snapshots, newest first">
        <thead>
          <tr>
            <Th>Taken</Th>
            <Th>By</Th>
            <Th className="text-right">Zones</Th>
            <Th className="text-right">VNets</Th>
            <Th className={NARROW}>Subnets</Th>
            <Th className={NARROW}>Pending</Th>
            <Th className={NARROW}>Addresses</Th>
            <Th>
              <span className="sr-only">Commands</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {(all ? rows : rows.slice(0, SHOWN)).map((row) => (
            <tr key={row.id}>
              <Td>
                <RelativeTime at={row.takenAt} />
              </Td>
              <Td className="whitespace-nowrap text-text-2">
                {row.run ? (
                  <>
                    before{" "}
                    <Link href={`/runs/${row.run.id}`} className="underline-offset-2 hover:underline">
                      run {row.run.number}
                    </Link>
                  </>
                ) : (
                  row.takenBy
                )}
              </Td>
              <Td className="text-right">{row.zones}</Td>
              <Td className="text-right">{row.vnets}</Td>
              <Td className={NARROW}>{row.subnets}</Td>
              <Td className={`${NARROW} ${row.pending > 0 ? "text-change" : "text-text-3"}`}>{row.pending}</Td>
              <Td className={NARROW}>{row.addresses ?? <span className="text-text-3">not read</span>}</Td>
              <Td>
                <span className="flex justify-end gap-2">
                  <Button size="sm" variant="ghost" onClick={() => setOpen({ what: "look", row })}>
                    Look
                  </Button>
                  <Button size="sm" disabledReason={refusal} onClick={() => setOpen({ what: "restore", row })}>
                    Restore
                  </Button>
                </span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {!all && rows.length > SHOWN ? (
        <Button size="sm" variant="ghost" className="self-start" onClick={() => setAll(true)}>
          Show all {rows.length}
        </Button>
      ) : null}
      {open?.what === "look" ? (
        <SnapshotDialog cluster={cluster} snapshot={open.row} onClose={() => setOpen(null)} />
      ) : null}
      {open?.what === "restore" ? (
        <RestoreDialog
          snapshot={open.row}
          layouts={layouts}
          restore={actions.restoreSnapshot}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  );
}
