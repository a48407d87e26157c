"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import type { ClusterView, LayoutSummary, Role } from "@/lib/server/views";
import type { ObjectActions } from "./cluster-actions";

const ImportDialog = dynamic(() => import("./import-dialog").then((module) => module.ImportDialog), { ssr: false });
const AdoptDialog = dynamic(() => import("./adopt-dialog").then((module) => module.AdoptDialog), { ssr: false });
const LetGoDialog = dynamic(() => import("./let-go-dialog").then((module) => module.LetGoDialog), { ssr: false });

interface ObjectsCardProps {
  readonly cluster: ClusterView;
  readonly role: Role;
  /** Layouts of this cluster. */
  readonly layouts: readonly LayoutSummary[];
  readonly actions: ObjectActions;
}

/** What layouts own: takes what exists already into them, and lets go of it. Nothing here writes to the cluster. */
export function ObjectsCard({ cluster, role, layouts, actions }: ObjectsCardProps) {
  const [open, setOpen] = useState<"import" | "adopt" | "let-go" | null>(null);
  const reason = roleReason(role, "operator", "change what layouts own");
  const close = () => setOpen(null);
  return (
    <>
      <SectionCard
        title="Who owns what"
        description="What no layout owns is never changed. Import it as a new layout, adopt it into one, or let go of what a layout owns; none of these writes to the cluster."
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
            <Button
              size="sm"
              disabledReason={reason ?? (layouts.length === 0 ? "No layout is for this cluster yet" : null)}
              onClick={() => setOpen("let-go")}
            >
              Let go
            </Button>
          </>
        }
      />
      {open === "import" ? <ImportDialog cluster={cluster} importZones={actions.importZones} onClose={close} /> : null}
      {open === "adopt" ? (
        <AdoptDialog cluster={cluster} layouts={layouts} adopt={actions.adopt} onClose={close} />
      ) : null}
      {open === "let-go" ? <LetGoDialog layouts={layouts} letGo={actions.letGo} onClose={close} /> : null}
    </>
  );
}
