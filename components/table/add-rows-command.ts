import type { Change } from "@/components/designer/designer-state";
import type { PastedRows } from "@/lib/core/layout/paste-rows";
import { vnetKey } from "@/lib/core/plan/entity";

/** Adds what rows became, as one edit; the cursor goes to the first new VNet. */
export const addRowsCommand = ({ layout, first }: PastedRows, count: number): Change => ({
  label: `Add ${count} ${count === 1 ? "row" : "rows"}`,
  apply: () => layout,
  ...(first === null ? {} : { cursor: vnetKey(first) }),
});
