"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/components/ui/use-action";
import type { AboutAgent } from "./about-agent";
import { intervalWords } from "./agent-words";

/** How often an agent looks at its node by itself. */
export function IntervalDialog({ clusterId, agent, actions, onDone, onClose }: AboutAgent) {
  const { node, mode, repairSeconds } = agent;
  const [seconds, setSeconds] = useState(String(repairSeconds));
  const { start, busy, failure } = useAction(actions.changeInterval);
  const when =
    mode === "ssh"
      ? "The agent is told at once. Nothing else of what it serves changes."
      : "The node is told with the next script that is run there.";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Repair interval of ${node}`}
      description={`How often the agent looks whether everything is as it should be, and puts right what is not. ${when}`}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (busy) return;
          start({ clusterId, node, seconds }, (changed) => {
            toast.success(`${node} is looked after ${intervalWords(changed.repairSeconds)}`);
            onDone();
            onClose();
          });
        }}
      >
        <TextField
          label="Seconds"
          autoFocus
          hint="5 to 3600. Each look takes a fraction of a second; 60 suits most nodes."
          error={failure?.fields?.["seconds"] ?? null}
          mono
          inputMode="numeric"
          autoComplete="off"
          value={seconds}
          onChange={(event) => setSeconds(event.target.value)}
        />
        {failure && !failure.fields?.["seconds"] ? <FailureMessage failure={failure} /> : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Set interval
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
