"use client";

import { Pencil } from "lucide-react";
import { useState } from "react";
import { NameDialog } from "@/components/layouts/name-dialog";
import { Button } from "@/components/ui/button";
import type { ServerAction } from "@/components/ui/use-action";
import type { ClusterView } from "@/lib/server/views";

interface RenameClusterProps {
  readonly cluster: ClusterView;
  readonly reason: string | null;
  readonly update: ServerAction<null>;
}

export function RenameCluster({ cluster: { id, name }, reason, update }: RenameClusterProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Pencil aria-hidden size={14} />} disabledReason={reason} onClick={() => setOpen(true)}>
        Rename
      </Button>
      {open && (
        <NameDialog
          title="Rename cluster"
          label="Name"
          verb="Rename"
          initial={name}
          action={update}
          input={(to) => ({ id, name: to })}
          said={(to) => `Renamed to ${to}`}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
