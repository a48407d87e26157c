"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { ClusterView } from "@/lib/server/views";

interface RemoveClusterProps {
  readonly cluster: ClusterView;
  readonly reason: string | null;
  readonly remove: ServerAction<null>;
}

export function RemoveCluster({ cluster, reason, remove }: RemoveClusterProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { start, busy, failure } = useAction(remove);
  return (
    <>
      <SectionCard
        title="Remove"
        description="Trunkline forgets the address and the token. In Proxmox nothing changes, and the runs stay in the history."
        actions={
          <Button size="sm" disabledReason={reason} onClick={() => setOpen(true)}>
            Remove cluster
          </Button>
        }
      />
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Remove ${cluster.name}?`}
        description="Layouts of this cluster lose it, and which objects they own there is forgotten. Networks and guests keep running, and so do host agents; their keys are forgotten, so nobody here can change or remove their services any more."
        confirmLabel="Remove cluster"
        danger
        typed={cluster.name}
        busy={busy}
        failure={failure}
        onConfirm={() => start({ id: cluster.id }, () => router.push("/clusters"))}
      />
    </>
  );
}
