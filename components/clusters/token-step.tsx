"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CommandBlock } from "@/components/ui/copy-button";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { PrivilegeCheck } from "@/lib/server/views";
import { TOKEN_COMMANDS } from "./connection-draft";
import { PrivilegeTable } from "./privilege-table";

interface TokenStepProps {
  readonly url: string;
  readonly fingerprint: string | null;
  readonly check: ServerAction<readonly PrivilegeCheck[]>;
  readonly onDone: (tokenId: string, secret: string, checks: readonly PrivilegeCheck[]) => void;
}

export function TokenStep({ url, fingerprint, check, onDone }: TokenStepProps) {
  const [tokenId, setTokenId] = useState("trunkline@pve!app");
  const [secret, setSecret] = useState("");
  const [checks, setChecks] = useState<readonly PrivilegeCheck[] | null>(null);
  const { start, busy, failure } = useAction(check);
  const complete = checks?.every(({ granted }) => granted) ?? false;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setChecks(null);
        start({ url, fingerprint, tokenId, secret }, setChecks);
      }}
    >
      <div className="flex flex-col gap-1.5">
        <p className="text-sm text-text-2">
          Run this on a node. It creates a user and a token with the rights Trunkline uses, and prints the secret once.
        </p>
        <CommandBlock text={TOKEN_COMMANDS} label="commands that create the token" />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Token id"
          value={tokenId}
          mono
          required
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTokenId(event.target.value)}
          error={failure?.fields?.["tokenId"]}
        />
        <TextField
          label="Secret"
          value={secret}
          mono
          required
          type="password"
          autoComplete="off"
          hint="Stored sealed. It never leaves the server again, not even to you."
          onChange={(event) => setSecret(event.target.value)}
          error={failure?.fields?.["secret"]}
        />
      </div>
      {failure && <FailureMessage failure={failure} shownFields={["tokenId", "secret"]} />}
      {checks && <PrivilegeTable checks={checks} />}
      {checks && !complete && (
        <Callout kind="warning" title="You can connect with less">
          <p>What the token may not see is shown as not checked. Without SDN.Allocate nothing can be applied.</p>
        </Callout>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant={checks ? "secondary" : "primary"} busy={busy}>
          {checks ? "Check again" : "Check the privileges"}
        </Button>
        {checks && (
          <Button variant="primary" onClick={() => onDone(tokenId.trim(), secret.trim(), checks)}>
            {complete ? "Go on" : "Go on with these"}
          </Button>
        )}
      </div>
    </form>
  );
}
