"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { ClusterView } from "@/lib/server/views";

interface TokenDialogProps {
  readonly cluster: ClusterView;
  readonly update: ServerAction<null>;
  readonly onClose: () => void;
}

/** Another token for the same cluster. The secret is never shown, only replaced. */
export function TokenDialog({ cluster, update, onClose }: TokenDialogProps) {
  const [tokenId, setTokenId] = useState(cluster.tokenId);
  const [secret, setSecret] = useState("");
  const { start, busy, failure } = useAction(update);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Replace token"
      description="The new token is used from the next request on. The old one stays valid in Proxmox until you delete it there."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          start({ id: cluster.id, tokenId, secret }, () => {
            toast.success("Token replaced");
            onClose();
          });
        }}
      >
        <TextField
          label="Token id"
          mono
          value={tokenId}
          required
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setTokenId(event.target.value)}
          error={failure?.fields?.["tokenId"]}
        />
        <TextField
          label="Secret"
          mono
          type="password"
          value={secret}
          required
          autoComplete="off"
          onChange={(event) => setSecret(event.target.value)}
          error={failure?.fields?.["secret"]}
        />
        {failure && <FailureMessage failure={failure} shownFields={["tokenId", "secret"]} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Replace token
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
