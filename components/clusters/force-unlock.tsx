"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { TextField } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { ClusterView } from "@/lib/server/views";

interface ForceUnlockProps {
  readonly cluster: ClusterView;
  readonly reason: string | null;
  /** Takes `{clusterId, confirm, reason}`. */
  readonly forceUnlock: ServerAction<null>;
}

/** The last resort for a lock that nobody will give back. */
export function ForceUnlock({ cluster, reason, forceUnlock }: ForceUnlockProps) {
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState("");
  const { start, busy, failure } = useAction(forceUnlock);
  return (
    <>
      <SectionCard
        title="SDN lock"
        description="A run takes the lock and gives it back. One that somebody else left behind stops every run; release it by force only when you know that nobody is working there."
        actions={
          <Button size="sm" disabledReason={reason} onClick={() => setOpen(true)}>
            Release by force
          </Button>
        }
      />
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Release the lock of ${cluster.name} by force?`}
        description="Proxmox does not tell who holds it. Whoever it is goes on writing without a lock, and what they have staged is committed with the next apply. Your name and reason go into the audit log."
        confirmLabel="Release the lock"
        danger
        typed={cluster.name}
        busy={busy}
        failure={failure}
        onConfirm={() =>
          start({ clusterId: cluster.id, confirm: cluster.name, reason: why }, () => {
            toast.success("Lock released");
            setOpen(false);
            setWhy("");
          })
        }
      >
        <TextField
          label="Reason"
          value={why}
          required
          maxLength={500}
          placeholder="The script that took it has died"
          onChange={(event) => setWhy(event.target.value)}
        />
      </ConfirmDialog>
    </>
  );
}
