import type { Props } from "@/lib/core/plan/entity";
import { propFacts } from "./value-text";

/** The properties of an object at a glance, on one line that may wrap. */
export function PropLine({ props }: { readonly props: Props }) {
  return (
    <span className="flex flex-wrap gap-x-3 text-text-2">
      {propFacts(props).map(({ field, value }) => (
        <span key={field}>
          <span className="text-text-3">{field}</span> <span className="mono">{value}</span>
        </span>
      ))}
    </span>
  );
}
