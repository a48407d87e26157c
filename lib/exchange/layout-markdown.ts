import type { Layout, Vnet } from "@/lib/core/layout/model";
import { plural } from "@/lib/core/plural";
import {
  hasSnat,
  type Network,
  networksOf,
  providerOf,
  rangesOf,
  type VnetNetworks,
  type ZoneNetworks,
} from "./networks";

/** A layout as a Markdown page to read: its zones, and for each zone the VNets with their subnets. */
export function layoutToMarkdown(layout: Layout): string {
  const { zones, stray } = networksOf(layout);
  const { name, description, site, status } = layout;
  const about = [site && `Site: ${plain(site)}`, status && `Status: ${plain(status)}`].filter(Boolean).join(" · ");
  const parts = [
    `# ${plain(name) || "Layout"}`,
    ...(description ? [plain(description)] : []),
    ...(about ? [about] : []),
    `${plural(layout.zones.length, "zone")}, ${plural(layout.vnets.length, "VNet")}, ${plural(layout.subnets.length, "subnet")}.`,
    "## Zones",
    zonesTable(layout),
    ...zones.flatMap(zoneParts),
    ...(stray.length > 0 ? ["## Subnets without a VNet", table(NETWORK_HEADS, stray.map(strayCells))] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

function zonesTable({ zones }: Layout): string {
  if (zones.length === 0) return "None.";
  const cells = zones.map(({ id, type, bridge, tag, nodes, mtu, ipam }) => [
    id,
    type,
    bridge ?? "",
    text(tag),
    nodes?.join(", ") || "all",
    text(mtu),
    ipam ?? "",
  ]);
  return table(["Zone", "Type", "Bridge", "Tag", "Nodes", "MTU", "IPAM"], cells);
}

const NETWORK_HEADS = ["VNet", "Tag", "Alias", "Subnet", "Gateway", "SNAT", "DHCP", "Provider"];

function zoneParts({ zone, vnets }: ZoneNetworks): string[] {
  const heading = zone ? `## Zone ${plain(zone.id)} (${zone.type})` : "## VNets without a zone";
  return [heading, vnets.length === 0 ? "No VNets." : table(NETWORK_HEADS, vnets.flatMap(vnetCells))];
}

/** A line per subnet; what belongs to the VNet stands in its first line. */
function vnetCells({ vnet, networks }: VnetNetworks): string[][] {
  const own = [vnet.id, text(vnet.tag), aliasOf(vnet)];
  if (networks.length === 0) return [[...own, "", "", "", "", ""]];
  return networks.map((network, at) => [...(at === 0 ? own : ["", "", ""]), ...networkCells(network)]);
}

const aliasOf = ({ alias = "", vlanaware, ...vnet }: Vnet): string =>
  [alias, vlanaware && "VLAN-aware", vnet["isolate-ports"] && "isolated ports"].filter(Boolean).join(", ");

const strayCells = (network: Network): string[] => [network.vnet, "", "", ...networkCells(network)];

const networkCells = (network: Network): string[] => [
  network.cidr,
  network.subnet?.gateway ?? "",
  hasSnat(network) ? "yes" : "",
  rangesOf(network).join(", "),
  [providerOf(network), network.service?.gatewayNode].filter(Boolean).join(" on "),
];

function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(" | ")} |`;
  return [line(heads), `|${" --- |".repeat(heads.length)}`, ...lines.map(line)].join("\n");
}

/** Text that stands for itself: on one line, and nothing in it is Markdown or HTML. */
const plain = (value: string): string =>
  value
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_[\]<>|~&#$!]|^[-+=]/g, "\\$&")
    .replace(/^(\d+)([.)])(?= |$)/, "$1\\$2");

const text = (value: number | undefined): string => (value === undefined ? "" : String(value));
