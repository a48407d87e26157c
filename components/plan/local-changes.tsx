import { Card } from "@/components/ui/card";
import type { Plan } from "@/lib/core/plan/plan";
import { UnifiedDiff } from "./unified-diff";

/** The nodes' own waiting network edits, as the text that the apply will activate with them. */
export function LocalChanges({ changes }: { readonly changes: Plan["localChanges"] }) {
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="local-changes">
      <h2 id="local-changes" className="mb-2 text-base">
        Will also be applied
      </h2>
      <div className="flex flex-col gap-2">
        {changes.map(({ node, diff }) => (
          <Card key={node} className="overflow-hidden">
            <h3 className="border-hairline border-b px-4 py-2 font-medium text-sm">
              Network edits waiting on <span className="mono">{node}</span>
            </h3>
            <UnifiedDiff text={diff} label={`Waiting network edits of ${node}`} />
          </Card>
        ))}
      </div>
    </section>
  );
}
