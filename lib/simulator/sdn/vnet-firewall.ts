import { createHash } from "node:crypto";
import { demandAny } from "@/lib/simulator/access/check";
import type { VnetFirewall } from "@/lib/simulator/cluster/cluster";
import type { Context, Handlers } from "@/lib/simulator/http/context";
import { badParameters, died, diedAt } from "@/lib/simulator/http/refusal";
import { splitList } from "@/lib/simulator/schema/formats";
import { optionalNumber, optionalText, text, without } from "@/lib/simulator/schema/parameters";
import { committed } from "@/lib/simulator/sdn/sdn-config";
import { option, type Section } from "@/lib/simulator/sdn/section";

/** A vnet is addressed in the *running* configuration: before its first apply it is refused (500), then rights count. */
function demandRunningVnet({ cluster, caller, parameters }: Context, privileges: readonly string[]): void {
  const id = text(parameters, "vnet");
  const vnet = committed(cluster.running, "vnets").get(id);
  if (!vnet) throw diedAt("invalid vnet specified", "API2/Firewall/Helpers", 54);
  demandAny(caller, `/sdn/zones/${option(vnet, "zone")}/${id}`, privileges);
}

const readers = ["SDN.Audit", "SDN.Allocate"] as const;
const writers = ["SDN.Allocate"] as const;

function firewallOf({ cluster, parameters }: Context): VnetFirewall {
  return cluster.firewalls.get(text(parameters, "vnet")) ?? { options: {}, rules: [] };
}

function store({ cluster, parameters }: Context, firewall: VnetFirewall): null {
  cluster.firewalls.set(text(parameters, "vnet"), firewall);
  cluster.onChange(false);
  return null;
}

function listRules(context: Context) {
  demandRunningVnet(context, readers);
  const { rules } = firewallOf(context);
  return rules.map((rule, pos) => ({ ...rule, pos, digest: digestOf(rules) }));
}

function digestOf(value: unknown): string {
  return createHash("sha1").update(JSON.stringify(value)).digest("hex");
}

function position({ parameters }: Context, rules: readonly Section[]): number {
  const pos = optionalNumber(parameters, "pos") ?? -1;
  if (pos < 0 || pos >= rules.length) throw died(`no rule at position ${pos}`);
  return pos;
}

function demandGoodRule(rule: Section): void {
  const type = option(rule, "type");
  if (type !== "forward" && type !== "group") throw badParameters({ type: "rule type not allowed on a vnet" });
  if (type === "forward" && !["ACCEPT", "DROP", "REJECT"].includes(option(rule, "action")))
    throw badParameters({ action: "unknown action" });
  if ((option(rule, "dport") !== "" || option(rule, "sport") !== "") && option(rule, "proto") === "")
    throw badParameters({ proto: "missing property - ports need a protocol" });
}

function addRule(context: Context): null {
  demandRunningVnet(context, writers);
  const { options, rules } = firewallOf(context);
  const rule = { enable: 0, ...without(context.parameters, ["vnet", "pos", "digest"]) };
  demandGoodRule(rule);
  return store(context, { options, rules: [rule, ...rules] });
}

function changeRule(context: Context): null {
  demandRunningVnet(context, writers);
  const { options, rules } = firewallOf(context);
  const pos = position(context, rules);
  const moveto = optionalNumber(context.parameters, "moveto");
  const old = rules[pos] ?? {};
  const others = rules.filter((_, index) => index !== pos);
  if (moveto !== undefined)
    return store(context, { options, rules: others.toSpliced(Math.min(moveto, others.length), 0, old) });
  const removed = splitList(optionalText(context.parameters, "delete") ?? "");
  const rule = without(
    { ...old, ...without(context.parameters, ["vnet", "pos", "digest", "moveto", "delete"]) },
    removed,
  );
  demandGoodRule(rule);
  return store(context, { options, rules: others.toSpliced(pos, 0, rule) });
}

function removeRule(context: Context): null {
  demandRunningVnet(context, writers);
  const { options, rules } = firewallOf(context);
  return store(context, { options, rules: rules.toSpliced(position(context, rules), 1) });
}

function changeOptions(context: Context): null {
  demandRunningVnet(context, writers);
  const { options, rules } = firewallOf(context);
  const removed = splitList(optionalText(context.parameters, "delete") ?? "");
  const sent = without(context.parameters, ["vnet", "digest", "delete"]);
  return store(context, { options: without({ ...options, ...sent }, removed), rules });
}

/** A vnet's firewall: takes effect without an apply. */
export const firewallHandlers: Handlers = {
  "GET /cluster/sdn/vnets/{vnet}/firewall": () => [{ name: "options" }, { name: "rules" }],
  "GET /cluster/sdn/vnets/{vnet}/firewall/rules": listRules,
  "POST /cluster/sdn/vnets/{vnet}/firewall/rules": addRule,
  "GET /cluster/sdn/vnets/{vnet}/firewall/rules/{pos}": (context) => {
    demandRunningVnet(context, readers);
    const { rules } = firewallOf(context);
    const pos = position(context, rules);
    return { ...rules[pos], pos, digest: digestOf(rules) };
  },
  "PUT /cluster/sdn/vnets/{vnet}/firewall/rules/{pos}": changeRule,
  "DELETE /cluster/sdn/vnets/{vnet}/firewall/rules/{pos}": removeRule,
  "GET /cluster/sdn/vnets/{vnet}/firewall/options": (context) => {
    demandRunningVnet(context, readers);
    const { options } = firewallOf(context);
    return { ...options, digest: digestOf(options) };
  },
  "PUT /cluster/sdn/vnets/{vnet}/firewall/options": changeOptions,
};
