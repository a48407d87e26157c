import type { EntityKind } from "@/lib/core/plan/entity";
import type { Change, ChangeOp } from "@/lib/core/plan/step";
import type { RunCounts } from "@/lib/server/views";

/** Symbol and word always go together: colour is only the third hint. */
export const OP_SYMBOL: Readonly<Record<ChangeOp, string>> = { create: "+", update: "~", delete: "−", replace: "±" };

export const OP_WORD: Readonly<Record<ChangeOp, string>> = {
  create: "Create",
  update: "Change",
  delete: "Delete",
  replace: "Replace",
};

export const KIND_WORD: Readonly<Record<EntityKind, string>> = { zone: "Zone", vnet: "VNet", subnet: "Subnet" };

/** What people call the object: a subnet by its CIDR, the others by their id. */
export function objectName(change: Pick<Change, "kind" | "id" | "key">): string {
  if (change.kind !== "subnet") return change.id;
  return change.key.split("/").slice(2).join("/") || change.id;
}

/** The VNet a subnet lives in, as its key says; null for other kinds. */
export function subnetVnet(key: string): string | null {
  const [kind, vnet] = key.split("/");
  return kind === "subnet" ? (vnet ?? null) : null;
}

export function countOps(changes: readonly Pick<Change, "op">[]): RunCounts {
  const counts = { create: 0, update: 0, delete: 0, replace: 0 };
  for (const change of changes) counts[change.op] += 1;
  return counts;
}

/** "12 NICs, 7 running", "No NICs", or null when guests could not be read (said once, in the checks). */
export function nicText(nics: Change["nics"]): string | null {
  if (!nics) return null;
  if (nics.total === 0) return "no guest NICs";
  const total = `${nics.total} ${nics.total === 1 ? "NIC" : "NICs"}`;
  return nics.running === 0 ? `${total}, none running` : `${total}, ${nics.running} running`;
}
