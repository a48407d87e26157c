"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CommandBlock } from "@/components/ui/copy-button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/components/ui/use-action";
import type { AboutAgent } from "./about-agent";

/** A server action takes a megabyte, quotes and all. */
const MOST = 750_000;
const TOO_LONG = 'This is longer than 750 kB. Empty the list after "leases" and paste it again.';

/** What the agent of a node that this server does not reach says of itself, carried here by a person. */
export function ReportDialog({ clusterId, agent, actions, onDone, onClose }: AboutAgent) {
  const { node } = agent;
  const [text, setText] = useState("");
  const client = useQueryClient();
  const { start, busy, failure } = useAction(actions.enterReport);
  const tooLong = text.length > MOST;
  const wrong = tooLong ? TOO_LONG : failure?.fields?.["text"];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Report of ${node}`}
      description="Trunkline does not reach this node. What its agent says there tells how its services are, who has which address, and which script was run."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (busy || tooLong) return;
          start({ clusterId, node, text }, () => {
            toast.success(`Report of ${node} entered`);
            void client.invalidateQueries({ queryKey: ["leases", clusterId] });
            onDone();
            onClose();
          });
        }}
      >
        <div className="flex flex-col gap-1.5">
          <p className="text-sm text-text-2">On the node, as root:</p>
          <CommandBlock text="trunkline-host status" label="command for the node" />
        </div>
        <Field label="What it prints" hint="All of it. It counts from when it was printed." error={wrong ?? null}>
          {(control) => (
            <Textarea
              {...control}
              mono
              autoFocus
              rows={6}
              spellCheck={false}
              autoComplete="off"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        {failure && !failure.fields?.["text"] ? <FailureMessage failure={failure} /> : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            busy={busy}
            disabledReason={text.trim() === "" ? "Paste what the command prints first" : null}
          >
            Enter report
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
