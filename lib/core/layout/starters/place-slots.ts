import type { HostService, Layout, Zone } from "@/lib/core/layout/model";
import { hostServiceKey } from "@/lib/core/plan/entity";
import { err, ok } from "@/lib/core/result";
import { type ParameterValue, problemWith } from "./parameter";
import { groupedBy, type Slot, slotId, someOf } from "./slot";

/** Where a saved layout is put: nodes, gateway nodes, bridges. */
export function placeSlots(layout: Layout): Slot[] {
  return [...nodeSlots(layout), ...gatewaySlots(layout), ...bridgeSlots(layout)];
}

const keyOf = ({ vnet, cidr }: HostService): string => hostServiceKey(vnet, cidr);

/** One set of nodes for all zones that have the same. A zone without a list is on every node, wherever that is. */
function nodeSlots(layout: Layout): Slot[] {
  const groups = [...groupedBy(layout.zones, ({ nodes }) => nodes?.toSorted().join(" ")).values()];
  return groups.map((zones, index): Slot => {
    const ids = new Set(zones.map(({ id }) => id));
    const before = zones[0]?.nodes ?? [];
    const label = groups.length === 1 ? "Nodes" : `Nodes of ${someOf([...ids])}`;
    return {
      parameter: {
        id: slotId("nodes", index),
        kind: "nodes",
        label,
        help: `The nodes that ${someOf([...ids])} reaches.`,
        default: before,
        prefer: "own",
        least: 1,
      },
      put: (next, value) => ok(onNodes(next, ids, { before, after: typeof value === "object" ? value : before })),
    };
  });
}

interface Places {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function onNodes(layout: Layout, zones: ReadonlySet<string>, { before, after }: Places): Layout {
  const same = new Set(before).size === after.length && before.every((name) => after.includes(name));
  if (same) return layout;
  /** A node that stays is itself; the others follow by their place in the list. */
  const moved = (name: string): string =>
    after.includes(name) ? name : (after[before.indexOf(name)] ?? after[0] ?? name);
  const vnets = new Set(layout.vnets.filter(({ zone }) => zones.has(zone)).map(({ id }) => id));
  const { hostServices } = layout;
  return {
    ...layout,
    zones: layout.zones.map((zone) => (zones.has(zone.id) ? zoneOn(zone, [...after], moved) : zone)),
    ...(hostServices
      ? {
          hostServices: hostServices.map((service) =>
            vnets.has(service.vnet) && service.gatewayNode !== undefined
              ? { ...service, gatewayNode: moved(service.gatewayNode) }
              : service,
          ),
        }
      : {}),
  };
}

function zoneOn(zone: Zone, nodes: string[], moved: (name: string) => string): Zone {
  const { exitnodes, "exitnodes-primary": primary } = zone;
  return {
    ...zone,
    nodes,
    ...(exitnodes ? { exitnodes: [...new Set(exitnodes.map(moved))] } : {}),
    ...(primary === undefined ? {} : { "exitnodes-primary": moved(primary) }),
  };
}

/** The gateway node is asked for where there is a choice: on one node it can only be that one. */
function gatewaySlots(layout: Layout): Slot[] {
  const zones = new Map(layout.zones.map((zone) => [zone.id, zone]));
  const zoneOf = new Map(layout.vnets.map(({ id, zone }) => [id, zone]));
  const nodesOf = (service: HostService) => zones.get(zoneOf.get(service.vnet) ?? "")?.nodes;
  const open = (layout.hostServices ?? []).filter((service) => {
    const nodes = nodesOf(service);
    return nodes === undefined || (nodes.length > 1 && nodes.includes(service.gatewayNode ?? ""));
  });
  const groups = [...groupedBy(open, ({ gatewayNode }) => gatewayNode)];
  return groups.map(([node, services], index): Slot => {
    const keys = new Set(services.map(keyOf));
    const label = groups.length === 1 ? "Gateway node" : `Gateway node of ${someOf(vnetsOf(services))}`;
    const help = `The one node that is the gateway of ${someOf(vnetsOf(services))}. It must be among the nodes.`;
    const parameter = { id: slotId("gatewayNode", index), kind: "node" as const, label, help, default: node };
    return {
      parameter,
      put(next, value) {
        const name = String(value);
        const now = new Map(next.zones.map((zone) => [zone.id, zone.nodes]));
        const outside = services.map(({ vnet }) => now.get(zoneOf.get(vnet) ?? "")).find((nodes) => lacks(nodes, name));
        if (outside) {
          const reason = `${name} is not among the nodes of the zone; choose one of ${outside.join(", ")}.`;
          return err(problemWith(parameter, reason));
        }
        return ok(name === node ? next : withServices(next, keys, (service) => ({ ...service, gatewayNode: name })));
      },
    };
  });
}

const lacks = (nodes: readonly string[] | undefined, name: string): boolean =>
  nodes !== undefined && !nodes.includes(name);

const vnetsOf = (services: readonly HostService[]): string[] => [...new Set(services.map(({ vnet }) => vnet))];

function withServices(
  layout: Layout,
  keys: ReadonlySet<string>,
  change: (service: HostService) => HostService,
): Layout {
  if (!layout.hostServices) return layout;
  const hostServices = layout.hostServices.map((service) => (keys.has(keyOf(service)) ? change(service) : service));
  return { ...layout, hostServices };
}

/** A bridge of zones, which is also the way out of their networks where an uplink has its name. */
function bridgeSlots(layout: Layout): Slot[] {
  const zones = groupedBy(layout.zones, ({ bridge }) => bridge);
  const services = groupedBy(layout.hostServices ?? [], ({ uplink }) => uplink);
  const names = [...new Set([...zones.keys(), ...services.keys()])];
  return names.map((name, index): Slot => {
    const ids = new Set(zones.get(name)?.map(({ id }) => id));
    const keys = new Set(services.get(name)?.map(keyOf));
    const what = ids.size > 0 ? `The bridge that ${someOf([...ids])} is on.` : "The bridge that leads out.";
    return {
      parameter: {
        id: slotId("bridge", index),
        kind: "bridge",
        label: ids.size > 0 ? (zones.size === 1 ? "Bridge" : `Bridge of ${someOf([...ids])}`) : `Uplink ${name}`,
        help: what,
        default: name,
      },
      put: (next, value: ParameterValue) => {
        const bridge = String(value);
        if (bridge === name) return ok(next);
        const moved = { ...next, zones: next.zones.map((zone) => (ids.has(zone.id) ? { ...zone, bridge } : zone)) };
        return ok(withServices(moved, keys, (service) => ({ ...service, uplink: bridge })));
      },
    };
  });
}
