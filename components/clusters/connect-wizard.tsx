"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ServerAction } from "@/components/ui/use-action";
import type { PrivilegeCheck } from "@/lib/server/views";
import { AddressStep, type SeenCertificate } from "./address-step";
import { CertificateStep } from "./certificate-step";
import { FinishStep } from "./finish-step";
import { TokenStep } from "./token-step";
import { WizardStep } from "./wizard-step";

export interface ConnectActions {
  /** `{url}` */
  readonly probe: ServerAction<SeenCertificate>;
  /** `{url, fingerprint, tokenId, secret}` */
  readonly check: ServerAction<readonly PrivilegeCheck[]>;
  /** `{name, endpoints, fingerprint, tokenId, secret, policy}` */
  readonly connect: ServerAction<{ readonly id: string }>;
}

interface Address {
  readonly url: string;
  readonly seen: SeenCertificate;
}

interface Token {
  readonly tokenId: string;
  readonly secret: string;
  readonly checks: readonly PrivilegeCheck[];
}

/**
 * Connects a cluster in four steps: address, certificate, token, name. The token is asked for only after the person has
 * said that the certificate is the right one, and is never sent to a server that shows another.
 */
export function ConnectWizard({ actions }: { readonly actions: ConnectActions }) {
  const router = useRouter();
  const [address, setAddress] = useState<Address | null>(null);
  const [pin, setPin] = useState<{ readonly fingerprint: string | null } | null>(null);
  const [token, setToken] = useState<Token | null>(null);

  function restart() {
    setAddress(null);
    setPin(null);
    setToken(null);
  }

  return (
    <ol className="flex flex-col gap-3">
      <WizardStep number={1} title="Address" done={address?.url} active={address === null} onChange={restart}>
        <AddressStep probe={actions.probe} onDone={(url, seen) => setAddress({ url, seen })} />
      </WizardStep>
      <WizardStep
        number={2}
        title="Certificate"
        done={pin ? (pin.fingerprint === null ? "No pin needed" : "Compared and pinned") : undefined}
        active={address !== null && pin === null}
        onChange={() => {
          setPin(null);
          setToken(null);
        }}
      >
        {address && <CertificateStep seen={address.seen} onDone={(fingerprint) => setPin({ fingerprint })} />}
      </WizardStep>
      <WizardStep
        number={3}
        title="Token and its privileges"
        done={
          token
            ? `${token.tokenId}, ${token.checks.filter((check) => check.granted).length} of ${token.checks.length} privileges`
            : undefined
        }
        active={pin !== null && token === null}
        onChange={() => setToken(null)}
      >
        {address && pin && (
          <TokenStep
            url={address.url}
            fingerprint={pin.fingerprint}
            check={actions.check}
            onDone={(tokenId, secret, checks) => setToken({ tokenId, secret, checks })}
          />
        )}
      </WizardStep>
      <WizardStep number={4} title="Name and deploy policy" active={token !== null}>
        {address && pin && token && (
          <FinishStep
            draft={{ url: address.url, fingerprint: pin.fingerprint, tokenId: token.tokenId, secret: token.secret }}
            connect={actions.connect}
            onDone={(id) => router.push(`/clusters/${id}`)}
          />
        )}
      </WizardStep>
    </ol>
  );
}
