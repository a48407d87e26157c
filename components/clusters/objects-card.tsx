"use client";

import { useState } from "react";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import type { ClusterView, LayoutSummary, Role } from "@/lib/server/views";
import { AdoptDialog } from "./adopt-dialog";
import type { ObjectActions } from "./cluster-actions";
import { ImportDialog } from "./import-dialog";

interface ObjectsCardProps {
  readonly cluster: ClusterView;
  readonly role: Role;
  /** Layouts of this cluster. */
  readonly layouts: readonly LayoutSummary[];
  readonly actions: ObjectActions;
}

/** Takes what exists already into layouts. Neither way writes anything to the cluster. */
export function ObjectsCard({ cluster, role, layouts, actions }: ObjectsCardProps) {
  const [open, setOpen] = useState<"import" | "adopt" | null>(null);
  const reason = roleReason(role, "operator", "import or adopt");
  const close = () => setOpen(null);
  return (
    <>
      <SectionCard
        title="Objects made elsewhere"
        description="What no layout owns is never changed. Import it as a new layout or adopt it into one; neither writes to the cluster."
        actions={
          <>
            <Button size="sm" disabledReason={reason} onClick={() => setOpen("import")}>
              Import
            </Button>
            <Button
              size="sm"
              disabledReason={
                reason ?? (layouts.length === 0 ? "No layout is for this cluster yet; import instead" : null)
              }
              onClick={() => setOpen("adopt")}
            >
              Adopt
            </Button>
          </>
        }
      />
      {open === "import" ? <ImportDialog cluster={cluster} importZones={actions.importZones} onClose={close} /> : null}
      {open === "adopt" ? (
        <AdoptDialog cluster={cluster} layouts={layouts} adopt={actions.adopt} onClose={close} />
      ) : null}
    </>
  );
}
