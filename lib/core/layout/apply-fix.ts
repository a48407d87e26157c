import type { Fix } from "@/lib/core/problem";
import { removeExceptionAt, setHostService, updateHostService, updateSubnet, updateVnet, updateZone } from "./edits";
import type { HostService, Layout, Subnet } from "./model";

/** Does a mechanical repair. Gives the very same layout when the object is gone or there is nothing to do. */
export function applyFix(layout: Layout, fix: Fix): Layout {
  const [kind, name = "", ...rest] = fix.key.split("/");
  const cidr = rest.join("/");
  if (fix.kind === "move-to-host-services") return moveToHostServices(layout, name, cidr);
  const patch = { [fix.field]: fix.value };
  switch (kind) {
    case "zone":
      return updateZone(layout, fix.key.slice("zone/".length), patch);
    case "vnet":
      return updateVnet(layout, fix.key.slice("vnet/".length), patch);
    case "subnet":
      return updateSubnet(layout, { vnet: name, cidr }, patch);
    case "host":
      return setOnService(layout, { vnet: name, cidr }, fix.field, fix.value);
    case "exceptions":
      return fix.value === undefined ? removeExceptionAt(layout, Number(name)) : layout;
    default:
      return layout;
  }
}

/** A field of a host service; `dhcp.lease` reaches into its DHCP settings. */
function setOnService(layout: Layout, ref: { vnet: string; cidr: string }, field: string, value: unknown): Layout {
  const [outer = "", inner] = field.split(".");
  if (inner === undefined) return updateHostService(layout, ref, { [outer]: value });
  const service = layout.hostServices?.find((item) => item.vnet === ref.vnet && item.cidr === ref.cidr);
  if (outer !== "dhcp" || !service?.dhcp) return layout;
  const dhcp: Record<string, unknown> = { ...service.dhcp };
  if (value === undefined) delete dhcp[inner];
  else dhcp[inner] = value;
  return updateHostService(layout, ref, { dhcp });
}

/**
 * Takes SNAT, ranges and DNS server off a subnet, where Proxmox would ignore them, and declares them as services of a
 * node. What the service says already stays. The node is chosen only where the zone leaves no choice.
 */
function moveToHostServices(layout: Layout, vnetId: string, cidr: string): Layout {
  const subnet = layout.subnets.find((item) => item.vnet === vnetId && item.cidr === cidr);
  const vnet = layout.vnets.find((item) => item.id === vnetId);
  const zone = layout.zones.find((item) => item.id === vnet?.zone);
  if (!subnet || !zone) return layout;
  const before = layout.hostServices ?? [];
  const existing = before.find((item) => item.vnet === vnetId && item.cidr === cidr);
  const home =
    before.find((item) => item.vnet === vnetId && item.gatewayNode)?.gatewayNode ??
    (zone.nodes?.length === 1 ? zone.nodes[0] : undefined);
  const service: HostService = {
    vnet: vnetId,
    cidr,
    // In an EVPN zone every node holds the gateway, so the agent of one keeps out.
    ...(zone.type === "evpn" ? { provider: "guest" as const } : home === undefined ? {} : { gatewayNode: home }),
    ...(zone.bridge ? { uplink: zone.bridge } : {}),
    ...movedServices(subnet, zone.type === "evpn"),
    ...existing,
  };
  const taken = { "dhcp-range": undefined, "dhcp-dns-server": undefined };
  const cleared = updateSubnet(
    layout,
    { vnet: vnetId, cidr },
    zone.type === "evpn" ? taken : { ...taken, snat: undefined },
  );
  return setHostService(cleared, service);
}

function movedServices(subnet: Subnet, keepsSnat: boolean): Partial<HostService> {
  const ranges = (subnet["dhcp-range"] ?? []).map((range) => ({
    start: range["start-address"],
    end: range["end-address"],
  }));
  const server = subnet["dhcp-dns-server"];
  return {
    ...(subnet.snat && !keepsSnat ? { snat: true } : {}),
    ...(ranges.length > 0 ? { dhcp: { ranges, ...(server ? { dnsServers: [server] } : {}) } } : {}),
  };
}
