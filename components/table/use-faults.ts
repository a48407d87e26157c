import { useMemo } from "react";
import { useDesigner } from "@/components/designer/designer-context";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";

/** `key field` → what is wrong there. Built once per judgement, for any number of cells. */
export function useFaults(): ReadonlyMap<string, string> {
  const problems = useDesigner((state) => state.problems);
  return useMemo(() => faultsOf(problems), [problems]);
}

function faultsOf(problems: readonly Problem[]): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  for (const { at, field, message, severity } of problems) {
    if (severity === "info" || field === undefined) continue;
    for (const row of at.flatMap(rowsOf)) if (!faults.has(`${row} ${field}`)) faults.set(`${row} ${field}`, message);
  }
  return faults;
}

/** A table of VNets shows the first subnet's fields in the VNet's row. */
const rowsOf = (key: EntityKey): string[] => (key.startsWith("subnet/") ? [key, `vnet/${key.split("/")[1]}`] : [key]);
