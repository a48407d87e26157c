import { may } from "@/lib/simulator/access/check";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import type { Context, Handlers } from "@/lib/simulator/http/context";
import { died, diedAt } from "@/lib/simulator/http/refusal";
import { splitList } from "@/lib/simulator/schema/formats";
import { optionalText, type Parameters, text, without } from "@/lib/simulator/schema/parameters";
import { demandDigest } from "@/lib/simulator/sdn/digest";
import { guarded } from "@/lib/simulator/sdn/lock";
import { committed } from "@/lib/simulator/sdn/sdn-config";
import { checkOptions, type OptionTable, option, type Section, updateSection } from "@/lib/simulator/sdn/section";
import { subnetIdentity } from "@/lib/simulator/sdn/subnet-identity";

const remote: OptionTable = { url: "required", token: "required", fingerprint: "optional" };
const ipamTypes: Readonly<Record<string, OptionTable>> = {
  pve: {},
  netbox: remote,
  phpipam: { ...remote, section: "required" },
};
const dnsTypes: Readonly<Record<string, OptionTable>> = {
  powerdns: {
    url: "required",
    key: "required",
    fingerprint: "optional",
    ttl: "optional",
    reversemaskv6: "optional",
    reversev6mask: "optional",
  },
};

/** The two kinds of outside services a zone can name. They have no pending view. */
interface ServiceKind {
  readonly file: "ipams" | "dns";
  readonly key: "ipam" | "dns";
  readonly types: Readonly<Record<string, OptionTable>>;
  /** Kind of object in the refusals to create and update. */
  readonly noun: string;
}

const ipamKind: ServiceKind = { file: "ipams", key: "ipam", types: ipamTypes, noun: "ipam" };
const dnsKind: ServiceKind = { file: "dns", key: "dns", types: dnsTypes, noun: "dns" };

/** A simulated cluster reaches no outside service, so those refuse at create and update. */
function demandReachable(section: Section): void {
  const type = option(section, "type");
  if (type === "pve") return;
  const url = option(section, "url");
  const host = /^https?:\/\/([^/]+)/.exec(url)?.[1];
  const cause = host === undefined ? "400 URL must be absolute" : `500 Can't connect to ${host} (Connection refused)`;
  const prefix = type === "powerdns" ? "dns api error" : `Can't connect to ${type} api`;
  throw died(`${prefix}: Invalid response from server: ${cause}`);
}

function create(cluster: Cluster, kind: ServiceKind, parameters: Parameters): null {
  const id = text(parameters, kind.key);
  const type = text(parameters, "type");
  const table = kind.types[type] ?? {};
  const sent = checkOptions(table, without(parameters, [kind.key, "type", "lock-token"]), true);
  return guarded(cluster, parameters, `create sdn ${kind.noun} object failed`, () => {
    const file = cluster.files[kind.file];
    if (file.has(id)) throw died(`sdn ${kind.noun} object ID '${id}' already defined`);
    const section = { type, ...sent };
    demandReachable(section);
    file.put(id, section, table);
  });
}

function update(cluster: Cluster, kind: ServiceKind, parameters: Parameters): null {
  const id = text(parameters, kind.key);
  return guarded(cluster, parameters, `update sdn ${kind.noun} object failed`, () => {
    const file = cluster.files[kind.file];
    demandDigest(file, parameters);
    const before = file.get(id);
    if (before === undefined) throw died(`sdn '${id}' does not exist`);
    const table = kind.types[option(before, "type")] ?? {};
    const sent = checkOptions(table, without(parameters, [kind.key, "lock-token", "digest", "delete"]), false);
    const after = updateSection(table, before, sent, splitList(optionalText(parameters, "delete") ?? ""));
    demandReachable(after);
    file.put(id, after, table);
  });
}

/** Deleting the built-in ipam is answered with success and does nothing; use by a zone is not checked. */
function remove(cluster: Cluster, kind: ServiceKind, parameters: Parameters): null {
  const id = text(parameters, kind.key);
  return guarded(cluster, parameters, "delete sdn zone object failed", () => {
    const file = cluster.files[kind.file];
    if (!file.has(id)) throw died(`sdn '${id}' does not exist`);
    if (id !== "pve") file.remove(id);
  });
}

function list({ cluster, caller, parameters }: Context, kind: ServiceKind) {
  const type = optionalText(parameters, "type");
  const file = cluster.files[kind.file];
  return [...file.readable()]
    .filter(([, one]) => type === undefined || option(one, "type") === type)
    .filter(([id]) => may(caller, `/sdn/${kind.file}/${id}`, ["SDN.Audit", "SDN.Allocate"], true))
    .map(([id, one]) => ({ ...one, [kind.key]: id, digest: file.digest() }));
}

function read({ cluster, parameters }: Context, kind: ServiceKind) {
  const id = text(parameters, kind.key);
  const file = cluster.files[kind.file];
  const one = file.get(id);
  if (one === undefined) throw died(`sdn '${id}' does not exist`);
  return { ...one, [kind.key]: id, digest: file.digest() };
}

/** Registered addresses in one zone's running subnets, as far as the caller may see their vnets. */
function zoneAddresses({ cluster, caller }: Context, zone: string): readonly unknown[] {
  return [...committed(cluster.running, "subnets")].flatMap(([id, subnet]) => {
    const identity = subnetIdentity(id);
    const vnet = option(subnet ?? undefined, "vnet");
    const visible = may(caller, `/sdn/zones/${zone}/${vnet}`, ["SDN.Audit", "SDN.Allocate"], true);
    if (identity.zone !== zone || !visible) return [];
    return cluster.ipam
      .addressesOf(zone, identity.cidr)
      .map(([ip, entry]) => ({ ...entry, ip, subnet: identity.cidr, vnet, zone }));
  });
}

/** Only running zones that use the built-in ipam *and* DHCP are listed. */
function status(context: Context): readonly unknown[] {
  if (text(context.parameters, "ipam") !== "pve")
    throw diedAt("Currently only PVE IPAM is supported!", "API2/Network/SDN/Ipams", 319);
  return [...committed(context.cluster.running, "zones")].flatMap(([zone, section]) => {
    const listed = option(section ?? undefined, "ipam") === "pve" && option(section ?? undefined, "dhcp") !== "";
    return listed ? zoneAddresses(context, zone) : [];
  });
}

/** Address and name services. */
export const serviceHandlers: Handlers = {
  "GET /cluster/sdn/ipams": (context) => list(context, ipamKind),
  "POST /cluster/sdn/ipams": ({ cluster, parameters }) => create(cluster, ipamKind, parameters),
  "GET /cluster/sdn/ipams/{ipam}": (context) => read(context, ipamKind),
  "PUT /cluster/sdn/ipams/{ipam}": ({ cluster, parameters }) => update(cluster, ipamKind, parameters),
  "DELETE /cluster/sdn/ipams/{ipam}": ({ cluster, parameters }) => remove(cluster, ipamKind, parameters),
  "GET /cluster/sdn/ipams/{ipam}/status": status,
  "GET /cluster/sdn/dns": (context) => list(context, dnsKind),
  "POST /cluster/sdn/dns": ({ cluster, parameters }) => create(cluster, dnsKind, parameters),
  "GET /cluster/sdn/dns/{dns}": (context) => read(context, dnsKind),
  "PUT /cluster/sdn/dns/{dns}": ({ cluster, parameters }) => update(cluster, dnsKind, parameters),
  "DELETE /cluster/sdn/dns/{dns}": ({ cluster, parameters }) => remove(cluster, dnsKind, parameters),
};
