"use client";

import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CommandBlock } from "@/components/ui/copy-button";
import { Mono } from "@/components/ui/mono";
import type { SeenCertificate } from "./address-step";
import { FINGERPRINT_COMMAND } from "./connection-draft";
import { Fingerprint } from "./fingerprint";

interface CertificateStepProps {
  readonly seen: SeenCertificate;
  /** Whether a signature of an authority is enough; not where the other addresses are pinned. */
  readonly mayTrust?: boolean;
  /** With the fingerprint to pin, or null for none. */
  readonly onDone: (fingerprint: string | null) => void;
}

/** Compares the certificate: a person reads it at both ends, because nothing else can tell a stranger in between. */
export function CertificateStep({ seen, mayTrust = true, onDone }: CertificateStepProps) {
  const { fingerprint, subject } = seen;
  const trusted = seen.trusted && mayTrust;
  if (fingerprint === null) {
    return (
      <div className="flex flex-col gap-4">
        <Callout kind="warning" title="This address does not encrypt">
          <p>Over plain HTTP anybody on the way can read the token. Use it for a simulator or on one machine only.</p>
        </Callout>
        <div>
          <Button variant="primary" onClick={() => onDone(null)}>
            Go on without encryption
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <p className="text-sm text-text-2">
          The server shows this certificate{subject ? ` for ${subject}` : ""}. Its SHA-256 fingerprint:
        </p>
        <div className="rounded-md border border-hairline bg-sunken px-3 py-2.5 text-sm leading-6">
          <Fingerprint text={fingerprint} />
        </div>
      </div>
      <div className="flex flex-col gap-1.5">
        <p className="text-sm text-text-2">Compare it with what this prints in a shell on that node:</p>
        <CommandBlock text={FINGERPRINT_COMMAND} label="command that prints the fingerprint" />
        <p className="text-text-3 text-xs">
          With a certificate of your own, it is <Mono>pveproxy-ssl.pem</Mono> in the same folder.
        </p>
      </div>
      {trusted && (
        <Callout kind="success" title="A certificate authority this server trusts has signed it">
          <p>A pin is stricter, but must be renewed by hand each time the certificate is.</p>
        </Callout>
      )}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => onDone(fingerprint)}>
          They are the same, pin it
        </Button>
        {trusted && <Button onClick={() => onDone(null)}>Trust the authority instead</Button>}
      </div>
    </div>
  );
}
