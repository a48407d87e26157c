"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/components/ui/use-action";
import { plural } from "@/lib/core/plural";
import type { AboutAgent } from "./about-agent";

interface RemoveAgentDialogProps extends AboutAgent {
  readonly how: "remove" | "forget";
}

/** Ends what we have to do with an agent: properly, or by forgetting it, which leaves everything on the node. */
export function RemoveAgentDialog({ how, ...about }: RemoveAgentDialogProps) {
  return how === "remove" ? <Removing {...about} /> : <Forgetting {...about} />;
}

function Removing({ clusterId, agent, actions, onDone, onClose }: AboutAgent) {
  const { start, busy, failure } = useAction(actions.remove);
  const { node, put } = agent;
  const serving = put && put.vnets > 0 ? `of ${plural(put.vnets, "VNet")} ` : "";
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove the host services of ${node}?`}
      description={`The agent takes everything it owns off the node now, and Trunkline forgets it: gateway addresses, NAT and guard rules, DHCP servers with their leases and routes ${serving}are gone. Guests there lose their way out at once. Layouts keep the services as declared, not provided.`}
      confirmLabel="Remove the services"
      danger
      typed={node}
      {...{ busy, failure }}
      onConfirm={() =>
        start({ clusterId, node, confirm: node }, ({ changes }) => {
          toast.success(`Removed from ${node}: ${plural(changes, "change")}`);
          onDone();
          onClose();
        })
      }
    >
      <p className="text-sm text-text-2">
        Its program, the key and the user <span className="mono">trunkline</span> stay until you run the install script
        there with <span className="mono whitespace-nowrap">--uninstall</span>.
      </p>
    </ConfirmDialog>
  );
}

function Forgetting({ clusterId, agent, actions, onDone, onClose }: AboutAgent) {
  const { start, busy, failure } = useAction(actions.forget);
  const { node } = agent;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Forget the agent of ${node}?`}
      description={`Nothing is done on ${node}. Its agent goes on serving what it was last told, at every boot too, and keeps belonging to this installation; from here nobody can change or remove that any more. For a node that is gone for good.`}
      confirmLabel="Forget it"
      danger
      typed={node}
      {...{ busy, failure }}
      onConfirm={() =>
        start({ clusterId, node, confirm: node }, () => {
          toast.success(`${node} forgotten`);
          onDone();
          onClose();
        })
      }
    >
      <p className="text-sm text-text-2">
        On the node itself, <span className="mono">trunkline-host remove</span> takes the services off.
      </p>
    </ConfirmDialog>
  );
}
