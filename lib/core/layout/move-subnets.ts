import { type Network, renderCidr } from "@/lib/core/net/cidr";
import { type EntityKey, subnetKey } from "@/lib/core/plan/entity";
import type { SubnetRef } from "./edits";
import type { Layout } from "./model";
import { addressMover, movedService, movedSubnet } from "./move-addresses";
import { type NetworkMove, withMovedTexts } from "./move-texts";

interface SubnetMove extends NetworkMove {
  readonly ref: SubnetRef;
  readonly from: Network;
}

/**
 * Moves many subnets at once, each to a network of its own size, with every address in it wherever that stands. All are
 * judged by where they were before, so one may take the place of another.
 */
export function moveSubnets(layout: Layout, moves: readonly SubnetMove[]): Layout {
  const to = new Map<EntityKey, string>(
    moves.map((move) => [subnetKey(move.ref.vnet, move.ref.cidr), renderCidr(move.to)]),
  );
  const carried = <T extends SubnetRef>(item: T, moved: (item: T, move: (address: string) => string) => T): T => {
    const cidr = to.get(subnetKey(item.vnet, item.cidr));
    return cidr === undefined ? item : { ...moved(item, addressMover(item.cidr, cidr)), cidr };
  };
  const keys = new Map<EntityKey, EntityKey>(
    moves.map(({ ref, to: network }) => [subnetKey(ref.vnet, ref.cidr), subnetKey(ref.vnet, renderCidr(network))]),
  );
  const { hostServices, exceptions } = layout;
  const next: Layout = {
    ...layout,
    subnets: layout.subnets.map((subnet) => carried(subnet, movedSubnet)),
    ...(hostServices ? { hostServices: hostServices.map((service) => carried(service, movedService)) } : {}),
    ...(exceptions
      ? { exceptions: exceptions.map((each) => ({ ...each, at: each.at.map((key) => keys.get(key) ?? key) })) }
      : {}),
  };
  return withMovedTexts(next, moves);
}
