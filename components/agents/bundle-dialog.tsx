"use client";

import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { useAction } from "@/components/ui/use-action";
import { plural } from "@/lib/core/plural";
import type { AboutAgent } from "./about-agent";
import { ScriptBox } from "./script-box";

/** One script with agent and state for a node that this server does not reach. */
export function BundleDialog({ clusterId, agent, actions, onDone, onClose }: AboutAgent) {
  const { start, busy, failure, value } = useAction(actions.bundle);
  const { node } = agent;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={`Script for ${node}`}
      description="It holds the agent and what this node shall serve by the layouts that are applied now. Run each revision once; running it again changes nothing."
    >
      <div className="flex flex-col gap-4">
        {value ? (
          <>
            <Callout
              kind={value.unserved.length > 0 ? "warning" : "info"}
              title={
                value.vnets.length === 0
                  ? "It serves nothing: no applied layout has a host service on this node"
                  : `Revision ${value.revision} serves ${plural(value.vnets.length, "VNet")}: ${value.vnets.join(", ")}`
              }
            >
              {value.unserved.length > 0 ? (
                <ul className="list-disc pl-4">
                  {value.unserved.map((each) => (
                    <li key={each}>Not served: {each}</li>
                  ))}
                </ul>
              ) : null}
              <p>
                It ends with 0 in order, 4 something waits, 2 or 3 refused. Trunkline does not hear of it: enter a
                report of the node afterwards.
              </p>
            </Callout>
            <ScriptBox script={value} />
          </>
        ) : null}
        {failure ? <FailureMessage failure={failure} /> : null}
        <DialogActions>
          <Button onClick={onClose}>Close</Button>
          {value ? null : (
            <Button autoFocus variant="primary" busy={busy} onClick={() => start({ clusterId, node }, onDone)}>
              Make the script
            </Button>
          )}
        </DialogActions>
      </div>
    </Dialog>
  );
}
