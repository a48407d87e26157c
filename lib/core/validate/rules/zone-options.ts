import type { Zone, ZoneType } from "@/lib/core/layout/model";
import { A_ZONE } from "@/lib/core/layout/zone-words";
import { type Address, readAddress, renderAddress } from "@/lib/core/net/address";
import { zoneKey } from "@/lib/core/plan/entity";
import type { ClusterFacts, NodeFacts } from "@/lib/core/ports";
import type { Problem } from "@/lib/core/problem";
import { nodesOf, problem, type Rule, removeFix, setFix } from "../subject";
import { mtu } from "./mtu";

type Option = Exclude<keyof Zone, "id" | "type" | "proxmox">;

const EVERYWHERE: readonly Option[] = ["nodes", "mtu", "ipam", "dns", "reversedns", "dnszone"];

/** What each zone type takes besides the common options (PVE::Network::SDN::Zones::*Plugin, options and properties). */
const TAKES: Readonly<
  Record<ZoneType, { readonly required: readonly Option[]; readonly optional: readonly Option[] }>
> = {
  simple: { required: [], optional: ["dhcp"] },
  vlan: { required: ["bridge"], optional: ["bridge-disable-mac-learning"] },
  qinq: { required: ["bridge", "tag"], optional: ["vlan-protocol", "bridge-disable-mac-learning"] },
  vxlan: { required: [], optional: ["peers", "fabric", "vxlan-port"] },
  evpn: {
    required: ["controller", "vrf-vxlan"],
    optional: [
      "mac",
      "exitnodes",
      "exitnodes-primary",
      "exitnodes-local-routing",
      "advertise-subnets",
      "disable-arp-nd-suppression",
      "rt-import",
      "vxlan-port",
      "bridge-disable-mac-learning",
    ],
  },
};

/** Options of zones: required, supported by the type, complete, and of a sensible form. */
export const zoneOptions: Rule = ({ layout, facts }) =>
  layout.zones.flatMap((zone) => [
    ...presence(zone),
    ...lists(zone),
    ...mtu(zone, facts),
    ...(zone.type === "vxlan" ? vxlan(zone, facts) : []),
    ...(zone.type === "evpn" ? evpn(zone) : []),
    ...common(zone),
  ]);

const isSet = (value: unknown): boolean =>
  value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);

function presence(zone: Zone): Problem[] {
  const key = zoneKey(zone.id);
  const { required, optional } = TAKES[zone.type];
  const problems: Problem[] = [];
  for (const field of required) {
    if (isSet(zone[field])) continue;
    // An empty bridge would make the whole zone configuration of the cluster unreadable (recorded as empty-string-values).
    const message = `Zone ${zone.id} has no ${field}, and ${A_ZONE[zone.type]} cannot do without it. Set it.`;
    problems.push(problem("option-missing", "error", key, message, { field }));
  }
  return [...problems, ...unsupported(zone, [...EVERYWHERE, ...required, ...optional])];
}

function unsupported(zone: Zone, taken: readonly Option[]): Problem[] {
  const key = zoneKey(zone.id);
  const { id: _, type, proxmox: __, ...options } = zone;
  return (Object.keys(options) as Option[]).flatMap((field): Problem[] => {
    if (zone[field] === undefined) return [];
    const more = { field, fix: removeFix(key, field) };
    if (!taken.includes(field)) {
      const hint = field === "dhcp" ? " Its DHCP serves simple zones only." : "";
      const message = `A ${type} zone takes no ${field}; Proxmox would refuse the zone.${hint} Remove it.`;
      return [problem("option-not-supported", "error", key, message, more)];
    }
    if (zone[field] !== "" || TAKES[type].required.includes(field)) return [];
    return [problem("value-empty", "error", key, `${field} of zone ${zone.id} is empty; leave it out.`, more)];
  });
}

function lists(zone: Zone): Problem[] {
  const key = zoneKey(zone.id);
  return (["nodes", "peers", "exitnodes"] as const).flatMap((field): Problem[] => {
    const list = zone[field];
    if (!list) return [];
    if (list.length === 0) {
      const effect =
        field === "nodes"
          ? "to Proxmox that means every node. Name the nodes, or remove the list to mean all"
          : "leave it out";
      const more = { field, fix: removeFix(key, field) };
      return [problem("list-empty", "error", key, `${field} of zone ${zone.id} is an empty list; ${effect}.`, more)];
    }
    const clean = [...new Set(list.map((item) => item.trim()).filter((item) => item !== ""))];
    if (clean.length === list.length && clean.every((item, at) => item === list[at])) return [];
    const twice = list.find((item, at) => item !== "" && list.indexOf(item) !== at);
    const fault = twice === undefined ? "an empty entry or spaces" : `${twice} twice`;
    const fix = setFix("Clean the list", key, field, clean.length > 0 ? clean : undefined);
    return [problem("list-duplicate", "warning", key, `${field} of zone ${zone.id} holds ${fault}.`, { field, fix })];
  });
}

