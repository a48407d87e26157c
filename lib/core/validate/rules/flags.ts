import type { HostService } from "@/lib/core/layout/model";
import { A_ZONE } from "@/lib/core/layout/zone-words";
import { renderAddress } from "@/lib/core/net/address";
import { hostsOf } from "@/lib/core/net/cidr";
import { hostServiceKey } from "@/lib/core/plan/entity";
import type { Fix, Problem } from "@/lib/core/problem";
import { problem, type Rule, type SubnetInPlace, servedByProxmox, setFix } from "../subject";

/** Settings that make no sense without another, or that Proxmox would silently ignore. */
export const flags: Rule = ({ subnets, hostServices }) => {
  const services = new Map(hostServices.map(({ key, service }) => [key, service]));
  return subnets.flatMap((place) => {
    const { subnet, zone } = place;
    const service = services.get(hostServiceKey(subnet.vnet, subnet.cidr));
    return [
      ...(subnet.gateway === undefined ? needsGateway(place, service) : []),
      ...(zone ? ignored(place, servedByProxmox(zone)) : []),
    ];
  });
};

function needsGateway(place: SubnetInPlace, service: HostService | undefined): Problem[] {
  const { subnet, zone } = place;
  const served = zone !== null && servedByProxmox(zone);
  const ownDhcp = served && zone.dhcp !== undefined && (subnet["dhcp-range"] ?? []).length > 0;
  const ownSnat = served && subnet.snat === true;
  return [
    ...(ownDhcp || service?.dhcp ? [withoutGateway(place, "dhcp-without-gateway")] : []),
    ...(ownSnat || service?.snat ? [withoutGateway(place, "snat-without-gateway")] : []),
  ];
}

/** The missing thing is the gateway, so that is the field to go to. */
function withoutGateway(
  { key, subnet, network }: SubnetInPlace,
  code: "dhcp-without-gateway" | "snat-without-gateway",
): Problem {
  const first = network && renderAddress({ family: network.family, value: hostsOf(network).first });
  const why =
    code === "dhcp-without-gateway"
      ? "has DHCP but no gateway: guests would get an address and no way out, and the DHCP server no address to answer from"
      : "has SNAT but no gateway: nothing would send its packets to the node to be translated";
  const offer = first ? ` Set one, for example ${first}.` : " Set one.";
  const fix: Fix | null = first ? setFix(`Set gateway ${first}`, key, "gateway", first) : null;
  return problem(code, "error", key, `${subnet.cidr} ${why}.${offer}`, { field: "gateway", fix });
}

/**
 * In VLAN, QinQ and VXLAN zones a subnet is IPAM data only: Proxmox stores SNAT and ranges and does nothing with them
 * (proved by the generated files). They are never sent, so the person has to choose who provides them.
 */
function ignored({ key, subnet, zone }: SubnetInPlace, served: boolean): Problem[] {
  if (!zone) return [];
  const problems: Problem[] = [];
  const ranges = subnet["dhcp-range"] ?? [];
  if (!served) {
    const fix: Fix = { kind: "move-to-host-services", label: "Move to host services", key };
    const say = (field: string, what: string) => {
      const message = `Proxmox ignores ${what} on ${A_ZONE[zone.type]}, so it is not sent. Let a node provide it: move it to host services.`;
      problems.push(problem("service-ignored", "warning", key, message, { field, fix }));
    };
    if (subnet.snat) say("snat", "SNAT");
    if (ranges.length > 0) say("dhcp-range", "DHCP");
    if (subnet["dhcp-dns-server"]) say("dhcp-dns-server", "a DHCP DNS server");
  } else if (zone.type === "evpn" && ranges.length > 0) {
    const fix: Fix = { kind: "move-to-host-services", label: "Move to host services", key };
    const message =
      "Proxmox serves DHCP in simple zones only, and the agent does not serve EVPN zones, so nobody would hand out this range. Let a guest provide it: move it to host services.";
    problems.push(problem("service-ignored", "warning", key, message, { field: "dhcp-range", fix }));
  } else if (ranges.length > 0 && zone.dhcp === undefined) {
    const message = `${subnet.cidr} has a DHCP range, but zone ${zone.id} has no DHCP; set dhcp of the zone to dnsmasq, or remove the range.`;
    problems.push(problem("range-unused", "warning", key, message, { field: "dhcp-range" }));
  }
  return problems;
}
