import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { guestsOf } from "@/lib/simulator/control/circumstances";
import type { HostRecord, HostVnet, Lease } from "@/lib/simulator/host/host-state";
import { leaseSeconds } from "@/lib/simulator/host/read-state";
import type { SceneGuest } from "@/lib/simulator/scenes/scene";
import { readAddress } from "@/lib/simulator/sdn/addresses";
import { committed } from "@/lib/simulator/sdn/sdn-config";
import { option } from "@/lib/simulator/sdn/section";

interface Asking {
  readonly mac: string;
  readonly hostname: string;
}

/** A container that has a fixed address, or none, asks for nothing. */
const asks = (net: string) => !/(?:^|,)ip=(?!dhcp)/.test(net);

/** The running guests with an interface on a VNet, as its DHCP server on `node` hears them. */
function guestsOn(cluster: Cluster, node: string, vnet: string): Asking[] {
  const zone = option(committed(cluster.running, "vnets").get(vnet) ?? undefined, "zone");
  // A simple zone's bridge reaches no other node.
  const alone = option(committed(cluster.running, "zones").get(zone) ?? undefined, "type") === "simple";
  const hears = (guest: SceneGuest) => guest.running && !guest.template && (!alone || guest.node === node);
  return guestsOf(cluster)
    .filter(hears)
    .flatMap(({ name, nets }) =>
      Object.values(nets)
        .filter((net) => new RegExp(`(?:^|,)bridge=${vnet}(?:,|$)`).test(net) && asks(net))
        .flatMap((net) => /(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/i.exec(net)?.[0] ?? [])
        .map((mac) => ({ mac: mac.toLowerCase(), hostname: name })),
    );
}

const numberOf = (ip: string) => readAddress(ip)?.value ?? 0n;
const fourOf = (value: bigint) => [24n, 16n, 8n, 0n].map((by) => String((value >> by) & 255n)).join(".");

function freeIn(dhcp: NonNullable<HostVnet["subnets"][number]["dhcp"]>, gateway: string, taken: ReadonlySet<string>) {
  const kept = new Set([...taken, gateway, ...dhcp.reservations.map(({ ip }) => ip)]);
  for (const { start, end } of dhcp.ranges)
    for (let value = numberOf(start); value <= numberOf(end); value += 1n)
      if (!kept.has(fourOf(value))) return fourOf(value);
  return undefined;
}

/** What this guest is given: its reservation, what it had, or the first free address of the VNet's IPv4 subnets. */
function leaseFor(vnet: HostVnet, guest: Asking, before: readonly Lease[], nowSeconds: number): Lease | undefined {
  const had = before.find(({ mac }) => mac === guest.mac);
  const taken = new Set(before.filter(({ mac }) => mac !== guest.mac).map(({ ip }) => ip));
  for (const { cidr, gateway, dhcp } of vnet.subnets) {
    if (dhcp === null || cidr.includes(":")) continue;
    const reserved = dhcp.reservations.find(({ mac }) => mac === guest.mac);
    const ip = reserved?.ip ?? had?.ip ?? freeIn(dhcp, gateway, taken);
    if (ip === undefined) continue;
    const seconds = leaseSeconds(dhcp.lease);
    // Clients ask again after half of the time.
    const renews = had === undefined || had.ip !== ip || had.expires - nowSeconds < seconds / 2;
    const expires = renews ? nowSeconds + seconds : had.expires;
    return { vnet: vnet.vnet, mac: guest.mac, ip, hostname: reserved?.hostname ?? guest.hostname, expires };
  }
  return undefined;
}

/** Lets the simulated guests of the VNets whose DHCP server runs ask for an address; forgets leases that are over. */
export function giveLeases(cluster: Cluster, node: string, record: HostRecord): void {
  const now = cluster.nowSeconds();
  const vnets = record.state?.vnets ?? [];
  const running = new Set(record.parts.flatMap(({ what, object }) => (what === "server" ? [object] : [])));
  const kept = record.leases.filter(({ vnet, expires }) => expires > now && vnets.some((one) => one.vnet === vnet));
  record.leases = vnets.flatMap((vnet) => {
    let own = kept.filter((lease) => lease.vnet === vnet.vnet);
    for (const guest of running.has(vnet.vnet) ? guestsOn(cluster, node, vnet.vnet) : []) {
      const lease = leaseFor(vnet, guest, own, now);
      if (lease) own = [...own.filter(({ mac }) => mac !== guest.mac), lease];
    }
    return own;
  });
}
