import {
  addSubnetCommand,
  deleteCommand,
  moveCommand,
  setFieldCommand,
  setServiceCommand,
} from "@/components/designer/commands";
import type { Change } from "@/components/designer/designer-state";
import { idProblem } from "@/components/designer/id-problem";
import { parseRanges, readFlag } from "@/lib/core/layout/cell-text";
import type { HostService, Layout, Subnet, Vnet } from "@/lib/core/layout/model";
import { servesItself } from "@/lib/core/layout/served";
import { firstHost, parseCidr } from "@/lib/core/net/cidr";
import { subnetKey, vnetKey } from "@/lib/core/plan/entity";
import { err, ok, type Result } from "@/lib/core/result";
import type { TableRow } from "./table-rows";

/** What was written into a cell as an edit of the layout; the error says what to write instead. */

/** An edit of one field of the VNet. */
export const fieldEdit =
  (field: keyof Vnet, parse: (text: string) => Result<unknown, string> = (text) => ok(text.trim() || undefined)) =>
  (row: TableRow, text: string): Result<Change | null, string> => {
    const value = parse(text);
    return value.ok ? ok(setFieldCommand(vnetKey(row.vnet.id), field, row.vnet[field], value.value)) : value;
  };

/** An edit of one field of the row's subnet. */
export function subnetEdit(row: TableRow, field: keyof Subnet, value: unknown): Result<Change | null, string> {
  const { subnet } = row;
  if (!subnet) return err("Write a network first.");
  return ok(setFieldCommand(subnetKey(subnet.vnet, subnet.cidr), field, subnet[field], value));
}

function serviceEdit(
  row: TableRow,
  what: string,
  patch: (service: HostService) => HostService,
): Result<Change | null, string> {
  const { subnet, service } = row;
  if (!subnet) return err("Write a network first.");
  return ok(setServiceCommand(patch(service ?? { vnet: subnet.vnet, cidr: subnet.cidr }), what));
}

export function editCidr(row: TableRow, text: string): Result<Change | null, string> {
  const { subnet, vnet } = row;
  const written = text.trim();
  if (written === "") {
    return ok(subnet ? deleteCommand([subnetKey(subnet.vnet, subnet.cidr)], vnetKey(vnet.id)) : null);
  }
  const cidr = parseCidr(written);
  if (!cidr.ok) return err(cidr.error);
  if (!subnet) {
    // The cursor stays in the row, or a table of VNets would jump to a row it does not show.
    return ok({
      ...addSubnetCommand({ vnet: vnet.id, cidr: cidr.value, gateway: firstHost(cidr.value) }),
      cursor: row.key,
    });
  }
  return ok(setFieldCommand(subnetKey(subnet.vnet, subnet.cidr), "cidr", subnet.cidr, cidr.value));
}

export function editDhcp(row: TableRow, text: string): Result<Change | null, string> {
  const ranges = parseRanges(text);
  if (!ranges.ok) return ranges;
  if (servesItself(row.zone)) {
    const list = ranges.value.map(({ start, end }) => ({ "start-address": start, "end-address": end }));
    return subnetEdit(row, "dhcp-range", list.length > 0 ? list : undefined);
  }
  return serviceEdit(row, "DHCP ranges", (service) => {
    const { ranges: _, ...dhcp } = service.dhcp ?? {};
    return { ...service, dhcp: ranges.value.length > 0 ? { ...dhcp, ranges: ranges.value } : dhcp };
  });
}

export function editDns(row: TableRow, text: string): Result<Change | null, string> {
  const servers = text.split(/[\s,;]+/).filter((each) => each !== "");
  if (servesItself(row.zone)) {
    if (servers.length > 1) return err("Proxmox takes one DNS server here.");
    return subnetEdit(row, "dhcp-dns-server", servers[0]);
  }
  return serviceEdit(row, "DNS servers", (service) => {
    const { dnsServers: _, ...dhcp } = service.dhcp ?? {};
    return { ...service, dhcp: servers.length > 0 ? { ...dhcp, dnsServers: servers } : dhcp };
  });
}

export function editSnat(row: TableRow, text: string): Result<Change | null, string> {
  const on = readFlag(text);
  if (!on.ok) return on;
  if (servesItself(row.zone)) return subnetEdit(row, "snat", on.value || undefined);
  return serviceEdit(row, "SNAT", (service) => ({ ...service, snat: on.value }));
}

export function editTag(row: TableRow, text: string): Result<Change | null, string> {
  const written = text.trim();
  if (written !== "" && !/^[0-9]{1,8}$/.test(written)) return err(`${written} is not a whole number.`);
  const value = written === "" ? undefined : Number(written);
  return ok(setFieldCommand(vnetKey(row.vnet.id), "tag", row.vnet.tag, value));
}

export function editId(row: TableRow, text: string, layout: Layout): Result<Change | null, string> {
  const id = text.trim();
  if (id === row.vnet.id) return ok(null);
  const problem = id === "" ? "A VNet needs an id." : idProblem(layout, vnetKey(row.vnet.id), id);
  return problem === null ? ok(setFieldCommand(vnetKey(row.vnet.id), "id", row.vnet.id, id)) : err(problem);
}

export function editZone(row: TableRow, text: string, layout: Layout): Result<Change | null, string> {
  const zone = text.trim();
  if (zone === row.vnet.zone) return ok(null);
  if (layout.zones.some(({ id }) => id === zone)) return ok(moveCommand([row.vnet.id], zone));
  return err(`There is no zone ${zone || "without a name"}; there are ${layout.zones.map(({ id }) => id).join(", ")}.`);
}

/** Yes, or nothing at all. */
export function asFlag(text: string): Result<true | undefined, string> {
  const on = readFlag(text);
  return on.ok ? ok(on.value || undefined) : on;
}
