import { accessHandlers } from "@/lib/simulator/access/access-endpoints";
import type { EndpointHandler, Handlers } from "@/lib/simulator/http/context";
import { guestHandlers } from "@/lib/simulator/nodes/guest-endpoints";
import { nodeHandlers } from "@/lib/simulator/nodes/node-endpoints";
import { nodeFirewallHandlers } from "@/lib/simulator/nodes/node-firewall";
import { taskHandlers } from "@/lib/simulator/nodes/task-endpoints";
import { endpoints } from "@/lib/simulator/schema/endpoints";
import type { Endpoint } from "@/lib/simulator/schema/property";
import { controllerHandlers } from "@/lib/simulator/sdn/controllers";
import { fabricHandlers } from "@/lib/simulator/sdn/fabrics";
import { serviceHandlers } from "@/lib/simulator/sdn/ipams";
import { sdnHandlers } from "@/lib/simulator/sdn/sdn-endpoints";
import { addressHandlers } from "@/lib/simulator/sdn/vnet-addresses";
import { firewallHandlers } from "@/lib/simulator/sdn/vnet-firewall";

/** An endpoint found for a request, with the values its path gave. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly handle: EndpointHandler;
  readonly fromPath: Readonly<Record<string, string>>;
}

interface PathNode {
  readonly fixed: Map<string, PathNode>;
  named?: { readonly name: string; readonly node: PathNode };
  readonly methods: Map<string, { readonly endpoint: Endpoint; readonly handle: EndpointHandler }>;
}

function emptyNode(): PathNode {
  return { fixed: new Map(), methods: new Map() };
}

const handlers: Handlers = {
  ...accessHandlers,
  ...nodeHandlers,
  ...guestHandlers,
  ...taskHandlers,
  ...sdnHandlers,
  ...controllerHandlers,
  ...serviceHandlers,
  ...addressHandlers,
  ...fabricHandlers,
  ...firewallHandlers,
  ...nodeFirewallHandlers,
};

function step(node: PathNode, part: string): PathNode {
  if (part.startsWith("{")) {
    node.named ??= { name: part.slice(1, -1), node: emptyNode() };
    return node.named.node;
  }
  const next = node.fixed.get(part) ?? emptyNode();
  node.fixed.set(part, next);
  return next;
}

function buildTree(): PathNode {
  const root = emptyNode();
  for (const endpoint of endpoints) {
    const handle = handlers[`${endpoint.method} ${endpoint.path}`];
    if (handle === undefined) continue;
    const end = endpoint.path.split("/").slice(1).reduce(step, root);
    end.methods.set(endpoint.method, { endpoint, handle });
  }
  return root;
}

const tree = buildTree();

/** Finds the endpoint for a decoded path; nothing when there is none for that method. */
export function findRoute(method: string, path: string): Route | undefined {
  const fromPath: Record<string, string> = {};
  let node: PathNode | undefined = tree;
  for (const part of path.split("/").filter((piece) => piece !== "")) {
    const fixed: PathNode | undefined = node.fixed.get(part);
    if (fixed === undefined && node.named !== undefined) fromPath[node.named.name] = part;
    node = fixed ?? node.named?.node;
    if (node === undefined) return undefined;
  }
  const found = node.methods.get(method);
  return found === undefined ? undefined : { ...found, fromPath };
}
