import type * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import type { FirewallRule, NodeFirewall } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import { mapBounded } from "./bounded";
import type { Http } from "./http";
import { read } from "./read";
import { clusterFirewallSchema, firewallRulesSchema, nodeFirewallSchema } from "./wire";

type Row = z.output<typeof firewallRulesSchema>[number];

const OFF: NodeFirewall = {
  ...{ on: false, nftables: false, policyIn: "DROP", policyForward: "ACCEPT", ndp: true, rules: [] },
};

/**
 * The firewall of each node: on where cluster and node both have it on, the node's rules before the cluster's
 * (PVE::Firewall, enable_host_firewall). Where the cluster has it off nothing more is asked.
 */
export async function readFirewalls(
  http: Http,
  nodes: readonly string[],
): Promise<Readonly<Record<string, Result<NodeFirewall, Failure>>>> {
  if (nodes.length === 0) return {};
  const cluster = await readCluster(http);
  const found = await mapBounded(
    nodes,
    async (node): Promise<[string, Result<NodeFirewall, Failure>]> => [
      node,
      cluster.ok ? await readNode(http, node, cluster.value) : cluster,
    ],
  );
  return Object.fromEntries(found);
}

interface ClusterFirewall extends NodeFirewall {
  /** The rows of a security group; each is read once. */
  readonly group: (name: string) => Promise<Result<readonly Row[], Failure>>;
}

async function readCluster(http: Http): Promise<Result<ClusterFirewall, Failure>> {
  const groups = new Map<string, Promise<Result<readonly Row[], Failure>>>();
  const group = (name: string) => {
    const rows =
      groups.get(name) ??
      readRules(http, `the security group ${name}`, `/cluster/firewall/groups/${encodeURIComponent(name)}`);
    groups.set(name, rows);
    return rows;
  };
  const what = "read the cluster's firewall";
  const options = await read(http, what, "/cluster/firewall/options", clusterFirewallSchema);
  if (!options.ok) return options;
  const { enable, policy_in, policy_forward } = options.value;
  if (!enable) return ok({ ...OFF, group });
  const rules = await expanded(await readRules(http, "the cluster's firewall", "/cluster/firewall/rules"), group);
  if (!rules.ok) return rules;
  // "allow nothing by default" (PVE::Firewall); the forward policy is open unless somebody closed it.
  const policies = { policyIn: policy_in ?? "DROP", policyForward: policy_forward ?? "ACCEPT" } as const;
  return ok({ ...OFF, on: true, ...policies, rules: rules.value, group });
}

async function readNode(
  http: Http,
  node: string,
  { group, ...cluster }: ClusterFirewall,
): Promise<Result<NodeFirewall, Failure>> {
  if (!cluster.on) return ok(OFF);
  const path = `/nodes/${encodeURIComponent(node)}/firewall`;
  const options = await read(http, `read the firewall of ${node}`, `${path}/options`, nodeFirewallSchema);
  if (!options.ok) return options;
  const { enable, ndp, nftables } = options.value;
  if (isOff(enable)) return ok(OFF);
  const own = await expanded(await readRules(http, `the firewall of ${node}`, `${path}/rules`), group);
  if (!own.ok) return own;
  return ok({ ...cluster, nftables, ndp: !isOff(ndp), rules: [...own.value, ...cluster.rules] });
}

/** Both are on unless somebody says otherwise. */
const isOff = (value: unknown): boolean => value === 0 || value === "0" || value === false || value === "";

async function readRules(http: Http, of: string, path: string): Promise<Result<readonly Row[], Failure>> {
  const rows = await read(http, `read the rules of ${of}`, path, firewallRulesSchema);
  return rows.ok ? ok(rows.value.filter(({ enable }) => enable)) : rows;
}

async function expanded(
  rows: Result<readonly Row[], Failure>,
  group: ClusterFirewall["group"],
): Promise<Result<readonly FirewallRule[], Failure>> {
  if (!rows.ok) return rows;
  const rules: FirewallRule[] = [];
  for (const row of rows.value) {
    if (row.type !== "group") {
      rules.push(...toRule(row, row.iface));
      continue;
    }
    // A group's rule names the group as its action, and may bind all of it to one interface.
    const within = await group(row.action);
    if (!within.ok) return err(within.error);
    rules.push(...within.value.flatMap((one) => toRule(one, one.iface ?? row.iface)));
  }
  return ok(rules);
}

function toRule(row: Row, iface: string | null | undefined): FirewallRule[] {
  const { type, action, macro, proto, sport, dport, source, dest } = row;
  if (type !== "in" && type !== "forward") return [];
  if (action !== "ACCEPT" && action !== "DROP" && action !== "REJECT") return [];
  return [
    {
      ...{ direction: type, action, macro: macro || null, protocol: proto || null, iface: iface || null },
      ...{ sourcePorts: sport || null, ports: dport || null, icmpType: row["icmp-type"] || null },
      narrowed: Boolean(source || dest),
    },
  ];
}
