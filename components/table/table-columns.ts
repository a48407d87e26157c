import type { Change } from "@/components/designer/designer-state";
import type { Layout } from "@/lib/core/layout/model";
import { servedBy } from "@/lib/core/layout/served";
import type { Result } from "@/lib/core/result";
import {
  asFlag,
  editCidr,
  editDhcp,
  editDns,
  editId,
  editSnat,
  editTag,
  editZone,
  fieldEdit,
  subnetEdit,
} from "./column-edits";
import type { TableRow } from "./table-rows";

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

/** `yes` or nothing, in every column that is either. */
const flagText = (on: boolean | undefined): string => (on ? "yes" : "");

const dhcpText = ({ subnet, service }: TableRow): string =>
  subnet
    ? servedBy(subnet, service)
        .ranges.map(({ start, end }) => `${start} - ${end}`)
        .join("; ")
    : "";

const dnsText = ({ subnet, service }: TableRow): string =>
  subnet ? servedBy(subnet, service).dnsServers.join(", ") : "";

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
