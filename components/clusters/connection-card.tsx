"use client";

import { ArrowUp, Plus, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { FailureMessage } from "@/components/ui/failure-message";
import { IconButton } from "@/components/ui/icon-button";
import { Mono } from "@/components/ui/mono";
import { useAction } from "@/components/ui/use-action";
import type { ClusterView } from "@/lib/server/views";
import type { ClusterActions } from "./cluster-actions";
import { Fingerprint } from "./fingerprint";

const TokenDialog = dynamic(() => import("./token-dialog").then((module) => module.TokenDialog), { ssr: false });
const CertificateDialog = dynamic(() => import("./certificate-dialog").then((module) => module.CertificateDialog), {
  ssr: false,
});
const AddAddressDialog = dynamic(() => import("./add-address-dialog").then((module) => module.AddAddressDialog), {
  ssr: false,
});

interface ConnectionCardProps {
  readonly cluster: ClusterView;
  readonly reason: string | null;
  readonly actions: ClusterActions;
}

/** How the cluster is reached: addresses, pins and token. */
export function ConnectionCard({ cluster, reason, actions }: ConnectionCardProps) {
  const [asking, setAsking] = useState<"token" | "certificate" | "address" | null>(null);
  const close = () => setAsking(null);
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
        <Line term="Addresses">
          <Addresses cluster={cluster} reason={reason} update={actions.update} onAdd={() => setAsking("address")} />
        </Line>
        <Line term="Token">
          <Mono>{cluster.tokenId}</Mono>
        </Line>
        <Line term="Pinned certificate">
          {cluster.fingerprint?.split(" ").map((pin) => (
            <div key={pin}>
              <Fingerprint text={pin} />
            </div>
          )) ?? "None"}
        </Line>
      </dl>
      {asking === "token" && <TokenDialog cluster={cluster} update={actions.update} onClose={close} />}
      {asking === "certificate" && <CertificateDialog cluster={cluster} actions={actions} onClose={close} />}
      {asking === "address" && <AddAddressDialog cluster={cluster} actions={actions} onClose={close} />}
    </SectionCard>
  );
}

interface AddressesProps {
  readonly cluster: ClusterView;
  readonly reason: string | null;
  readonly update: ClusterActions["update"];
  readonly onAdd: () => void;
}

/** Where the cluster is asked, in this order. */
function Addresses({ cluster: { id, endpoints }, reason, update, onAdd }: AddressesProps) {
  const { start, busy, failure } = useAction(update);
  const save = (wanted: readonly string[]) => start({ id, endpoints: wanted });
  const only = endpoints.length === 1 ? "A cluster needs one address" : null;
  return (
    <div className="flex flex-col items-start gap-1">
      <ol className="-mt-1.5 flex w-full flex-col" aria-label="Addresses, the first is asked first">
        {endpoints.map((url, place) => (
          <li key={url} className="flex min-h-8 items-center gap-1">
            <Mono className="mr-2 min-w-0 break-words">{url}</Mono>
            {place > 0 && (
              <IconButton
                size="sm"
                label={`Ask ${url} first`}
                icon={<ArrowUp aria-hidden size={14} />}
                busy={busy}
                disabledReason={reason}
                onClick={() => save([url, ...endpoints.filter((other) => other !== url)])}
              />
            )}
            <IconButton
              size="sm"
              label={`Remove ${url}`}
              icon={<Trash2 aria-hidden size={14} />}
              busy={busy}
              disabledReason={reason ?? only}
              onClick={() => save(endpoints.filter((other) => other !== url))}
            />
          </li>
        ))}
      </ol>
      <Button size="sm" icon={<Plus aria-hidden size={14} />} disabledReason={reason} onClick={onAdd}>
        Add address
      </Button>
      {failure && <FailureMessage failure={failure} />}
    </div>
  );
}

function Line({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[10rem_1fr]">
      <dt className="text-text-3">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
