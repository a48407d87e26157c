import type { Failure } from "../failure";
import { type NodeState, REPAIR_SECONDS } from "../hosts/node-state";
import { nextState, nodeStates } from "../hosts/node-states";
import { type ServedSubnet, servedSubnets, type Unserved } from "../hosts/served-subnet";
import { type HostChange, stateChanges } from "../hosts/state-changes";
import { isByAgent } from "../hosts/zone-abilities";
import type { HostService, Layout } from "../layout/model";
import type { ClusterFacts, NodeFirewall } from "../ports";
import type { Problem } from "../problem";
import type { Result } from "../result";
import { hostServiceKey } from "./entity";

/** A node whose agent a run can reach. */
export interface KnownAgent {
  readonly node: string;
  /** What it keeps true, as far as is known; null: nothing yet. */
  readonly state: NodeState | null;
  /** The highest revision that was ever sent there. Above that of `state` its content is not known for certain. */
  readonly revision: number;
  /** How often it shall look by itself, in seconds; 60 where nobody said. */
  readonly repairSeconds?: number;
  /** Why it could not be used when it was asked last; null: it could. */
  readonly failure?: string | null;
}

/** What a plan has to know of the nodes beside the layout. */
export interface KnownHosts {
  /** The other layouts of the cluster as they were last applied: one node serves all of them. */
  readonly others: readonly Layout[];
  /** This installation's mark. */
  readonly owner: string;
  readonly agents: readonly KnownAgent[];
  /** Proxmox's firewalls of the nodes with an agent, by script too; left out where nobody asked for them. */
  readonly firewalls?: Readonly<Record<string, Result<NodeFirewall, Failure>>>;
  /** Nodes whose state a person carries there as a script; no run reaches them. */
  readonly byScript?: readonly string[];
}

/** What one node's agent gets. Revisions are counted on when a state is sent. */
export interface HostTarget {
  readonly node: string;
  readonly revision: number;
  readonly before: NodeState | null;
  /** `before` without what goes, sent before anything is staged; null: nothing goes. */
  readonly first: NodeState | null;
  readonly after: NodeState;
  /** Empty where the same is sent again, because the outcome of the last time is not known. */
  readonly changes: readonly HostChange[];
}

interface PlannedHosts {
  readonly targets: readonly HostTarget[];
  /** What nodes by script are to serve, as far as this layout wants something there. */
  readonly scripted: readonly Pick<HostTarget, "node" | "after">[];
  readonly problems: readonly Problem[];
  /** Sentences on services that the layout declares and nothing provides. */
  readonly notProvided: readonly string[];
}

/** What the nodes' agents get for a layout; `known` is null where no agent can be reached, as from the command. */
export function planHosts(layout: Layout, facts: ClusterFacts, known: KnownHosts | null): PlannedHosts {
  const agents = known?.agents ?? [];
  const byScript = known?.byScript ?? [];
  const notProvided = servicesNotProvided(layout, facts, new Set(agents.map(({ node }) => node)), byScript);
  if (!known || agents.length + byScript.length === 0) return { targets: [], scripted: [], problems: [], notProvided };
  const { states, problems } = nodeStates({
    layouts: [...known.others, layout],
    facts,
    owner: known.owner,
    revision: 1,
    repairSeconds: (node) => agents.find((agent) => agent.node === node)?.repairSeconds ?? REPAIR_SECONDS,
    nodes: agents.map(({ node }) => node),
  });
  const targets = agents.flatMap((agent) => targetOf(agent, states.get(agent.node)) ?? []);
  const scripted = byScript.flatMap((node) => {
    const after = states.get(node);
    return after && servesOn(layout, node) ? [{ node, after }] : [];
  });
  return { targets, scripted, problems, notProvided };
}

const servesOn = ({ hostServices = [] }: Layout, node: string): boolean =>
  hostServices.some((service) => isByAgent(service) && service.gatewayNode === node);

function targetOf({ node, state: before, revision }: KnownAgent, wanted: NodeState | undefined): HostTarget | null {
  if (!wanted) return null;
  const after = nextState(wanted, before);
  const known = before === null ? revision === 0 : revision === before.revision;
  const nothing = before === null && after.vnets.length === 0 && after.routes.length === 0;
  if (known && (after === before || nothing)) return null;
  return {
    node,
    revision,
    before,
    first: withoutGone(before, after),
    after,
    changes: stateChanges(node, before, after),
  };
}

/** A state without what another does not have; null where that is nothing. */
function withoutGone(before: NodeState | null, after: NodeState): NodeState | null {
  if (!before) return null;
  const kept = new Map(after.vnets.map(({ vnet, subnets }) => [vnet, new Set(subnets.map(({ cidr }) => cidr))]));
  const routes = new Set(after.routes.map(({ destination }) => destination));
  const rest: NodeState = {
    ...before,
    vnets: before.vnets.flatMap((vnet) => {
      const subnets = vnet.subnets.filter(({ cidr }) => kept.get(vnet.vnet)?.has(cidr));
      return subnets.length === 0 ? [] : [{ ...vnet, subnets }];
    }),
    routes: before.routes.filter(({ destination }) => routes.has(destination)),
  };
  return JSON.stringify(rest) === JSON.stringify(before) ? null : rest;
}

/** Gateways, NAT and DHCP that the layout declares and nothing on the node provides; said, neither hidden nor faked. */
function servicesNotProvided(
  layout: Layout,
  facts: ClusterFacts,
  agents: ReadonlySet<string>,
  byScript: readonly string[],
): string[] {
  const { served, unserved } = servedSubnets(layout, facts);
  const nodes = new Map(served.map(({ key, node }: ServedSubnet) => [key, node]));
  const reasons = new Map(unserved.map(({ key, reason }: Unserved) => [key, reason]));
  return (layout.hostServices ?? []).flatMap((service) => {
    if (!isByAgent(service)) return [];
    const key = hostServiceKey(service.vnet, service.cidr);
    const node = nodes.get(key);
    if (node !== undefined && agents.has(node)) return [];
    const why = node === undefined ? reasons.get(key) : whyNone(node, byScript);
    return [`${parts(service)} of ${service.vnet} (${service.cidr}): declared, not provided (${why})`];
  });
}

function whyNone(node: string, byScript: readonly string[]): string {
  return byScript.includes(node)
    ? `${node} gets its state by script: make it on the cluster's page once this is applied`
    : `no agent on ${node}`;
}

function parts({ snat, dhcp }: HostService): string {
  const names = ["gateway", snat ? "SNAT" : "", dhcp ? "DHCP" : ""].filter((part) => part !== "");
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join("");
}
