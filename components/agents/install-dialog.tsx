"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/components/ui/use-action";
import type { AboutAgent } from "./about-agent";
import { InstallByHand } from "./install-by-hand";
import { InstallOnce } from "./install-once";
import { useAgentAction } from "./use-agents";

type Way = "hand" | "once";

/** Brings the agent onto its node, by hand or signed in once, and looks whether it answers. */
export function InstallDialog({ clusterId, agent, actions, onDone, onClose }: AboutAgent) {
  const [way, setWay] = useState<Way>("hand");
  const checking = useAgentAction(clusterId, actions.check);
  const { node } = agent;
  const place = { clusterId, node };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={`Install the agent on ${node}`}
      description="Running the script again brings the agent up to date and changes only what is different."
    >
      <div className="flex flex-col gap-4">
        <Tabs<Way>
          label="Ways to install"
          value={way}
          onChange={setWay}
          tabs={[
            { value: "hand", label: "Run the script yourself" },
            { value: "once", label: "Let Trunkline sign in once" },
          ]}
        >
          <TabPanel value="hand">
            <div className="flex flex-col gap-4">
              <InstallByHand {...place} />
              <KeyRenewal {...{ clusterId, agent, actions, onDone }} />
            </div>
          </TabPanel>
          <TabPanel value="once">
            <InstallOnce {...place} agent={agent} install={actions.install} onInstalled={() => checking.start(place)} />
          </TabPanel>
        </Tabs>
        {checking.failure ? <FailureMessage failure={checking.failure} /> : null}
        {checking.value ? (
          <Callout kind="success" title={`The agent of ${node} answers`}>
            Version {checking.value.report?.agent}.{" "}
            {checking.value.put ? "It goes on with what it was given." : "It serves what the next apply gives it."}
          </Callout>
        ) : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{checking.value ? "Close" : "Later"}</Button>
          <Button
            variant={checking.value ? "secondary" : "primary"}
            busy={checking.busy}
            onClick={() => checking.start(place)}
          >
            Check the agent
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** For a key that this server cannot open any more, or that may have got into other hands. */
function KeyRenewal({ clusterId, agent, actions, onDone }: Omit<AboutAgent, "onClose">) {
  const { start, busy, failure } = useAction(actions.renewKey);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-text-2">
      <p className="min-w-0 flex-1 basis-64">
        The script lets in one key, of this server and for this node alone. A new one makes the old one useless once the
        script was run again.
      </p>
      <Button
        size="sm"
        variant="ghost"
        busy={busy}
        onClick={() =>
          start({ clusterId, node: agent.node }, () => {
            toast.success("New key made; run the script again");
            onDone();
          })
        }
      >
        Make a new key
      </Button>
      {failure ? <FailureMessage failure={failure} /> : null}
    </div>
  );
}
