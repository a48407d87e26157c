"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { Mono } from "@/components/ui/mono";
import { toast } from "@/components/ui/toast";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { ClusterView } from "@/lib/server/views";
import type { SeenCertificate } from "./address-step";
import { CertificateStep } from "./certificate-step";
import type { ClusterActions } from "./cluster-actions";
import { Fingerprint } from "./fingerprint";

interface ConnectionCardProps {
  readonly cluster: ClusterView;
  readonly reason: string | null;
  readonly actions: ClusterActions;
}

/** How the cluster is reached: addresses, pin and token. The secret is never shown, only replaced. */
export function ConnectionCard({ cluster, reason, actions }: ConnectionCardProps) {
  const [asking, setAsking] = useState<"token" | "certificate" | null>(null);
  return (
    <SectionCard
      title="Connection"
      actions={
        <>
          <Button size="sm" disabledReason={reason} onClick={() => setAsking("certificate")}>
            Compare certificate
          </Button>
          <Button size="sm" disabledReason={reason} onClick={() => setAsking("token")}>
            Replace token
          </Button>
        </>
      }
    >
      <dl className="flex flex-col gap-3 text-sm">
        <Line term="Addresses">{cluster.endpoints.join(", ")}</Line>
        <Line term="Token">{cluster.tokenId}</Line>
        <Line term="Pinned certificate">
          {cluster.fingerprint ? <Fingerprint text={cluster.fingerprint} /> : "None"}
        </Line>
      </dl>
      {asking === "token" && <TokenDialog cluster={cluster} update={actions.update} onClose={() => setAsking(null)} />}
      {asking === "certificate" && (
        <CertificateDialog cluster={cluster} actions={actions} onClose={() => setAsking(null)} />
      )}
    </SectionCard>
  );
}

function Line({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[10rem_1fr]">
      <dt className="text-text-3">{term}</dt>
      <dd className="min-w-0 break-words">
        <Mono>{children}</Mono>
      </dd>
    </div>
  );
}

interface TokenDialogProps {
  readonly cluster: ClusterView;
  readonly update: ServerAction<null>;
  readonly onClose: () => void;
}

function TokenDialog({ cluster, update, onClose }: TokenDialogProps) {
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

interface CertificateDialogProps {
  readonly cluster: ClusterView;
  readonly actions: ClusterActions;
  readonly onClose: () => void;
}

/** Looks at the certificate again, after it was renewed on the node. */
function CertificateDialog({ cluster, actions, onClose }: CertificateDialogProps) {
  const [seen, setSeen] = useState<SeenCertificate | null>(null);
  const probe = useAction(actions.probe);
  const update = useAction(actions.update);
  const url = cluster.endpoints[0] ?? "";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="md"
      title="Compare certificate"
      description={`What ${url} shows now. Nothing is sent to it but a TLS handshake.`}
    >
      <div className="flex flex-col gap-4">
        {seen ? (
          <CertificateStep
            seen={seen}
            onDone={(fingerprint) =>
              update.start({ id: cluster.id, fingerprint }, () => {
                toast.success(fingerprint ? "Certificate pinned" : "Saved without a pin");
                onClose();
              })
            }
          />
        ) : (
          <div>
            <Button variant="primary" busy={probe.busy} onClick={() => probe.start({ url }, setSeen)}>
              Read the certificate
            </Button>
          </div>
        )}
        {probe.failure && <FailureMessage failure={probe.failure} />}
        {update.failure && <FailureMessage failure={update.failure} />}
      </div>
    </Dialog>
  );
}
