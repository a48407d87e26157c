import type { Layout } from "@/lib/core/layout/model";
import { parseAddress } from "@/lib/core/net/address";
import { parseCidr, readCidr } from "@/lib/core/net/cidr";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Problem } from "@/lib/core/problem";
import { clashes } from "./clashes";
import { gatewayMac } from "./gateway-mac";
import type { NodeState, VnetState } from "./node-state";
import { type ServedSubnet, servedSubnets, type Unserved } from "./served-subnet";
import { vnetMtu } from "./vnet-mtu";

export interface NodeStatesInput {
  /** All layouts that are applied to one cluster; their VNets meet on its nodes. */
  readonly layouts: readonly Layout[];
  readonly facts: ClusterFacts | null;
  /** Id of this Trunkline installation: 8 to 64 lower-case letters, digits and dashes. */
  readonly owner: string;
  readonly revision: number;
  /** How often the agent of a node looks by itself, in seconds. */
  readonly repairSeconds: (node: string) => number;
  /** Nodes that get a state although they serve nothing: their agent has something to forget. */
  readonly nodes?: readonly string[];
}

export interface NodeStates {
  /** By node name. Not to be sent while there are problems. */
  readonly states: ReadonlyMap<string, NodeState>;
  readonly problems: readonly Problem[];
  readonly unserved: readonly Unserved[];
}

/**
 * What each node's agent shall keep true for these layouts. The same layouts give the same bytes, whatever the order of
 * their objects. What an agent will not serve is in `unserved` with its reason; nothing throws.
 */
export function nodeStates({ layouts, facts, ...input }: NodeStatesInput): NodeStates {
  const read = layouts.map((layout) => servedSubnets(layout, facts));
  const served = read.flatMap((one) => one.served);
  const names = new Set([...(input.nodes ?? []), ...served.map(({ node }) => node)]);
  const states = new Map<string, NodeState>();
  for (const node of [...names].sort()) {
    const own = served.filter((item) => item.node === node);
    states.set(node, {
      schema: 1,
      owner: input.owner,
      revision: input.revision,
      repairSeconds: input.repairSeconds(node),
      vnets: vnetsOf(own, input.owner, facts),
      routes: routesOf(own),
    });
  }
  return { states, problems: clashes(served), unserved: read.flatMap((one) => one.unserved) };
}

/**
 * The state to send after `previous`: the very same when nothing changed but the revision, else with the next revision.
 * The agent refuses one revision with two contents.
 */
export function nextState(wanted: NodeState, previous: NodeState | null): NodeState {
  if (!previous) return wanted;
  const same = JSON.stringify({ ...wanted, revision: 0 }) === JSON.stringify({ ...previous, revision: 0 });
  return same ? previous : { ...wanted, revision: Math.max(wanted.revision, previous.revision + 1) };
}

function vnetsOf(served: readonly ServedSubnet[], owner: string, facts: ClusterFacts | null): VnetState[] {
  const groups = new Map<string, ServedSubnet[]>();
  for (const item of served) {
    const group = groups.get(item.service.vnet);
    if (group) group.push(item);
    else groups.set(item.service.vnet, [item]);
  }
  return [...groups.keys()].sort().map((vnet) => vnetState(vnet, groups.get(vnet) ?? [], owner, facts));
}

function vnetState(
  vnet: string,
  served: readonly ServedSubnet[],
  owner: string,
  facts: ClusterFacts | null,
): VnetState {
  const [first] = served;
  const node = facts?.nodes.find(({ name }) => name === first?.node) ?? null;
  const ra = saidBy(served, "ra");
  return {
    vnet,
    mac: gatewayMac(owner, vnet),
    mtu: first ? vnetMtu(first.zone, node) : null,
    guard: saidBy(served, "guard") ?? true,
    guardExceptions: exceptionsOf(served),
    forward: saidBy(served, "forward") ?? "allow",
    ra: ra === undefined ? null : { mode: ra },
    subnets: [...served].sort((a, b) => byNetwork(a.state.cidr, b.state.cidr)).map(({ state }) => state),
  };
}

/** A setting of the VNet: the first of its subnets that says something. Where they disagree, a problem says so. */
function saidBy<K extends "guard" | "forward" | "ra">(
  served: readonly ServedSubnet[],
  field: K,
): ServedSubnet["service"][K] {
  return served.find(({ service }) => service[field] !== undefined)?.service[field];
}

function exceptionsOf(served: readonly ServedSubnet[]): VnetState["guardExceptions"] {
  const all = served.flatMap(({ service }) => service.guardExceptions ?? []);
  const unique = new Map(all.map(({ protocol, port }) => [`${protocol} ${port}`, { protocol, port }]));
  return [...unique.values()].sort((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
}

/** Every destination once, in canonical spelling, sorted by network. */
function routesOf(served: readonly ServedSubnet[]): NodeState["routes"] {
  const routes = new Map<string, string>();
  for (const { destination, via } of served.flatMap(({ service }) => service.routes ?? [])) {
    const to = parseCidr(destination);
    const hop = parseAddress(via);
    if (to.ok && hop.ok && !routes.has(to.value)) routes.set(to.value, hop.value);
  }
  return [...routes].sort(([a], [b]) => byNetwork(a, b)).map(([destination, via]) => ({ destination, via }));
}

/** IPv4 first, then by address and prefix, as a person sorts them. */
function byNetwork(a: string, b: string): number {
  const [one, two] = [readCidr(a)?.network, readCidr(b)?.network];
  if (!one || !two) return 0;
  if (one.family !== two.family) return one.family - two.family;
  return one.first === two.first ? one.prefix - two.prefix : one.first < two.first ? -1 : 1;
}
