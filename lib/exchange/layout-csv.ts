import type { Layout, Vnet, Zone } from "@/lib/core/layout/model";
import { type Cell, csvText } from "./csv";
import { hasSnat, type Network, networksOf, providerOf, rangesOf } from "./networks";

interface Row {
  readonly zone: Zone | null;
  readonly vnet: Vnet | null;
  readonly network: Network | null;
}

const list = (values: readonly string[] | undefined): string => (values ?? []).join("; ");
const flag = (value: boolean | undefined): string => (value ? "true" : "");

/** Headings are the layout's own keys. */
const COLUMNS = [
  ["zone", ({ zone, vnet }) => zone?.id ?? vnet?.zone],
  ["type", ({ zone }) => zone?.type],
  ["bridge", ({ zone }) => zone?.bridge],
  ["nodes", ({ zone }) => list(zone?.nodes)],
  ["vnet", ({ vnet, network }) => vnet?.id ?? network?.vnet],
  ["tag", ({ vnet }) => vnet?.tag],
  ["alias", ({ vnet }) => vnet?.alias],
  ["vlanaware", ({ vnet }) => flag(vnet?.vlanaware)],
  ["isolate-ports", ({ vnet }) => flag(vnet?.["isolate-ports"])],
  ["site", ({ vnet }) => vnet?.site],
  ["status", ({ vnet }) => vnet?.status],
  ["role", ({ vnet }) => vnet?.role],
  ["cidr", ({ network }) => network?.cidr],
  ["gateway", ({ network }) => network?.subnet?.gateway],
  ["snat", ({ network }) => network && flag(hasSnat(network))],
  ["dhcp-range", ({ network }) => network && list(rangesOf(network))],
  ["dns-servers", ({ network }) => network && list(nameServers(network))],
  ["domain", ({ network }) => network?.service?.dhcp?.domain],
  ["lease", ({ network }) => network?.service?.dhcp?.lease],
  ["provider", ({ network }) => network && providerOf(network)],
  ["gatewayNode", ({ network }) => network?.service?.gatewayNode],
  ["uplink", ({ network }) => network?.service?.uplink],
] as const satisfies readonly (readonly [string, (row: Row) => Cell | null | undefined])[];

/** A layout as CSV with a heading line: a line per subnet, and one for every VNet that has none. */
export const layoutToCsv = (layout: Layout): string => csvText(layoutToRows(layout));

/** The same as rows of cells, the headings first. */
export function layoutToRows(layout: Layout): readonly (readonly Cell[])[] {
  const { zones, stray } = networksOf(layout);
  const rows = zones.flatMap(({ zone, vnets }) =>
    vnets.flatMap(({ vnet, networks }): Row[] =>
      networks.length > 0 ? networks.map((network) => ({ zone, vnet, network })) : [{ zone, vnet, network: null }],
    ),
  );
  const lost = stray.map((network): Row => ({ zone: null, vnet: null, network }));
  return [
    COLUMNS.map(([name]) => name),
    ...[...rows, ...lost].map((row) => COLUMNS.map(([, value]): Cell => value(row) ?? "")),
  ];
}

const nameServers = ({ subnet, service }: Network): string[] => {
  const own = subnet?.["dhcp-dns-server"];
  return [...(own ? [own] : []), ...(service?.dhcp?.dnsServers ?? [])];
};
