import { parseCidr } from "@/lib/core/net/cidr";
import { findOverlaps } from "@/lib/core/net/overlap";
import type { Problem } from "@/lib/core/problem";
import { problem } from "@/lib/core/validate/subject";
import type { ServedSubnet } from "./served-subnet";

/**
 * What several layouts of one cluster, or two VNets on one node, cannot have at the same time. Each layout may be right by
 * itself, so no rule of a single layout finds these.
 */
export function clashes(served: readonly ServedSubnet[]): Problem[] {
  return [...betweenLayouts(served), ...onOneNode(served), ...routeClashes(served)];
}

/** The same VNet served by two layouts: one node and one set of rules, or none. */
function betweenLayouts(served: readonly ServedSubnet[]): Problem[] {
  const homes = new Map<string, ServedSubnet>();
  return served.flatMap((item) => {
    const { vnet } = item.service;
    const home = homes.get(vnet);
    if (!home) homes.set(vnet, item);
    if (!home || home.layout === item.layout) return [];
    if (home.node !== item.node) return [clash(item, home, `${home.node} and ${item.node} shall be its gateway`)];
    const field = (["guard", "forward", "ra"] as const).find(
      (name) =>
        home.service[name] !== undefined &&
        item.service[name] !== undefined &&
        home.service[name] !== item.service[name],
    );
    return field ? [clash(item, home, `they disagree on ${field}`)] : [];
  });
}

function clash(item: ServedSubnet, other: ServedSubnet, reason: string): Problem {
  const message = `VNet ${item.service.vnet} has host services in the layouts ${named(other.layout)} and ${named(item.layout)}, and ${reason}. Take them out of one layout.`;
  return problem("host-services-clash", "error", [item.key, other.key], message, { field: "gatewayNode" });
}

/** A node sends a packet to one interface only, so networks on it must not overlap, accepted elsewhere or not. */
function onOneNode(served: readonly ServedSubnet[]): Problem[] {
  return [...byNode(served)].flatMap(([node, items]) =>
    findOverlaps(items.map((item) => ({ network: item.network, item }))).flatMap(({ item, inside }) => {
      const [other] = inside;
      if (!other) return [];
      const message = `${node} shall be the gateway of ${item.state.cidr} (VNet ${item.service.vnet}, layout ${named(item.layout)}) and of ${other.state.cidr} (VNet ${other.service.vnet}, layout ${named(other.layout)}), which overlap: it could not tell where to send a packet. Choose another network, or another gateway node.`;
      return [problem("host-services-clash", "error", [item.key, other.key], message, { field: "cidr" })];
    }),
  );
}

function routeClashes(served: readonly ServedSubnet[]): Problem[] {
  const known = new Map<string, { readonly via: string; readonly item: ServedSubnet }>();
  return served.flatMap((item) =>
    (item.service.routes ?? []).flatMap(({ destination, via }) => {
      const cidr = parseCidr(destination);
      const name = `${item.node} ${cidr.ok ? cidr.value : destination}`;
      const other = known.get(name);
      if (!other) known.set(name, { via, item });
      // Within one layout the rules of routes say it.
      if (!other || other.via === via || other.item.layout === item.layout) return [];
      const message = `${item.node} shall route ${destination} via ${other.via} (layout ${named(other.item.layout)}) and via ${via} (layout ${named(item.layout)}). Keep one.`;
      return [problem("host-services-clash", "error", [item.key, other.item.key], message, { field: "routes" })];
    }),
  );
}

function byNode(served: readonly ServedSubnet[]): Map<string, ServedSubnet[]> {
  const nodes = new Map<string, ServedSubnet[]>();
  for (const item of served) {
    const list = nodes.get(item.node);
    if (list) list.push(item);
    else nodes.set(item.node, [item]);
  }
  return nodes;
}

const named = (layout: string): string => (layout === "" ? "without a name" : layout);
