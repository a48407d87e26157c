import type { HostTarget } from "@/lib/core/plan/host-targets";
import { plural } from "@/lib/core/plural";

/** What a plan or run does on the nodes themselves, in a few words; nothing where it does nothing there. */
export function HostCounts({ targets = [] }: { readonly targets?: readonly HostTarget[] | undefined }) {
  const changes = targets.reduce((sum, target) => sum + target.changes.length, 0);
  if (targets.length === 0) return null;
  return (
    <span className="text-text-2">
      {plural(changes, "change")} on {targets.map(({ node }) => node).join(", ")}
    </span>
  );
}
