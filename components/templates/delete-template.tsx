"use client";

import { Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { type ServerAction, useAction } from "@/components/ui/use-action";

// Dialogs come when they are asked for.
const ConfirmDialog = dynamic(() => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog), {
  ssr: false,
});

interface DeleteTemplateProps {
  readonly id: string;
  readonly title: string;
  /** Why the person may not; null when they may. */
  readonly reason: string | null;
  readonly remove: ServerAction<null>;
}

/** Takes a template that somebody saved away again. */
export function DeleteTemplate({ id, title, reason, remove }: DeleteTemplateProps) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const { start, busy, failure } = useAction(remove);
  return (
    <>
      <Button icon={<Trash2 aria-hidden size={14} />} disabledReason={reason} onClick={() => setAsking(true)}>
        Delete
      </Button>
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={setAsking}
          title={`Delete ${title}?`}
          description="The template goes. Layouts that were made from it stay as they are."
          confirmLabel="Delete template"
          danger
          busy={busy}
          failure={failure}
          onConfirm={() =>
            start({ id }, () => {
              toast.success(`Deleted ${title}`);
              router.push("/templates");
            })
          }
        />
      )}
    </>
  );
}
