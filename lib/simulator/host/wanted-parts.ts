import type { HostState, HostVnet, Part } from "@/lib/simulator/host/host-state";

/** What a node has of interfaces, as far as the agent asks. */
export interface Links {
  /** VNets of the node's running SDN configuration that are up. */
  readonly vnets: ReadonlySet<string>;
  /** Interfaces of the node's own configuration. */
  readonly own: ReadonlySet<string>;
  /** Where the node's own default route leaves. */
  readonly uplink: string;
}

export interface Waiting {
  readonly object: string;
  readonly reason: string;
}

const snippet = "/etc/network/interfaces.d/trunkline";
const defaultRepairSeconds = 60;

const isSix = (cidr: string) => cidr.includes(":");
const addressesOf = ({ subnets }: HostVnet) => subnets.map(({ cidr, gateway }) => `${gateway}/${cidr.split("/")[1]}`);
const needsServer = ({ ra, subnets }: HostVnet) => ra !== null || subnets.some(({ dhcp }) => dhcp !== null);

/** What dnsmasq reads at its start, and what it reads again without one. */
function serverFiles(vnet: HostVnet): { readonly conf: string; readonly hosts: string } {
  const { mtu, ra, subnets } = vnet;
  const conf = subnets.map(({ cidr, gateway, dhcp }) => ({
    cidr,
    gateway,
    dhcp: dhcp && { ...dhcp, reservations: [] },
  }));
  return {
    conf: JSON.stringify({ mtu, ra, conf }),
    hosts: JSON.stringify(subnets.map(({ dhcp }) => dhcp?.reservations ?? [])),
  };
}

function rulesOf(vnets: readonly HostVnet[]): string {
  return JSON.stringify(
    vnets.map(({ vnet, guard, guardExceptions, forward, subnets }) => ({
      ...{ vnet, guard, guardExceptions, forward },
      subnets: subnets.map(({ cidr, gateway, snat }) => ({ cidr, gateway, snat })),
    })),
  );
}

function forwardingOf(state: HostState, links: Links): Part[] {
  const parts: Part[] = [];
  const four = state.vnets.filter(({ subnets }) => subnets.some(({ cidr }) => !isSix(cidr)));
  const served = four.filter(({ vnet }) => links.vnets.has(vnet)).map(({ vnet }) => vnet);
  const uplinks = new Set(
    four.flatMap(({ subnets }) => subnets.flatMap(({ snat, cidr }) => (snat && !isSix(cidr) ? [snat.uplink] : []))),
  );
  if (four.length > 0) uplinks.add(links.uplink);
  for (const name of [...served, ...[...uplinks].filter((uplink) => links.own.has(uplink)).sort()])
    parts.push({
      ...{ what: "forwarding", object: `ipv4/conf/${name}/forwarding`, content: "1" },
      ...(links.vnets.has(name) ? { link: name } : {}),
    });
  if (state.vnets.some(({ subnets }) => subnets.some(({ cidr }) => isSix(cidr))))
    parts.push({ what: "forwarding", object: "ipv6/conf/all/forwarding", content: "1" });
  return parts;
}

function servedOf(vnet: HostVnet, links: Links): Part[] {
  const name = vnet.vnet;
  if (!links.vnets.has(name)) return [];
  const own = addressesOf(vnet);
  return [
    ...(own.length > 0 ? [{ what: "mac", object: `${name} ${vnet.mac}`, content: "", link: name }] : []),
    ...own.map((each) => ({ what: "address", object: `${name} ${each}`, content: "", link: name })),
  ];
}

function serverOf(vnet: HostVnet, links: Links): Part[] {
  if (!needsServer(vnet)) return [];
  const name = vnet.vnet;
  const { conf, hosts } = serverFiles(vnet);
  return [
    { what: "dhcp", object: name, content: conf },
    { what: "reservations", object: name, content: hosts },
    { what: "unit", object: `trunkline-dhcp@${name}.service`, content: "" },
    ...(links.vnets.has(name) ? [{ what: "server", object: name, content: `${conf}${hosts}`, link: name }] : []),
  ];
}

/** Everything a state makes of a node as it is now, in the agent's order. */
export function wantedParts(state: HostState, links: Links): Part[] {
  const { vnets, routes, repairSeconds } = state;
  const addresses = vnets.map((vnet) => [vnet.vnet, vnet.mac, ...addressesOf(vnet)]);
  return [
    { what: "nft", object: "inet trunkline", content: rulesOf(vnets) },
    ...forwardingOf(state, links),
    { what: "snippet", object: snippet, content: JSON.stringify(addresses) },
    ...vnets.flatMap((vnet) => servedOf(vnet, links)),
    ...vnets.flatMap((vnet) => serverOf(vnet, links)),
    ...routes.map(({ destination, via }) => ({ what: "route", object: `${destination} via ${via}`, content: "" })),
    ...(repairSeconds === defaultRepairSeconds
      ? []
      : [{ what: "timer", object: "trunkline-host.timer", content: `every ${repairSeconds} s` }]),
  ];
}

/** What cannot be served now, with the agent's reasons. */
export function waitingOf(state: HostState, links: Links): Waiting[] {
  const uplinks = new Set(
    state.vnets.flatMap(({ subnets }) => subnets.flatMap(({ snat }) => (snat === null ? [] : [snat.uplink]))),
  );
  return [
    ...[...uplinks]
      .filter((name) => !links.own.has(name) && !links.vnets.has(name))
      .map((object) => ({ object, reason: "the uplink is not there, so nothing leaves through it" })),
    ...state.vnets
      .filter(({ vnet }) => !links.vnets.has(vnet))
      .map(({ vnet }) => ({
        object: vnet,
        reason: "the VNet is not there yet; it is served as soon as it appears",
      })),
  ];
}
