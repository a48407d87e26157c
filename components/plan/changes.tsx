import { ChangeCounts } from "@/components/ui/change-symbol";
import { type HostCounts, hostWords } from "@/lib/core/plan/host-words";
import type { RunCounts } from "@/lib/server/views";

/** What a plan or run changes: objects of the cluster, host services, or only what is declared. */
export function Changes({ counts, hosts }: { readonly counts: RunCounts; readonly hosts: HostCounts }) {
  const words = hostWords(hosts);
  const objects = Object.values(counts).some((count) => count > 0);
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      {objects || words === null ? <ChangeCounts counts={counts} /> : null}
      {words === null ? null : <span className="text-text-2">{words}</span>}
    </span>
  );
}
