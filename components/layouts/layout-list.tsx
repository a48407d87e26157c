"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Table, Th } from "@/components/ui/table";
import type { ClusterView, LayoutSummary, Role } from "@/lib/server/views";
import type { LayoutActions } from "./layout-actions";
import { LayoutRow } from "./layout-row";
import { LayoutStarts } from "./layout-starts";

const CreateLayoutDialog = dynamic(() => import("./create-layout-dialog").then((module) => module.CreateLayoutDialog), {
  ssr: false,
});

interface LayoutListProps {
  readonly layouts: readonly LayoutSummary[];
  readonly clusters: readonly ClusterView[];
  readonly role: Role;
  readonly actions: LayoutActions;
}

/** All layouts, the last changed first. */
export function LayoutList({ layouts, clusters, role, actions }: LayoutListProps) {
  const [creating, setCreating] = useState(false);
  const reason = roleReason(role, "operator", "change layouts");
  return (
    <>
      <PageHeader
        title="Layouts"
        description="What your networks should look like. Nothing reaches a cluster before you apply a plan."
        actions={
          <Button
            variant={layouts.length > 0 ? "primary" : "secondary"}
            icon={<Plus aria-hidden size={16} />}
            onClick={() => setCreating(true)}
            disabledReason={reason}
          >
            New layout
          </Button>
        }
      />
      {layouts.length === 0 ? (
        <LayoutStarts role={role} connected={clusters.length > 0} onBlank={() => setCreating(true)} />
      ) : (
        <div className="@container">
          <Table caption="Layouts">
            <thead>
              <tr>
                <Th>Name</Th>
                <Th className="hidden @xl:table-cell">Cluster</Th>
                <Th className="hidden text-right @2xl:table-cell">Zones</Th>
                <Th className="hidden text-right @md:table-cell">VNets</Th>
                <Th className="hidden text-right @2xl:table-cell">Subnets</Th>
                <Th>Last run</Th>
                <Th className="hidden @2xl:table-cell">Changed</Th>
                <Th>
                  <span className="sr-only">Commands</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {layouts.map((layout) => (
                <LayoutRow key={layout.id} layout={layout} reason={reason} actions={actions} />
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {creating && <CreateLayoutDialog open onOpenChange={setCreating} clusters={clusters} create={actions.create} />}
    </>
  );
}
