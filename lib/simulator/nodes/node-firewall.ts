import * as z from "zod";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import type { Context, Handlers } from "@/lib/simulator/http/context";
import { died } from "@/lib/simulator/http/refusal";
import { text } from "@/lib/simulator/schema/parameters";

/**
 * The firewall of cluster and nodes, read only; off until flags say otherwise, each a JSON text. From the sources of
 * pve-firewall 6, not recorded.
 * - `firewall` = options of the cluster, `firewall-pve1` = those of a node.
 * - `firewall-rules`, `firewall-rules-pve1`, `firewall-group-NAME` = lists of rules.
 */
const optionsSchema = z.record(z.string(), z.union([z.string(), z.number()]));
const rulesSchema = z.array(optionsSchema);

function told<T>(cluster: Cluster, flag: string, schema: z.ZodType<T>): T | undefined {
  const value = cluster.flags.get(flag);
  return value === undefined ? undefined : schema.parse(JSON.parse(value));
}

const digest = "0".repeat(40);

function options({ cluster }: Context, flag: string) {
  return { ...told(cluster, flag, optionsSchema), digest };
}

function rules({ cluster }: Context, flag: string) {
  return (told(cluster, flag, rulesSchema) ?? []).map((rule, pos) => ({ ...rule, pos, digest }));
}

function group(context: Context) {
  const name = text(context.parameters, "group");
  const found = told(context.cluster, `firewall-group-${name}`, rulesSchema);
  if (!found) throw died(`no such security group '${name}'`);
  return found.map((rule, pos) => ({ ...rule, pos, digest }));
}

const nodeOf = ({ cluster, parameters }: Context): string => cluster.node(text(parameters, "node")).name;

export const nodeFirewallHandlers: Handlers = {
  "GET /cluster/firewall/options": (context) => options(context, "firewall"),
  "GET /cluster/firewall/rules": (context) => rules(context, "firewall-rules"),
  "GET /cluster/firewall/groups/{group}": group,
  "GET /nodes/{node}/firewall/options": (context) => options(context, `firewall-${nodeOf(context)}`),
  "GET /nodes/{node}/firewall/rules": (context) => rules(context, `firewall-rules-${nodeOf(context)}`),
};
