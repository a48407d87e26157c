"use client";

import { Ellipsis, RefreshCw } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { roleReason } from "@/components/shell/role-reason";
import { Button, ButtonLink } from "@/components/ui/button";
import { FailureMessage } from "@/components/ui/failure-message";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { Mono } from "@/components/ui/mono";
import { toast } from "@/components/ui/toast";
import type { AgentView, HostAgentsView } from "@/lib/server/agent-views";
import type { Role } from "@/lib/server/views";
import type { AgentActions } from "./agent-actions";
import { AgentFacts } from "./agent-facts";
import { AgentFindings } from "./agent-findings";
import { AgentVerdict } from "./agent-verdict";
import { isStateLost, verdictOf } from "./agent-words";
import { useAgent, useAgentAction } from "./use-agents";

/** What a dialog is opened for. A null node is yet to be chosen. */
export interface AgentTask {
  readonly what: "add" | "install" | "bundle" | "report" | "repin" | "interval" | "leftovers" | "remove" | "forget";
  readonly node: string | null;
  readonly agent: AgentView | null;
}

interface AgentItemProps {
  readonly clusterId: string;
  readonly node: string;
  /** As it was last heard of; null: the node has none. */
  readonly agent: AgentView | null;
  /** VNets that the applied layouts want this node to serve. */
  readonly wanted: readonly string[];
  readonly view: HostAgentsView;
  readonly role: Role;
  readonly actions: AgentActions;
  readonly onTask: (task: AgentTask) => void;
}

/** One node: its agent, or that it has none and what that means. */
export function AgentItem(props: AgentItemProps) {
  const held = useRef(false);
  const { agent } = props;
  return agent ? <WithAgent {...props} stored={agent} held={held} /> : <WithoutAgent {...props} held={held} />;
}

/** Whether the keyboard is in the line of a node; the line is another one when its agent comes or goes. */
interface Held {
  readonly held: RefObject<boolean>;
}

function WithoutAgent({ node, wanted, role, onTask, held }: AgentItemProps & Held) {
  const refusal = roleReason(role, "owner", "manage host agents");
  return (
    <Item
      held={held}
      node={node}
      state={<span className="text-text-3">No agent</span>}
      buttons={
        <>
          <Button size="sm" variant="ghost" disabledReason="It needs the agent on this node: its key is the way in">
            Leftovers
          </Button>
          <Button size="sm" disabledReason={refusal} onClick={() => onTask({ what: "add", node, agent: null })}>
            Add
          </Button>
        </>
      }
    >
      {wanted.length > 0 ? (
        <p className="text-sm text-text-2">
          Declared on this node and not provided: <VnetNames names={wanted} />.
        </p>
      ) : null}
    </Item>
  );
}

interface WithAgentProps extends AgentItemProps, Held {
  readonly stored: AgentView;
}

function WithAgent({ clusterId, node, stored, wanted, view, role, actions, onTask, held }: WithAgentProps) {
  const { agent, isFetching } = useAgent(clusterId, stored);
  const checking = useAgentAction(clusterId, actions.check);
  const repairing = useAgentAction(clusterId, actions.repair);
  const verdict = verdictOf(agent, view);
  const refusal = roleReason(role, "operator", "check or repair host services");
  const failure = repairing.failure ?? (checking.failure && !agent.failure ? checking.failure : null);
  const ssh = agent.mode === "ssh";
  // What failed before the agent was heard of again, by whatever way, is over.
  const reachable = agent.failure === null;
  const over = useEffectEvent(() => {
    checking.reset();
    repairing.reset();
  });
  useEffect(() => {
    if (reachable) over();
  }, [reachable]);
  return (
    <Item
      held={held}
      node={node}
      state={<AgentVerdict verdict={verdict} />}
      buttons={
        <>
          {ssh && (verdict.tone === "differs" || isStateLost(agent)) ? (
            <Button
              size="sm"
              variant="primary"
              busy={repairing.busy}
              disabledReason={refusal}
              onClick={() => repairing.start({ clusterId, node }, () => toast.success(`Repaired on ${node}`))}
            >
              Repair now
            </Button>
          ) : null}
          {ssh ? (
            <Button
              size="sm"
              icon={<RefreshCw aria-hidden size={14} />}
              busy={checking.busy || isFetching}
              disabledReason={refusal}
              onClick={() => checking.start({ clusterId, node })}
            >
              Check
            </Button>
          ) : (
            <>
              <Button
                size="sm"
                variant="ghost"
                disabledReason={roleReason(role, "operator", "enter reports of nodes")}
                onClick={() => onTask({ what: "report", node, agent })}
              >
                Enter report
              </Button>
              <Button
                size="sm"
                disabledReason={roleReason(role, "operator", "make scripts for nodes")}
                onClick={() => onTask({ what: "bundle", node, agent })}
              >
                Make script
              </Button>
            </>
          )}
          <AgentMenu {...{ node, agent, role, onTask }} />
        </>
      }
    >
      <AgentFacts agent={agent} view={view} wanted={wanted} />
      {failure ? <FailureMessage failure={failure} /> : null}
      {!failure && agent.failure ? <AgentFailure {...{ node, agent, role, onTask }} /> : null}
      <AgentFindings agent={agent} />
    </Item>
  );
}

