"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { type ServerAction, useAction } from "@/components/ui/use-action";

/** The certificate a server shows. Without a fingerprint it speaks plain HTTP. */
export interface SeenCertificate {
  readonly fingerprint: string | null;
  readonly trusted: boolean;
  readonly subject: string | null;
}

interface AddressStepProps {
  readonly probe: ServerAction<SeenCertificate>;
  readonly onDone: (url: string, seen: SeenCertificate) => void;
}

export function AddressStep({ probe, onDone }: AddressStepProps) {
  const [url, setUrl] = useState("");
  const { start, busy, failure } = useAction(probe);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const full = withScheme(url.trim());
        setUrl(full);
        start({ url: full }, (seen) => onDone(full, seen));
      }}
    >
      <TextField
        label="Address of any node"
        value={url}
        mono
        required
        autoFocus
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder="https://pve1.example.org:8006"
        hint="As in the browser when you open Proxmox. Only a TLS handshake is made now: no request, no token."
        onChange={(event) => setUrl(event.target.value)}
        error={failure?.fields?.["url"]}
      />
      {failure && !failure.fields?.["url"] && <FailureMessage failure={failure} />}
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Read the certificate
        </Button>
      </div>
    </form>
  );
}

/** People type `pve1` or `pve1:8006`; Proxmox answers on HTTPS at port 8006. */
function withScheme(text: string): string {
  if (text === "" || /^[a-z]+:\/\//i.test(text)) return text;
  return /:\d+$/.test(text) ? `https://${text}` : `https://${text}:8006`;
}
