"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { DeployPolicy } from "@/lib/server/views";
import type { ConnectionDraft } from "./connection-draft";
import { POLICY_CARDS } from "./policy-badge";

interface FinishStepProps {
  readonly draft: ConnectionDraft;
  readonly connect: ServerAction<{ readonly id: string }>;
  readonly onDone: (id: string) => void;
}

export function FinishStep({ draft: { url, ...connection }, connect, onDone }: FinishStepProps) {
  const [name, setName] = useState(() => new URL(url).hostname.split(".")[0] ?? "");
  const [policy, setPolicy] = useState<DeployPolicy>("review");
  const { start, busy, failure } = useAction(connect);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        start({ name, endpoints: [url], ...connection, policy }, ({ id }) => onDone(id));
      }}
    >
      <TextField
        label="Name"
        value={name}
        required
        maxLength={80}
        autoFocus
        onChange={(event) => setName(event.target.value)}
        error={failure?.fields?.["name"]}
      />
      <RadioCards label="When somebody deploys a template" value={policy} onChange={setPolicy} options={POLICY_CARDS} />
      {failure && <FailureMessage failure={failure} shownFields={["name"]} />}
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Connect cluster
        </Button>
      </div>
    </form>
  );
}
