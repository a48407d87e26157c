import { isByAgent } from "@/lib/core/hosts/zone-abilities";
import { readAddress } from "@/lib/core/net/address";
import { type Network, parseCidr, readCidr, renderCidr } from "@/lib/core/net/cidr";
import { isReserved, WIDEST } from "@/lib/core/net/reserved";
import type { Problem } from "@/lib/core/problem";
import { type HostServiceInPlace, problem, type Rule, removeFix, type Subject } from "../subject";

type Route = NonNullable<HostServiceInPlace["service"]["routes"]>[number];

/** Static routes of host services: they are set on the gateway node, beside the networks it is connected to. */
export const routes: Rule = (subject) => {
  const problems: Problem[] = [];
  const destinations = new Map<string, string>();
  for (const item of subject.hostServices) {
    const list = item.service.routes ?? [];
    if (list.length === 0) continue;
    const agent = isByAgent(item.service);
    if (!agent || !item.service.gatewayNode || item.place?.subnet.gateway === undefined) {
      const message = `${item.service.cidr} has routes, but no node of the cluster is its gateway, so nobody would follow them. Set a gateway and a gateway node, or delete the routes.`;
      // While somebody else routes, the field is not there to be emptied.
      const fix = agent ? null : removeFix(item.key, "routes");
      problems.push(problem("route-without-gateway", "error", item.key, message, { field: "routes", fix }));
      continue;
    }
    const connected = connectedTo(subject, item.service.gatewayNode);
    for (const route of list) problems.push(...judge(item, route, connected, destinations));
  }
  return problems;
};

interface Connected {
  readonly network: Network;
  readonly cidr: string;
  readonly gateway: bigint | null;
}

/** Networks a node has an address in because it is their gateway. */
function connectedTo({ hostServices }: Subject, node: string): Connected[] {
  return hostServices.flatMap(({ service, place }) => {
    const network = place?.network;
    if (service.gatewayNode !== node || !isByAgent(service) || !network || !place) return [];
    const gateway = place.subnet.gateway === undefined ? null : readAddress(place.subnet.gateway);
    return [{ network, cidr: renderCidr(network), gateway: gateway?.value ?? null }];
  });
}

function judge(
  { key, service }: HostServiceInPlace,
  { destination, via }: Route,
  connected: readonly Connected[],
  destinations: Map<string, string>,
): Problem[] {
  const one = (code: Parameters<typeof problem>[0], message: string) => [
    problem(code, "error", key, message, { field: "routes" }),
  ];
  const parsed = parseCidr(destination);
  if (!parsed.ok) return one("route-invalid", `The destination of a route does not work. ${parsed.error}`);
  const hop = readAddress(via);
  const to = readCidr(parsed.value)?.network;
  if (!hop || !to)
    return one(
      "route-invalid",
      `${via === "" ? "An empty next hop" : via} is not an address; a route to ${parsed.value} needs one.`,
    );
  const fault = destinationFault(to, parsed.value);
  if (fault !== null) return one("route-invalid", fault);
  if (hop.family !== to.family) {
    return one("route-invalid", `The route to ${parsed.value} via ${via} mixes IPv4 and IPv6.`);
  }
  const place = `${service.gatewayNode}|${parsed.value}`;
  const earlier = destinations.get(place);
  if (earlier !== undefined) {
    return one(
      "route-duplicate",
      `${parsed.value} is routed twice on ${service.gatewayNode}, via ${earlier} and via ${via}; keep one.`,
    );
  }
  destinations.set(place, via);
  if (connected.some((net) => net.cidr === parsed.value)) {
    return one(
      "route-connected",
      `${service.gatewayNode} is connected to ${parsed.value} itself, so it needs no route to it; delete the route.`,
    );
  }
  const net = connected.find(
    ({ network }) => network.family === hop.family && hop.value >= network.first && hop.value <= network.last,
  );
  if (!net) {
    return one(
      "route-unreachable",
      `The next hop ${via} of ${parsed.value} is not reachable: no subnet with its gateway on ${service.gatewayNode} holds it.`,
    );
  }
  if (net.gateway === hop.value) {
    return one(
      "route-invalid",
      `The next hop ${via} of ${parsed.value} is the gateway itself; name the router behind it.`,
    );
  }
  return [];
}

/** Why the agent would refuse a destination, as it does in lib/hosts/agent/trunkline-host; null when it takes it. */
function destinationFault(to: Network, destination: string): string | null {
  if (to.prefix === 0) {
    return `The node's default route is not the agent's, so ${destination} is no destination here. Set the default route in the node's own network.`;
  }
  const least = WIDEST[to.family];
  if (to.prefix < least) {
    return `${destination} is too wide for a route of the agent, which would take the node's own traffic with it; use /${least} or longer.`;
  }
  return isReserved(to) ? `${destination} is reserved for other uses; route a network of ordinary addresses.` : null;
}
