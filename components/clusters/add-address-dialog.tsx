"use client";

import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/components/ui/use-action";
import type { ClusterView } from "@/lib/server/views";
import { AddressStep, type SeenCertificate } from "./address-step";
import { CertificateStep } from "./certificate-step";
import type { ClusterActions } from "./cluster-actions";

interface AddAddressDialogProps {
  readonly cluster: ClusterView;
  readonly actions: Pick<ClusterActions, "probe" | "addEndpoint">;
  readonly onClose: () => void;
}

/** Another node of the same cluster, asked when those before it do not answer. */
export function AddAddressDialog({ cluster, actions, onClose }: AddAddressDialogProps) {
  const [found, setFound] = useState<{ readonly url: string; readonly seen: SeenCertificate } | null>(null);
  const add = useAction(actions.addEndpoint);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="md"
      title="Add an address"
      description={`Another node of ${cluster.name}. It is asked when the addresses before it do not answer.`}
    >
      <div className="flex flex-col gap-4">
        {found ? (
          <CertificateStep
            seen={found.seen}
            mayTrust={cluster.fingerprint === null}
            onDone={(fingerprint) =>
              add.start({ id: cluster.id, url: found.url, fingerprint }, () => {
                toast.success("Address added");
                onClose();
              })
            }
          />
        ) : (
          <AddressStep probe={actions.probe} onDone={(url, seen) => setFound({ url, seen })} />
        )}
        {add.failure && <FailureMessage failure={add.failure} />}
      </div>
    </Dialog>
  );
}
