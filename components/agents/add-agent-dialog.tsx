"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { useAction } from "@/components/ui/use-action";
import type { AgentMode } from "@/lib/server/agent-views";
import type { ClusterView } from "@/lib/server/views";
import type { AgentActions } from "./agent-actions";
import type { AgentTask } from "./agent-item";
import { HostKeyComparison, type SeenServer, SshAddressForm } from "./host-key-step";

interface AddAgentDialogProps {
  readonly cluster: ClusterView;
  /** The node, or null to choose one. */
  readonly node: string | null;
  readonly actions: AgentActions;
  readonly nodes: readonly string[];
  readonly addressOf: (node: string) => string | null;
  readonly taken: readonly string[];
  readonly onTask: (task: AgentTask) => void;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const WAYS = [
  {
    value: "ssh",
    title: "Over SSH",
    note: "Runs put the state there by themselves. One key per node, which may start the agent's verbs and nothing else.",
  },
  {
    value: "bundle",
    title: "By script",
    note: "For a node that this server may not reach. For each change you carry one script there and run it as root.",
  },
] as const;

/** Notes that a node shall have an agent. Nothing is done on the node yet; installing is the next dialog. */
export function AddAgentDialog(props: AddAgentDialogProps) {
  const { cluster, actions, nodes, addressOf, taken, onTask, onDone, onClose } = props;
  const free = nodes.filter((name) => !taken.includes(name));
  const [node, setNode] = useState(props.node ?? free[0] ?? "");
  const [mode, setMode] = useState<AgentMode>("ssh");
  const [seen, setSeen] = useState<SeenServer | null>(null);
  const adding = useAction(actions.add);
  const place = { clusterId: cluster.id, node };
  const { failure } = adding;

  function add(more: object) {
    adding.start({ ...place, mode, ...more }, (agent) => {
      onDone();
      onTask({ what: mode === "ssh" ? "install" : "bundle", node: agent.node, agent });
    });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="md"
      title={seen ? `Compare the host key of ${node}` : props.node ? `Add an agent on ${props.node}` : "Add an agent"}
      description={
        seen ? "Nothing was sent there but the greeting." : "Nothing is done on the node before you install it."
      }
    >
      <div className="flex flex-col gap-4">
        {seen ? (
          <HostKeyComparison seen={seen}>
            {failure && <FailureMessage failure={failure} />}
            <div className="flex flex-wrap gap-2">
              <Button
                variant="primary"
                busy={adding.busy}
                onClick={() => add({ host: seen.host, port: seen.port, hostKey: seen.key.fingerprint })}
              >
                They are the same, pin it
              </Button>
              <Button onClick={() => setSeen(null)}>Back</Button>
            </div>
          </HostKeyComparison>
        ) : (
          <>
            {props.node === null ? <NodeField {...{ node, free, setNode }} error={failure?.fields?.["node"]} /> : null}
            <RadioCards<AgentMode> label="How it gets its state" value={mode} onChange={setMode} options={WAYS} />
            {mode === "ssh" ? (
              <SshAddressForm
                key={node}
                host={addressOf(node) ?? ""}
                port={22}
                probe={actions.probe}
                onSeen={setSeen}
              />
            ) : (
              <>
                {failure && <FailureMessage failure={failure} shownFields={["node"]} />}
                <div>
                  <Button variant="primary" busy={adding.busy} onClick={() => add({})}>
                    Add, then make its script
                  </Button>
                </div>
              </>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

interface NodeFieldProps {
  readonly node: string;
  readonly free: readonly string[];
  readonly setNode: (node: string) => void;
  readonly error: string | undefined;
}

/** A node of the cluster; its name as text where the cluster cannot be read. */
function NodeField({ node, free, setNode, error }: NodeFieldProps) {
  if (free.length === 0) {
    return (
      <TextField
        label="Node"
        mono
        required
        value={node}
        autoComplete="off"
        spellCheck={false}
        hint="The node's name as Proxmox shows it."
        onChange={(event) => setNode(event.target.value.trim())}
        error={error}
      />
    );
  }
  return (
    <Field label="Node" error={error}>
      {(control) => (
        <Select
          {...control}
          mono
          value={node}
          onChange={setNode}
          options={free.map((name) => ({ value: name, label: name }))}
        />
      )}
    </Field>
  );
}