function AgentMenu({
  node,
  agent,
  role,
  onTask,
}: Pick<AgentItemProps, "node" | "role" | "onTask"> & { agent: AgentView }) {
  const owner = roleReason(role, "owner", "manage host agents");
  const ssh = agent.mode === "ssh";
  const open = (what: AgentTask["what"]) => () => onTask({ what, node, agent });
  return (
    <Menu trigger={<IconButton size="sm" label={`More about ${node}`} icon={<Ellipsis aria-hidden size={16} />} />}>
      {ssh ? (
        <>
          <MenuItem disabledReason={owner} onSelect={open("install")}>
            Install or bring up to date…
          </MenuItem>
          <MenuItem disabledReason={owner} onSelect={open("repin")}>
            Address and host key…
          </MenuItem>
        </>
      ) : null}
      <MenuItem disabledReason={owner} onSelect={open("interval")}>
        Repair interval…
      </MenuItem>
      {ssh ? (
        <>
          <MenuItem disabledReason={roleReason(role, "operator", "look for leftovers")} onSelect={open("leftovers")}>
            Leftovers of the Terraform module…
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger disabledReason={owner} onSelect={open("remove")}>
            Remove the services…
          </MenuItem>
        </>
      ) : null}
      <MenuItem danger disabledReason={owner} onSelect={open("forget")}>
        Forget without touching the node…
      </MenuItem>
    </Menu>
  );
}

/** Why the agent cannot be used, with the button that is the next step where there is one here. */
function AgentFailure({
  node,
  agent,
  role,
  onTask,
}: Pick<AgentItemProps, "node" | "role" | "onTask"> & { agent: AgentView }) {
  if (!agent.failure) return null;
  const refusal = roleReason(role, "owner", "manage host agents");
  const { kind } = agent.failure;
  const next = kind === "certificate" ? "repin" : kind === "unauthorized" || kind === "unsupported" ? "install" : null;
  return (
    <FailureMessage
      failure={agent.failure}
      shownFields={Object.keys(agent.failure.fields ?? {})}
      actions={
        <>
          <ButtonLink size="sm" variant="ghost" href="/help/guide/failures/host-agent">
            What to do
          </ButtonLink>
          {next ? (
            <Button size="sm" disabledReason={refusal} onClick={() => onTask({ what: next, node, agent })}>
              {next === "repin" ? "Compare host key" : "Install"}
            </Button>
          ) : null}
        </>
      }
    />
  );
}

interface ItemProps extends Held {
  readonly node: string;
  readonly state: ReactNode;
  readonly buttons: ReactNode;
  readonly children: ReactNode;
}

function Item({ held, node, state, buttons, children }: ItemProps) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // The button that had the keyboard went with what it was for; whoever pressed it goes on in the same line.
    if (held.current && document.activeElement === document.body) row.current?.focus({ preventScroll: true });
  });
  return (
    <li
      ref={row}
      tabIndex={-1}
      aria-label={node}
      onFocus={() => {
        held.current = true;
      }}
      onBlur={() => {
        held.current = false;
      }}
      className="flex flex-col gap-2 px-4 py-3 empty:hidden"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Mono className="min-w-16 font-medium">{node}</Mono>
        <div className="min-w-40 flex-1 text-sm">{state}</div>
        <div className="flex flex-wrap items-center justify-end gap-2">{buttons}</div>
      </div>
      {children}
    </li>
  );
}

function VnetNames({ names }: { readonly names: readonly string[] }) {
  const shown = names.slice(0, 8);
  return (
    <>
      <Mono>{shown.join(", ")}</Mono>
      {names.length > shown.length ? ` and ${names.length - shown.length} more` : ""}
    </>
  );
}
