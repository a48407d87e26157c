"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/components/ui/use-action";
import type { AboutAgent } from "./about-agent";
import { HostKeyComparison, type SeenServer, SshAddressForm } from "./host-key-step";

/** Another address or host key for a node: on purpose, compared again, confirmed by its name. */
export function RepinDialog({ clusterId, agent, actions, onDone, onClose }: AboutAgent) {
  const [seen, setSeen] = useState<SeenServer | null>(null);
  const { node, hostKey } = agent;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="md"
      title={`Address and host key of ${node}`}
      description="While the server shows another key than the pinned one, nothing is sent to it: neither our key nor a state."
    >
      <div className="flex flex-col gap-4">
        {seen ? (
          <HostKeyComparison seen={seen}>
            {seen.key.fingerprint === hostKey ? (
              <Callout kind="success" title="It is the key that is pinned">
                {seen.host === agent.host && seen.port === agent.port ? "There is nothing to change." : null}
              </Callout>
            ) : (
              <Callout kind="warning" title="It is not the key that is pinned">
                <p className="mono break-all">{hostKey}</p>
                <p>
                  That is right when the node was installed anew or its host keys were replaced. Otherwise somebody else
                  may be answering in its place: do not go on before you have compared the key on the node's own
                  console.
                </p>
              </Callout>
            )}
            <Confirm {...{ clusterId, agent, actions, onDone, onClose, seen }} onBack={() => setSeen(null)} />
          </HostKeyComparison>
        ) : (
          <SshAddressForm host={agent.host} port={agent.port} probe={actions.probe} onSeen={setSeen} />
        )}
      </div>
    </Dialog>
  );
}

interface ConfirmProps extends AboutAgent {
  readonly seen: SeenServer;
  readonly onBack: () => void;
}

function Confirm({ clusterId, agent: { node }, actions, onDone, onClose, seen, onBack }: ConfirmProps) {
  const [confirm, setConfirm] = useState("");
  const { start, busy, failure } = useAction(actions.repin);
  const change = { host: seen.host, port: seen.port, hostKey: seen.key.fingerprint };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (busy || confirm.trim() !== node) return;
        start({ clusterId, node, confirm, ...change }, () => {
          toast.success(`Pinned for ${node}`);
          onDone();
          onClose();
        });
      }}
    >
      <TextField
        label={`Type ${node} to confirm`}
        mono
        value={confirm}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setConfirm(event.target.value)}
      />
      {failure ? <FailureMessage failure={failure} /> : null}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          disabledReason={confirm.trim() === node ? null : `Type ${node} first`}
        >
          I have compared it, pin it
        </Button>
        <Button onClick={onBack}>Back</Button>
      </div>
    </form>
  );
}
