import {
  addSubnetCommand,
  deleteCommand,
  moveCommand,
  setFieldCommand,
  setServiceCommand,
} from "@/components/designer/commands";
import type { Change } from "@/components/designer/designer-store";
import { parseRanges } from "@/components/designer/field-text";
import { idProblem } from "@/components/designer/id-problem";
import type { HostService, Layout, Subnet, Vnet } from "@/lib/core/layout/model";
import { firstHost, parseCidr } from "@/lib/core/net/cidr";
import { subnetKey, vnetKey } from "@/lib/core/plan/entity";
import { err, ok, type Result } from "@/lib/core/result";
import type { RowKind, TableRow } from "./table-rows";

export type ColumnId =
  | "zone"
  | "tag"
  | "id"
  | "alias"
  | "cidr"
  | "gateway"
  | "snat"
  | "dhcp"
  | "dns"
  | "vlanaware"
  | "isolate"
  | "nics"
  | "problems";

export interface TableColumn {
  readonly id: ColumnId;
  readonly label: string;
  /** Pixels. */
  readonly width: number;
  readonly mono?: boolean;
  readonly right?: boolean;
  /** What stands in the cell, and what the editor begins with. */
  readonly text: (row: TableRow) => string;
  /** Compared where the text does not sort as people expect. */
  readonly order?: (row: TableRow) => number;
  /** A field of the layout, for the problem told under the cell. */
  readonly field?: string;
  /** Makes an edit of what was written; null when nothing changes; the error says what to write. Absent: read only. */
  readonly edit?: (row: TableRow, text: string, layout: Layout) => Result<Change | null, string>;
  /** Yes or no: Enter and Space change it. */
  readonly flag?: true;
  /** Not shown until a person chooses it. */
  readonly hidden?: true;
}

const YES = /^(y|yes|true|on|1|x)$/i;
const NO = /^(n|no|false|off|0|)$/i;

/** `yes` or nothing, in every column that is either. */
const flagText = (on: boolean | undefined): string => (on ? "yes" : "");

function readFlag(text: string): Result<boolean, string> {
  if (YES.test(text.trim())) return ok(true);
  return NO.test(text.trim()) ? ok(false) : err("Write yes or no.");
}

/** Proxmox serves simple and EVPN zones itself; for the others it is the node's host services. */
const isServed = (row: TableRow): boolean => row.zone?.type === "simple" || row.zone?.type === "evpn";

const fieldEdit =
  (field: keyof Vnet, parse: (text: string) => Result<unknown, string> = (text) => ok(text.trim() || undefined)) =>
  (row: TableRow, text: string): Result<Change | null, string> => {
    const value = parse(text);
    return value.ok ? ok(setFieldCommand(vnetKey(row.vnet.id), field, row.vnet[field], value.value)) : value;
  };