function vxlan(zone: Zone, facts: ClusterFacts | null): Problem[] {
  const key = zoneKey(zone.id);
  const problems: Problem[] = [];
  if (!isSet(zone.peers) && !isSet(zone.fabric)) {
    const message = `Zone ${zone.id} has neither peers nor a fabric; a VXLAN zone needs the addresses of its nodes as peers, or a fabric.`;
    problems.push(problem("option-missing", "error", key, message, { field: "peers" }));
  } else if (isSet(zone.peers) && isSet(zone.fabric)) {
    const message = `Zone ${zone.id} has peers and a fabric; Proxmox takes exactly one of them. Remove one.`;
    const more = { field: "peers", fix: removeFix(key, "peers") };
    problems.push(problem("option-conflict", "error", key, message, more));
  }
  const peers = new Set<Address>();
  for (const peer of zone.peers ?? []) {
    const address = readAddress(peer.trim());
    if (address) peers.add(renderAddress(address));
    else if (peer.trim() !== "") {
      const message = `The peer ${peer} is not an address; name the nodes by the addresses they reach each other on.`;
      problems.push(problem("option-invalid", "error", key, message, { field: "peers" }));
    }
  }
  if (facts && peers.size > 0) problems.push(...missingPeers(zone, peers, facts));
  return [...problems, ...port(zone)];
}

/** A node whose address is not among the peers gets no tunnel: Proxmox builds the VNet there with nothing behind it. */
function missingPeers(zone: Zone, peers: ReadonlySet<Address>, facts: ClusterFacts): Problem[] {
  const key = zoneKey(zone.id);
  const names = nodesOf(zone, facts) ?? [];
  const missing = facts.nodes.filter(
    (node) =>
      names.includes(node.name) && node.bridges !== null && !addressesOf(node).some((address) => peers.has(address)),
  );
  return missing.map((node) => {
    const message = `Node ${node.name} is in zone ${zone.id}, but none of its addresses is among the peers, so it would get no tunnel. Add its address${node.address ? ` (${node.address})` : ""}.`;
    const fix = node.address
      ? setFix(`Add ${node.address}`, key, "peers", [...(zone.peers ?? []), node.address])
      : null;
    return problem("peer-missing", "error", key, message, { field: "peers", fix });
  });
}

function addressesOf(node: NodeFacts): Address[] {
  const texts = [...(node.address ? [node.address] : []), ...node.interfaces.flatMap((face) => face.addresses)];
  return texts.flatMap((text) => {
    const read = readAddress(text.split("/")[0] ?? "");
    return read ? [renderAddress(read)] : [];
  });
}

function port(zone: Zone): Problem[] {
  const value = zone["vxlan-port"];
  if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= 65_535)) return [];
  const key = zoneKey(zone.id);
  const message = `${value} is not a UDP port; use 1 to 65535, or leave it out for 4789.`;
  const more = { field: "vxlan-port", fix: removeFix(key, "vxlan-port") };
  return [problem("option-invalid", "error", key, message, more)];
}

function evpn(zone: Zone): Problem[] {
  const key = zoneKey(zone.id);
  const problems = port(zone);
  const invalid = (field: Option, message: string) =>
    problems.push(problem("option-invalid", "error", key, message, { field }));
  if (zone.mac !== undefined && zone.mac !== "" && !/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(zone.mac)) {
    invalid("mac", `${zone.mac} is not a MAC address; write it like BC:24:11:00:00:01, or leave it out.`);
  }
  const imports = zone["rt-import"];
  if (imports && !imports.split(/[,;\s]+/).every(isRouteTarget)) {
    invalid("rt-import", `${imports} is not a list of route targets; write them like 65000:100.`);
  }
  const primary = zone["exitnodes-primary"];
  if (primary && !zone.exitnodes?.includes(primary)) {
    invalid(
      "exitnodes-primary",
      `${primary} is the primary exit node but not one of the exit nodes. Add it there or choose another.`,
    );
  }
  const outside = zone.nodes && zone.exitnodes?.filter((name) => name !== "" && !zone.nodes?.includes(name));
  if (outside && outside.length > 0) {
    invalid(
      "exitnodes",
      `${outside.join(", ")} cannot be an exit node of zone ${zone.id}: it is not among the zone's nodes.`,
    );
  }
  return problems;
}

function isRouteTarget(text: string): boolean {
  const match = /^([0-9]{1,10}):([0-9]{1,10})$/.exec(text);
  return match !== null && Number(match[1]) <= 4_294_967_295 && Number(match[2]) <= 4_294_967_295;
}

/** Options that need another one. DHCP without IPAM is accepted by Proxmox and useless: no lease is ever given. */
function common(zone: Zone): Problem[] {
  const key = zoneKey(zone.id);
  const problems: Problem[] = [];
  if (zone.type === "simple" && zone.dhcp !== undefined && !zone.ipam) {
    const message = `Zone ${zone.id} has DHCP but no IPAM, so no guest would ever get a lease. Set ipam to pve.`;
    const more = { field: "ipam", fix: setFix("Set ipam to pve", key, "ipam", "pve") };
    problems.push(problem("dhcp-without-ipam", "error", key, message, more));
  }
  if (zone.dnszone && !zone.dns) {
    const message = `Zone ${zone.id} has a DNS zone but no DNS plugin; Proxmox takes dnszone only together with dns.`;
    problems.push(problem("option-missing", "error", key, message, { field: "dns" }));
  }
  return problems;
}
