"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/components/ui/use-action";
import type { ClusterView } from "@/lib/server/views";
import type { SeenCertificate } from "./address-step";
import { CertificateStep } from "./certificate-step";
import type { ClusterActions } from "./cluster-actions";

interface CertificateDialogProps {
  readonly cluster: ClusterView;
  readonly actions: Pick<ClusterActions, "probe" | "update">;
  readonly onClose: () => void;
}

/** Looks at the certificates again, address by address: after one was renewed on a node. */
export function CertificateDialog({ cluster, actions, onClose }: CertificateDialogProps) {
  const [at, setAt] = useState(0);
  const [seen, setSeen] = useState<SeenCertificate | null>(null);
  /** What was accepted for the addresses before; null is the trust of an authority. */
  const [accepted, setAccepted] = useState<readonly (string | null)[]>([]);
  const probe = useAction(actions.probe);
  const update = useAction(actions.update);
  const { endpoints } = cluster;
  const url = endpoints[at] ?? "";
  const place = endpoints.length > 1 ? ` (${at + 1} of ${endpoints.length})` : "";
  const pinned = accepted.some((pin) => pin !== null);

  function next(pins: readonly (string | null)[]) {
    setSeen(null);
    probe.reset();
    if (at + 1 < endpoints.length) {
      setAccepted(pins);
      setAt(at + 1);
      return;
    }
    const all = [...new Set(pins.flatMap((pin) => pin?.split(" ") ?? []))].join(" ");
    update.start({ id: cluster.id, fingerprint: all === "" ? null : all }, () => {
      toast.success(all === "" ? "Saved without a pin" : "Certificates pinned");
      onClose();
    });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="md"
      title={`Compare certificate${place}`}
      description={`What ${url} shows now. Nothing is sent to it but a TLS handshake.`}
    >
      <div className="flex flex-col gap-4">
        {seen ? (
          <CertificateStep seen={seen} mayTrust={!pinned} onDone={(pin) => next([...accepted, pin])} />
        ) : (
          <div className="flex flex-wrap gap-2">
            <Button variant="primary" busy={probe.busy || update.busy} onClick={() => probe.start({ url }, setSeen)}>
              Read the certificate
            </Button>
            {probe.failure && cluster.fingerprint && (
              <Button onClick={() => next([...accepted, cluster.fingerprint])}>Keep what is pinned</Button>
            )}
          </div>
        )}
        {probe.failure && <FailureMessage failure={probe.failure} />}
        {update.failure && <FailureMessage failure={update.failure} />}
      </div>
    </Dialog>
  );
}
