import { readAddress, renderAddress } from "@/lib/core/net/address";
import type { Network } from "@/lib/core/net/cidr";
import type { HostService, Layout } from "./model";

/** A network that takes another place, of the same size. */
export interface NetworkMove {
  readonly from: Network;
  readonly to: Network;
}

/**
 * Addresses of moved networks that stand elsewhere: DNS servers, routes, options, and sentences that name them. No moved
 * network lies where one lay before, so nothing is moved twice.
 */
export function withMovedTexts(layout: Layout, moves: readonly NetworkMove[]): Layout {
  const move = (text: string): string =>
    text.replace(/[0-9a-fA-F:]*[.:][0-9a-fA-F:.]*[0-9a-fA-F:](?:\/(\d+))?/g, (found, prefix?: string) => {
      const [address = ""] = found.split("/");
      const read = readAddress(address);
      const way = read && moves.find(({ from }) => isIn(from, read) && Number(prefix ?? 128) >= from.prefix);
      if (!read || !way) return found;
      const value = way.to.first + (read.value - way.from.first);
      return `${renderAddress({ family: read.family, value })}${prefix === undefined ? "" : `/${prefix}`}`;
    });
  const { description, hostServices } = layout;
  return {
    ...layout,
    ...(description === undefined ? {} : { description: move(description) }),
    vnets: layout.vnets.map((vnet) => (vnet.alias === undefined ? vnet : { ...vnet, alias: move(vnet.alias) })),
    subnets: layout.subnets.map((subnet) => {
      const server = subnet["dhcp-dns-server"];
      return server === undefined ? subnet : { ...subnet, "dhcp-dns-server": move(server) };
    }),
    ...(hostServices ? { hostServices: hostServices.map((service) => movedService(service, move)) } : {}),
  };
}

const isIn = (network: Network, address: { readonly family: number; readonly value: bigint }): boolean =>
  network.family === address.family && address.value >= network.first && address.value <= network.last;

function movedService(service: HostService, move: (text: string) => string): HostService {
  const { dhcp, routes } = service;
  const next = { ...service };
  if (service.snatExclude) next.snatExclude = service.snatExclude.map(move);
  if (routes) next.routes = routes.map((route) => ({ ...route, via: move(route.via) }));
  if (dhcp) {
    next.dhcp = { ...dhcp };
    if (dhcp.dnsServers) next.dhcp.dnsServers = dhcp.dnsServers.map(move);
    if (dhcp.options) {
      next.dhcp.options = Object.fromEntries(
        Object.entries(dhcp.options).map(([name, value]) => [name, movedOption(value, move)]),
      );
    }
  }
  return next;
}

type Option = NonNullable<NonNullable<HostService["dhcp"]>["options"]>[string];

function movedOption(value: Option, move: (text: string) => string): Option {
  if (typeof value === "string") return move(value);
  if (typeof value === "number") return value;
  const routes = value.flatMap((item) => (typeof item === "string" ? [] : [{ ...item, via: move(item.via) }]));
  return routes.length > 0 ? routes : value.flatMap((item) => (typeof item === "string" ? [move(item)] : []));
}
