"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { CommandBlock } from "@/components/ui/copy-button";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { HostKeyView } from "@/lib/server/agent-views";

/** A server and the key it shows. */
export interface SeenServer {
  readonly host: string;
  readonly port: number;
  readonly key: HostKeyView;
}

interface AddressFormProps {
  readonly host: string;
  readonly port: number;
  readonly probe: ServerAction<HostKeyView>;
  readonly onSeen: (seen: SeenServer) => void;
}

/** Asks a node's SSH server for its host key. Nothing else is sent to it. */
export function SshAddressForm({ host: firstHost, port: firstPort, probe, onSeen }: AddressFormProps) {
  const [host, setHost] = useState(firstHost);
  const [port, setPort] = useState(String(firstPort));
  const { start, busy, failure } = useAction(probe);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) start({ host, port }, (key) => onSeen({ host: host.trim(), port: Number(port), key }));
      }}
    >
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
        <TextField
          label="SSH address"
          value={host}
          mono
          required
          autoComplete="off"
          spellCheck={false}
          placeholder="10.0.0.11"
          hint="As this server reaches the node. Only its host key is read now."
          onChange={(event) => setHost(event.target.value)}
          error={failure?.fields?.["host"]}
        />
        <TextField
          label="Port"
          value={port}
          mono
          required
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => setPort(event.target.value)}
          error={failure?.fields?.["port"]}
        />
      </div>
      {failure ? <FailureMessage failure={failure} shownFields={["host", "port"]} /> : null}
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Read the host key
        </Button>
      </div>
    </form>
  );
}

/** Compares a host key: a person reads it at both ends, because nothing else can tell a stranger in between. */
export function HostKeyComparison({ seen, children }: { readonly seen: SeenServer; readonly children: ReactNode }) {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <p className="text-sm text-text-2">
          {seen.host} port {seen.port} shows this {seen.key.type} host key. Its SHA-256 fingerprint:
        </p>
        <p className="mono break-all rounded-md border border-hairline bg-sunken px-3 py-2.5 text-sm">
          {seen.key.fingerprint}
        </p>
      </div>
      <div className="flex flex-col gap-1.5">
        <p className="text-sm text-text-2">Compare it with what this prints in a shell on that node:</p>
        <CommandBlock text={`ssh-keygen -lf ${keyFile(seen.key.type)}`} label="command that prints the fingerprint" />
      </div>
      {children}
    </div>
  );
}

/** Where OpenSSH keeps the public half of a host key. */
function keyFile(type: string): string {
  const name = type.startsWith("ecdsa") ? "ecdsa" : type.includes("rsa") ? "rsa" : "ed25519";
  return `/etc/ssh/ssh_host_${name}_key.pub`;
}