function subnetEdit(row: TableRow, field: keyof Subnet, value: unknown): Result<Change | null, string> {
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

function editCidr(row: TableRow, text: string): Result<Change | null, string> {
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

function editDhcp(row: TableRow, text: string): Result<Change | null, string> {
  const ranges = parseRanges(text.split(/\s*;\s*/).join("\n"));
  if (!ranges.ok) return ranges;
  if (isServed(row)) {
    const list = ranges.value.map(({ start, end }) => ({ "start-address": start, "end-address": end }));
    return subnetEdit(row, "dhcp-range", list.length > 0 ? list : undefined);
  }
  return serviceEdit(row, "DHCP ranges", (service) => {
    const { ranges: _, ...dhcp } = service.dhcp ?? {};
    return { ...service, dhcp: ranges.value.length > 0 ? { ...dhcp, ranges: ranges.value } : dhcp };
  });
}

function editDns(row: TableRow, text: string): Result<Change | null, string> {
  const servers = text.split(/[\s,;]+/).filter((each) => each !== "");
  if (isServed(row)) {
    if (servers.length > 1) return err("Proxmox takes one DNS server here.");
    return subnetEdit(row, "dhcp-dns-server", servers[0]);
  }
  return serviceEdit(row, "DNS servers", (service) => {
    const { dnsServers: _, ...dhcp } = service.dhcp ?? {};
    return { ...service, dhcp: servers.length > 0 ? { ...dhcp, dnsServers: servers } : dhcp };
  });
}

function editSnat(row: TableRow, text: string): Result<Change | null, string> {
  const on = readFlag(text);
  if (!on.ok) return on;
  if (isServed(row)) return subnetEdit(row, "snat", on.value || undefined);
  return serviceEdit(row, "SNAT", (service) => ({ ...service, snat: on.value }));
}

function editTag(row: TableRow, text: string): Result<Change | null, string> {
  const written = text.trim();
  if (written !== "" && !/^[0-9]{1,8}$/.test(written)) return err(`${written} is not a whole number.`);
  const value = written === "" ? undefined : Number(written);
  return ok(setFieldCommand(vnetKey(row.vnet.id), "tag", row.vnet.tag, value));
}

function editId(row: TableRow, text: string, layout: Layout): Result<Change | null, string> {
  const id = text.trim();
  if (id === row.vnet.id) return ok(null);
  const problem = id === "" ? "A VNet needs an id." : idProblem(layout, vnetKey(row.vnet.id), id);
  return problem === null ? ok(setFieldCommand(vnetKey(row.vnet.id), "id", row.vnet.id, id)) : err(problem);
}

function editZone(row: TableRow, text: string, layout: Layout): Result<Change | null, string> {
  const zone = text.trim();
  if (zone === row.vnet.zone) return ok(null);
  if (layout.zones.some(({ id }) => id === zone)) return ok(moveCommand([row.vnet.id], zone));
  return err(`There is no zone ${zone || "without a name"}; there are ${layout.zones.map(({ id }) => id).join(", ")}.`);
}

const dhcpText = ({ subnet, service }: TableRow): string =>
  [
    ...(subnet?.["dhcp-range"] ?? []).map((range) => `${range["start-address"]} - ${range["end-address"]}`),
    ...(service?.dhcp?.ranges ?? []).map(({ start, end }) => `${start} - ${end}`),
  ].join("; ");

const dnsText = ({ subnet, service }: TableRow): string =>
  [...(subnet?.["dhcp-dns-server"] ? [subnet["dhcp-dns-server"]] : []), ...(service?.dhcp?.dnsServers ?? [])].join(
    ", ",
  );

/** An IPv4 or IPv6 network as a number that sorts networks as people count them. */
function networkOrder({ subnet }: TableRow): number {
  if (!subnet) return Number.POSITIVE_INFINITY;
  const parts = /^([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)/.exec(subnet.cidr);
  return parts ? parts.slice(1).reduce((sum, part) => sum * 256 + Number(part), 0) : Number.MAX_SAFE_INTEGER;
}

/** Every column, in its order. */
export const COLUMNS: readonly TableColumn[] = [
  { id: "zone", label: "Zone", width: 104, mono: true, text: (row) => row.vnet.zone, field: "zone", edit: editZone },
  {
    id: "tag",
    label: "Tag",
    width: 84,
    mono: true,
    right: true,
    text: (row) => String(row.vnet.tag ?? ""),
    order: (row) => row.vnet.tag ?? Number.POSITIVE_INFINITY,
    field: "tag",
    edit: editTag,
  },
  { id: "id", label: "ID", width: 120, text: (row) => row.vnet.id, field: "id", edit: editId },
  {
    id: "alias",
    label: "Alias",
    width: 190,
    text: (row) => row.vnet.alias ?? "",
    field: "alias",
    edit: fieldEdit("alias"),
  },
  {
    id: "cidr",
    label: "Subnet",
    width: 170,
    mono: true,
    text: (row) => row.subnet?.cidr ?? "",
    order: networkOrder,
    field: "cidr",
    edit: editCidr,
  },
  {
    id: "gateway",
    label: "Gateway",
    width: 140,
    mono: true,
    text: (row) => row.subnet?.gateway ?? "",
    field: "gateway",
    edit: (row, text) => subnetEdit(row, "gateway", text.trim() || undefined),
  },
  {
    id: "snat",
    label: "SNAT",
    width: 70,
    flag: true,
    text: (row) => flagText(row.subnet?.snat === true || row.service?.snat === true),
    field: "snat",
    edit: editSnat,
  },
  { id: "dhcp", label: "DHCP ranges", width: 230, mono: true, text: dhcpText, field: "dhcp-range", edit: editDhcp },
  { id: "dns", label: "DNS", width: 140, mono: true, text: dnsText, field: "dhcp-dns-server", edit: editDns },
  {
    id: "vlanaware",
    label: "VLAN aware",
    width: 100,
    flag: true,
    hidden: true,
    text: (row) => flagText(row.vnet.vlanaware),
    field: "vlanaware",
    edit: fieldEdit("vlanaware", (text) => asFlag(text)),
  },
  {
    id: "isolate",
    label: "Isolated ports",
    width: 120,
    flag: true,
    hidden: true,
    text: (row) => flagText(row.vnet["isolate-ports"]),
    field: "isolate-ports",
    edit: fieldEdit("isolate-ports", (text) => asFlag(text)),
  },
  {
    id: "nics",
    label: "NICs",
    width: 70,
    mono: true,
    right: true,
    text: (row) => (row.nics === null ? "–" : String(row.nics)),
    order: (row) => row.nics ?? -1,
  },
  {
    id: "problems",
    label: "Problems",
    width: 90,
    right: true,
    text: (row) => (row.problems === 0 ? "" : String(row.problems)),
    order: (row) => -(row.error ? 10_000 : 0) - row.problems,
  },
];

function asFlag(text: string): Result<true | undefined, string> {
  const on = readFlag(text);
  return on.ok ? ok(on.value || undefined) : on;
}

export interface Sorting {
  readonly column: ColumnId;
  readonly down: boolean;
}

/** The rows in another order; null keeps theirs. Rows that are equal keep their order. */
export function sortRows(rows: readonly TableRow[], sorting: Sorting | null): readonly TableRow[] {
  const column = COLUMNS.find(({ id }) => id === sorting?.column);
  if (!column || !sorting) return rows;
  const { order, text } = column;
  const sign = sorting.down ? -1 : 1;
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const keyed = rows.map((row) => ({ row, number: order?.(row) ?? 0, text: text(row) }));
  keyed.sort((a, b) => sign * (a.number - b.number || compare(a.text, b.text)) || 0);
  return keyed.map(({ row }) => row);
}

/** What a table of subnets is called beside one of VNets. */
export const ROW_KINDS: readonly { readonly id: RowKind; readonly label: string }[] = [
  { id: "vnet", label: "VNets" },
  { id: "subnet", label: "Subnets" },
];
