import {
  acceptProblem,
  addSubnet,
  addZone,
  exceptionIndex,
  moveVnet,
  removeExceptionAt,
  removeHostService,
  removeKeys,
  reorderZone,
  type SubnetRef,
  setHostService,
  toggleNode,
  updateHostService,
  updateSubnet,
  updateVnet,
  updateZone,
} from "@/lib/core/layout/edits";
import type { HostService, Layout, Subnet, Zone } from "@/lib/core/layout/model";
import { type EntityKey, hostServiceKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";
import type { Change } from "./designer-state";
import { keyName, keyParts, keyTitle } from "./keys";

/** Every edit of the designer as a command: what it does, what it is called, where the cursor goes. */

export const addZoneCommand = (zone: Zone): Change => ({
  label: `Add zone ${zone.id}`,
  apply: (layout) => addZone(layout, zone),
  cursor: zoneKey(zone.id),
});

export const addSubnetCommand = (subnet: Subnet): Change => ({
  label: `Add subnet ${subnet.cidr} to ${subnet.vnet}`,
  apply: (layout) => addSubnet(layout, subnet),
  cursor: subnetKey(subnet.vnet, subnet.cidr),
});

/** Sets one field, or removes it when `value` is undefined. `id` and `cidr` carry along what hangs on them. */
export function setFieldCommand(key: EntityKey, field: string, from: unknown, value: unknown): Change | null {
  const parts = keyParts(key);
  if (!parts) return null;
  const patch = { [field]: value };
  const label = { what: `${field} of ${keyName(key)}`, from: plain(from), to: plain(value) };
  const base = { label, coalesce: `${key} ${field}` };
  switch (parts.kind) {
    case "zone":
      return {
        ...base,
        apply: (layout) => updateZone(layout, parts.id, patch),
        ...(field === "id" ? { renames: [[key, zoneKey(String(value))]] } : {}),
      };
    case "vnet":
      return {
        ...base,
        apply: (layout) => updateVnet(layout, parts.id, patch),
        ...(field === "id" ? { renames: [[key, vnetKey(String(value))]] } : {}),
      };
    case "subnet":
      return {
        ...base,
        apply: (layout) => updateSubnet(layout, parts, patch),
        ...(field === "cidr" ? { renames: [[key, subnetKey(parts.vnet, String(value))]] } : {}),
      };
    case "host":
      return { ...base, apply: (layout) => updateHostService(layout, parts, patch) };
  }
}

export function renameCommand(key: EntityKey, to: string): Change | null {
  const command = setFieldCommand(key, "id", keyName(key), to);
  return command && { ...command, label: `Rename ${keyTitle(key)} to ${to}` };
}

/** `cursor` is where to go once the objects are gone. */
export const deleteCommand = (keys: readonly EntityKey[], cursor: EntityKey | null): Change => ({
  label: keys.length === 1 && keys[0] ? `Delete ${keyTitle(keys[0])}` : `Delete ${keys.length} objects`,
  apply: (layout) => removeKeys(layout, keys),
  cursor,
});

export const moveCommand = (vnets: readonly string[], zone: string): Change => ({
  label: vnets.length === 1 ? `Move VNet ${vnets[0]} to ${zone}` : `Move ${vnets.length} VNets to ${zone}`,
  apply: (layout) => vnets.reduce((next, id) => moveVnet(next, id, zone), layout),
});

/** Carries a subnet with its host services to another VNet. */
export const moveSubnetCommand = (subnet: SubnetRef, vnet: string): Change => ({
  label: `Move subnet ${subnet.cidr} to ${vnet}`,
  apply: (layout) => updateSubnet(layout, subnet, { vnet }),
  renames: [[subnetKey(subnet.vnet, subnet.cidr), subnetKey(vnet, subnet.cidr)]],
});

export const toggleNodeCommand = (zone: Zone, node: string, nodes: readonly string[], member: boolean): Change => ({
  label: member ? `Take ${node} out of ${zone.id}` : `Add ${node} to ${zone.id}`,
  apply: (layout) => toggleNode(layout, zone.id, node, nodes),
});

export const everyNodeCommand = (zone: Zone): Change => ({
  label: `Let ${zone.id} span every node`,
  apply: (layout) => updateZone(layout, zone.id, { nodes: undefined }),
});

export const reorderCommand = (layout: Layout, id: string, by: 1 | -1): Change => ({
  label: `Move zone ${id} ${by < 0 ? "up" : "down"}`,
  apply: (now) => reorderZone(now, id, layout.zones.findIndex((zone) => zone.id === id) + by),
});

/** `place` counts from 0, without the zone itself. */
export const placeZoneCommand = (id: string, place: number): Change => ({
  label: `Move zone ${id}`,
  apply: (layout) => reorderZone(layout, id, place),
});

export const setServiceCommand = (service: HostService, what: string): Change => ({
  label: `${what} of ${service.cidr}`,
  apply: (layout) => setHostService(layout, service),
  coalesce: `${hostServiceKey(service.vnet, service.cidr)} ${what}`,
});

export const removeServiceCommand = (service: HostService): Change => ({
  label: `Remove host services of ${service.cidr}`,
  apply: (layout) => removeHostService(layout, service),
});

export const acceptCommand = ({ code, at }: Problem, reason: string): Change => ({
  label: `Accept the overlap at ${at.map(keyName).join(" and ")}`,
  apply: (layout) => acceptProblem(layout, { problem: code, at: [...at], reason }),
});

export const takeBackCommand = (problem: Problem): Change => ({
  label: `Take back what was accepted at ${problem.at.map(keyName).join(" and ")}`,
  apply: (layout) => removeExceptionAt(layout, exceptionIndex(layout, problem) ?? -1),
});

/** A value as it is read aloud. */
export function plain(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (value === true) return "on";
  if (value === false) return "off";
  return Array.isArray(value)
    ? value.map((item) => (typeof item === "object" ? JSON.stringify(item) : item)).join(", ")
    : String(value);
}
