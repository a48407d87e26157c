import { freeIdAmong, ID_LENGTH } from "@/lib/core/layout/free";
import { type EntityKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";
import { problem, type Rule, type Subject, setFix } from "../subject";

/** Names Linux or its tools use for interfaces of their own; a VNet becomes an interface of its name. */
const INTERFACE_LIKE =
  /^(lo|dummy[0-9]*|eth[0-9]+|en[opsx][0-9][0-9a-z]*|wlan[0-9]+|wl[opsx][0-9][0-9a-z]*|ib[0-9]+|bond[0-9]+|vmbr[0-9]+(v[0-9]+)?|tap[0-9]+i?[0-9]*|veth[0-9]+[0-9i]*|fw(br|ln|pr)[0-9]+[0-9ip]*|docker[0-9]+|virbr[0-9]+|wg[0-9]+|tun[0-9]+)$/;

/** Identifiers of zones and VNets, their uniqueness, and names of interfaces that are taken. */
export const naming: Rule = (subject) => {
  const { layout } = subject;
  const problems: Problem[] = [];
  if (layout.name.trim() === "") {
    problems.push(problem("layout-unnamed", "error", [], "The layout has no name; give it one.", { field: "name" }));
  }
  const zoneCount = countIds(layout.zones);
  for (const zone of layout.zones) problems.push(...identifier(subject, zoneKey(zone.id), zone.id, "zone", zoneCount));
  const vnetCount = countIds(layout.vnets);
  const interfaces = interfaceOwners(subject);
  for (const vnet of layout.vnets) {
    const key = vnetKey(vnet.id);
    problems.push(...identifier(subject, key, vnet.id, "VNet", vnetCount));
    problems.push(...interfaceName(subject, key, vnet.id, interfaces));
  }
  return problems;
};

/** Why a text is not an identifier, or null (PVE::JSONSchema pve-sdn-zone-id: 2 to 8 letters and digits, letter first). */
function idFault(id: string): string | null {
  if (id === "") return "it is empty";
  if (/^[0-9]/.test(id)) return "it begins with a digit";
  const odd = /[^a-zA-Z0-9]/u.exec(id)?.[0];
  if (odd !== undefined) return odd === " " ? "it holds a space" : `it holds "${odd}"`;
  if (id.length < 2) return "it is too short";
  return id.length > ID_LENGTH ? `it has ${id.length} characters` : null;
}

function identifier(
  { ids }: Subject,
  key: EntityKey,
  id: string,
  what: "zone" | "VNet",
  counts: ReadonlyMap<string, number>,
): Problem[] {
  const fault = idFault(id);
  if (fault !== null) {
    const other = freeIdAmong(ids, id === "" ? what : id);
    const name = id === "" ? `A ${what} has no id` : `${id} cannot be the id of a ${what}`;
    const message = `${name}: ${fault}. Proxmox takes 2 to ${ID_LENGTH} letters and digits, a letter first; ${other} would do.`;
    const fix = setFix(`Rename to ${other}`, key, "id", other);
    return [problem("id-invalid", "error", key, message, { field: "id", fix })];
  }
  const count = counts.get(id) ?? 0;
  if (count < 2) return [];
  const scope = what === "zone" ? "Zone ids are" : "VNet ids are cluster-wide, not per zone, and must be";
  const message = `There are ${count} ${what}s called ${id}. ${scope} unique; rename one, for example to ${freeIdAmong(ids, id)}.`;
  return [problem("id-duplicate", "error", key, message, { field: "id" })];
}

function interfaceName(
  { ids }: Subject,
  key: EntityKey,
  id: string,
  interfaces: ReadonlyMap<string, string>,
): Problem[] {
  const owner = interfaces.get(id);
  if (owner !== undefined) {
    const other = freeIdAmong(ids, `v${id}`);
    const message = `${id} is ${owner}. Proxmox would not notice and write the VNet over it; choose another id, for example ${other}.`;
    const fix = setFix(`Rename to ${other}`, key, "id", other);
    return [problem("id-collision", "error", key, message, { field: "id", fix })];
  }
  if (!INTERFACE_LIKE.test(id)) return [];
  const message = `${id} looks like the name of a network interface. Other tools will take this VNet for one; choose another id.`;
  return [problem("id-like-interface", "warning", key, message, { field: "id" })];
}

/**
 * Interface names that are taken, with what holds them. An interface that carries nothing but gateways of this layout is
 * the applied VNet itself, not its rival.
 */
function interfaceOwners({ layout, facts, vnets, subnets }: Subject): Map<string, string> {
  const owners = new Map<string, string>();
  for (const zone of layout.zones) {
    if (zone.bridge) owners.set(zone.bridge, `the bridge of zone ${zone.id}`);
  }
  const gateways = new Set(subnets.map(({ subnet }) => subnet.gateway));
  for (const node of facts?.nodes ?? []) {
    for (const { name, addresses } of node.interfaces) {
      const isOwn = vnets.has(name) && addresses.length > 0 && addresses.every((at) => gateways.has(at.split("/")[0]));
      if (!isOwn && !owners.has(name)) owners.set(name, `an interface of node ${node.name}`);
    }
  }
  return owners;
}

function countIds(items: readonly { readonly id: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { id } of items) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
