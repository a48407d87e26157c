import { parseAddress } from "@/lib/core/net/address";
import { readCidr } from "@/lib/core/net/cidr";
import { parseRanges } from "./cell-text";
import { ID_LENGTH } from "./free";

/** What a column of a pasted table may mean. `skip` is left out. */
export const ROW_FIELDS = [
  "zone",
  "tag",
  "id",
  "alias",
  "cidr",
  "gateway",
  "snat",
  "dhcp",
  "dns",
  "vlanaware",
  "isolate",
  "skip",
] as const;
export type RowField = (typeof ROW_FIELDS)[number];

/** A pasted table: its rows without the headings, and what each column seems to mean. */
export interface TextTable {
  readonly rows: readonly (readonly string[])[];
  readonly fields: readonly RowField[];
  /** The first line was headings. */
  readonly headed: boolean;
}

/** Headings as people and programs write them, in lower case without spaces and dashes. */
const HEADINGS: Readonly<Record<string, RowField>> = {
  zone: "zone",
  tag: "tag",
  vlan: "tag",
  vlanid: "tag",
  vid: "tag",
  vni: "tag",
  id: "id",
  vnet: "id",
  name: "id",
  vnetid: "id",
  alias: "alias",
  description: "alias",
  comment: "alias",
  cidr: "cidr",
  subnet: "cidr",
  network: "cidr",
  prefix: "cidr",
  gateway: "gateway",
  gw: "gateway",
  router: "gateway",
  snat: "snat",
  nat: "snat",
  dhcp: "dhcp",
  dhcprange: "dhcp",
  dhcpranges: "dhcp",
  dns: "dns",
  dnsserver: "dns",
  dnsservers: "dns",
  dhcpdnsserver: "dns",
  vlanaware: "vlanaware",
  isolateports: "isolate",
  isolatedports: "isolate",
};

/**
 * Reads what a spreadsheet or a CSV file gives: cells between tabs, semicolons or commas, quoted ones as in RFC 4180.
 * Columns are named by their headings, or guessed by what stands in them. Empty lines are left out.
 */
export function readTable(text: string, zones: readonly string[] = []): TextTable {
  const separator = text.includes("\t") ? "\t" : separatorOf(text);
  const all = splitCells(text, separator).filter((row) => row.some((cell) => cell !== ""));
  const named = (all[0] ?? []).map((cell) => HEADINGS[cell.toLowerCase().replace(/[\s_-]/g, "")] ?? "skip");
  const headed = named.some((field) => field !== "skip") && named.length > 0 && !all[0]?.some(isValue);
  const rows = headed ? all.slice(1) : all;
  return { rows, headed, fields: headed ? onceEach(named) : guess(rows, zones) };
}

/** A cell that is data for certain, which no heading is. */
const isValue = (cell: string): boolean => /^[0-9]+$/.test(cell) || readCidr(cell) !== null;

const separatorOf = (text: string): string => {
  const line = text.split("\n", 1)[0] ?? "";
  return line.split(";").length > line.split(",").length ? ";" : ",";
};

/** A quote up to the one that ends it, or to the end of the text; two in a row stand for one. */
const QUOTED = /"([^"]*(?:""[^"]*)*)"?/y;

function splitCells(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  const endCell = () => {
    row.push(cell.trim());
    cell = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if (letter === '"' && cell.trim() === "") {
      QUOTED.lastIndex = at;
      const [whole = "", inside = ""] = QUOTED.exec(text) ?? [];
      cell = inside.replaceAll('""', '"');
      at += whole.length - 1;
    } else if (letter === separator) endCell();
    else if (letter === "\n" || letter === "\r") {
      endCell();
      rows.push(row);
      row = [];
    } else cell += letter;
  }
  if (cell !== "" || row.length > 0) {
    endCell();
    rows.push(row);
  }
  return rows;
}

/** Two addresses at least: one alone is a gateway. */
function isRange(cell: string): boolean {
  const ranges = parseRanges(cell);
  return ranges.ok && ranges.value.length > 0 && ranges.value.every(({ start }) => parseAddress(start).ok);
}

/** The first column that means something keeps it; a second one is left out. */
function onceEach(fields: readonly RowField[]): RowField[] {
  const seen = new Set<RowField>();
  return fields.map((field) => {
    if (field === "skip" || seen.has(field)) return "skip";
    seen.add(field);
    return field;
  });
}

/** What most cells of a column look like decides; a text column is the id when it could be one. */
function guess(rows: readonly (readonly string[])[], zones: readonly string[]): RowField[] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const known = new Set(zones);
  const kinds = Array.from({ length: width }, (_, column): RowField => {
    const cells = rows.map((row) => row[column] ?? "").filter((cell) => cell !== "");
    const most = (test: (cell: string) => boolean) => cells.filter(test).length * 2 > cells.length;
    if (most((cell) => /^[0-9]{1,8}$/.test(cell))) return "tag";
    if (most((cell) => cell.includes("/") && readCidr(cell) !== null)) return "cidr";
    if (most((cell) => parseAddress(cell).ok)) return "gateway";
    if (most(isRange)) return "dhcp";
    if (most((cell) => known.has(cell))) return "zone";
    if (most((cell) => /^[a-zA-Z][a-zA-Z0-9]*$/.test(cell) && cell.length <= ID_LENGTH)) return "id";
    return cells.length > 0 ? "alias" : "skip";
  });
  return onceEach(kinds);
}
