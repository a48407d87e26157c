import type { HostService, Layout, Subnet, Vnet } from "@/lib/core/layout/model";
import type { Cidr } from "@/lib/core/net/cidr";
import type { Problem } from "@/lib/core/problem";
import { err, ok, type Result } from "@/lib/core/result";
import { cidrOf, type Frame, namesOf, networkIn, numberOf, routedOn, subnetOf, textOf, vlanLayout } from "./numbers";
import { bridge, domain } from "./one-vlan";
import { type Parameter, problemWith } from "./parameter";
import type { Starter } from "./starter";

/** One VNet of a table: its tag as documented, which is also its part of the address block. */
interface Row {
  readonly id: string;
  readonly number: number;
  readonly prefix: number;
  readonly alias: string;
  readonly role: string;
  readonly gateway: boolean;
}

const row = (id: string, number: number, alias: string, role: string, more: Partial<Row> = {}): Row => ({
  id,
  number,
  prefix: 24,
  alias,
  role,
  gateway: true,
  ...more,
});

const HOMELAB: readonly Row[] = [
  row("vnetmgmt", 10, "Management network", "management"),
  row("vnetobs", 11, "Observability network", "observability"),
  row("vnetdev", 20, "Development network", "development"),
  row("vnetstag", 30, "Staging network", "staging"),
  row("vnetprod", 40, "Production network", "production"),
  row("vnetlab", 50, "Lab network", "lab"),
];

const PRODUCTION: readonly Row[] = [
  row("pmgmt", 110, "Management", "management"),
  row("pobs", 111, "Observability", "observability"),
  row("pstag", 130, "Staging", "staging"),
  row("pprod", 140, "Production", "production", { prefix: 23 }),
  row("pdmz", 150, "DMZ", "dmz"),
  row("pstor", 160, "Storage, not routed", "storage", { gateway: false }),
];

const firstNumber = (rows: readonly Row[]): number => rows[0]?.number ?? 0;
const span = (rows: readonly Row[]): number => (rows.at(-1)?.number ?? 0) - firstNumber(rows);

const firstTag = (rows: readonly Row[]): Parameter => ({
  id: "firstTag",
  kind: "tag",
  label: "First VLAN tag",
  help: `The tag of ${rows[0]?.id}. The others keep their distance to it.`,
  default: firstNumber(rows),
  highest: 4094 - span(rows),
  end: 4094,
});

const block = (rows: readonly Row[]): Parameter => ({
  id: "block",
  kind: "cidr",
  label: "Address block",
  help: `Divided into 256 parts; ${rows[0]?.id} begins with part ${firstNumber(rows)}, and so on.`,
  default: "10.0.0.0/8",
  shortest: 8,
  longest: 16,
});

/** VNets and subnets of a table, shifted to the chosen tag and block. */
function shifted(
  rows: readonly Row[],
  frame: Frame,
  { tag, within }: { tag: number; within: Cidr },
  serve: (vnet: string, cidr: Cidr) => HostService[],
): Result<Layout, Problem[]> {
  const vnets: Vnet[] = [];
  const subnets: Subnet[] = [];
  const services: HostService[] = [];
  const problems: Problem[] = [];
  for (const { id, number, prefix, alias, role, gateway } of rows) {
    const cidr = networkIn(within, number, prefix);
    if (!cidr.ok) {
      problems.push(problemWith(block(rows), cidr.error));
      continue;
    }
    vnets.push({ id, zone: frame.zone, tag: tag + number - firstNumber(rows), alias, role });
    subnets.push(gateway ? subnetOf(id, cidr.value) : { vnet: id, cidr: cidr.value });
    services.push(...serve(id, cidr.value));
  }
  return problems.length > 0 ? err(problems) : ok(vlanLayout(frame, vnets, subnets, services));
}

export const homelabSixVlans: Starter = {
  id: "homelab-six-vlans",
  title: "Homelab, six VLANs",
  summary: "Six VLANs from management to lab, each with a gateway, SNAT and DHCP on one node.",
  tags: ["6 VNets", "gateway on the node", "DHCP"],
  parameters: [
    {
      id: "node",
      kind: "node",
      label: "Node",
      help: "The node the zone is on. It is also the gateway of the networks.",
      default: "pve1",
    },
    bridge,
    firstTag(HOMELAB),
    block(HOMELAB),
    domain,
  ],
  build(values) {
    const home = textOf(values, "node");
    const uplink = textOf(values, "bridge");
    const frame = {
      name: "homelab-six-vlans",
      description: homelabSixVlans.summary,
      zone: "hybzone",
      bridge: uplink,
      nodes: [home],
    };
    const place = { tag: numberOf(values, "firstTag"), within: cidrOf(values, "block") };
    return shifted(HOMELAB, frame, place, (vnet, cidr) => [
      routedOn(home, { vnet, cidr, uplink, domain: textOf(values, "domain") }),
    ]);
  },
};

export const smallProduction: Starter = {
  id: "small-production",
  title: "Small production",
  summary: "Six VLANs on all nodes, routed by a firewall or router at the edge. The nodes provide no services.",
  tags: ["6 VNets", "all nodes", "routed at the edge"],
  parameters: [
    {
      id: "nodes",
      kind: "nodes",
      label: "Nodes",
      help: "The nodes the VLANs reach. Each needs the bridge.",
      default: ["pve1", "pve2", "pve3"],
      prefer: "all",
      least: 1,
    },
    bridge,
    firstTag(PRODUCTION),
    block(PRODUCTION),
  ],
  build(values) {
    const frame = {
      name: "small-production",
      description: smallProduction.summary,
      zone: "prod",
      bridge: textOf(values, "bridge"),
      nodes: namesOf(values, "nodes"),
    };
    const place = { tag: numberOf(values, "firstTag"), within: cidrOf(values, "block") };
    return shifted(PRODUCTION, frame, place, () => []);
  },
};
