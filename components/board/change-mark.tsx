import { Diff } from "lucide-react";
import { useBoard } from "@/components/designer/designer-context";
import type { LayoutChange } from "@/lib/core/layout/changes";
import type { EntityKey } from "@/lib/core/plan/entity";

/** Against what was last applied: symbol, colour and words. */
const LOOK: Readonly<
  Record<LayoutChange, { readonly symbol: string; readonly words: string; readonly colour: string }>
> = {
  new: { symbol: "+", words: "New since the last apply", colour: "text-add" },
  changed: { symbol: "~", words: "Changed since the last apply", colour: "text-change" },
  gone: { symbol: "−", words: "Removed since the last apply", colour: "text-destroy" },
};

/** What an apply would do to an object, and whether the cluster has it otherwise by now. Nothing where it is as applied. */
export function ChangeMark({ of: key, size = 12 }: { readonly of: EntityKey; readonly size?: number }) {
  const change = useBoard((state) => state.changes.get(key));
  const drifted = useBoard((state) => state.drifted.has(key));
  return (
    <>
      {change && (
        <span
          role="img"
          aria-label={LOOK[change].words}
          title={LOOK[change].words}
          className={`mono shrink-0 font-bold leading-none ${LOOK[change].colour}`}
          style={{ fontSize: size + 2 }}
        >
          {LOOK[change].symbol}
        </span>
      )}
      {drifted && (
        <span title="The cluster has it otherwise: see Drift" className="shrink-0 text-change">
          <Diff role="img" aria-label="Drifted in the cluster" size={size} />
        </span>
      )}
    </>
  );
}
