import type { Layout } from "@/lib/core/layout/model";
import { addressMover } from "@/lib/core/layout/move-addresses";
import { addressBits } from "@/lib/core/net/address";
import { networkAround, readCidr, renderCidr } from "@/lib/core/net/cidr";
import { err, ok, type Result } from "@/lib/core/result";
import type { TableColumn } from "./table-columns";
import type { TableRow } from "./table-rows";

/** Whether a value of this column can belong to several rows. */
export const canFill = (column: TableColumn): boolean => column.edit !== undefined && column.id !== "id";

interface Filling {
  readonly column: TableColumn;
  readonly source: TableRow;
  /** The other rows, each with how many rows below the source it is. */
  readonly targets: readonly { readonly row: TableRow; readonly step: number }[];
}

/**
 * Carries the value of one row into others: tags count on, networks go on with the next of their size, gateways and
 * ranges keep their place in each row's own network, everything else is the same. The error names the first row that
 * cannot take it, and nothing is changed.
 */
export function fillRows(layout: Layout, { column, source, targets }: Filling): Result<Layout, string> {
  if (!column.edit) return err(`${column.label} is read from the cluster`);
  if (column.id === "id") return err("An id belongs to one VNet only");
  let next = layout;
  for (const { row, step } of targets) {
    const text = filledText(column, source, row, step);
    const change = text.ok ? column.edit(row, text.value, next) : text;
    if (!change.ok) return err(`${row.vnet.id}: ${change.error}`);
    if (change.value) next = change.value.apply(next);
  }
  return ok(next);
}

function filledText(column: TableColumn, source: TableRow, row: TableRow, step: number): Result<string, string> {
  const text = column.text(source);
  switch (column.id) {
    case "tag":
      return ok(source.vnet.tag === undefined ? "" : String(source.vnet.tag + step));
    case "cidr":
      return text === "" ? ok("") : networkAfter(text, step);
    case "gateway":
    case "dhcp": {
      if (!source.subnet || !row.subnet) return ok(text);
      const move = addressMover(source.subnet.cidr, row.subnet.cidr);
      return ok(text.replace(/[0-9a-fA-F:.]{2,}/g, move));
    }
    default:
      return ok(text);
  }
}

function networkAfter(cidr: string, step: number): Result<string, string> {
  const network = readCidr(cidr)?.network;
  if (!network) return ok(cidr);
  const { family, first, prefix } = network;
  const to = first + BigInt(step) * (network.last - first + 1n);
  if (to < 0n || to >> BigInt(addressBits(family)) > 0n) return err("no network of this size is left there");
  return ok(renderCidr(networkAround(family, to, prefix)));
}
