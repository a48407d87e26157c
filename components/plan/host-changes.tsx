import { Card } from "@/components/ui/card";
import { ChangeCounts, ChangeSymbol } from "@/components/ui/change-symbol";
import { Mono } from "@/components/ui/mono";
import type { HostTarget } from "@/lib/core/plan/host-targets";
import { HostFiles } from "./host-files";

const KIND = { add: "create", remove: "delete", change: "update" } as const;

interface HostChangesProps {
  readonly planId: string;
  readonly targets: readonly HostTarget[];
  /** Another heading, where the page has one of this name already. */
  readonly title?: string;
}

/** What changes on the nodes themselves: gateways, SNAT, DHCP and routes that their agents keep true. */
export function HostChanges({ planId, targets, title = "Host services" }: HostChangesProps) {
  if (targets.length === 0) return null;
  return (
    <section aria-labelledby="host-changes">
      <h2 id="host-changes" className="mb-1 text-base">
        {title}
      </h2>
      <p className="mb-2 text-sm text-text-2">
        Where the cluster changes too, what goes is ended before that, and what comes is put after every node is proven.
      </p>
      <div className="flex flex-col gap-3">
        {targets.map((target) => (
          <NodeChanges key={target.node} planId={planId} target={target} />
        ))}
      </div>
    </section>
  );
}

/** So many changes are shown at once; more are counted and open on demand. */
const SHORT = 8;

function NodeChanges({ planId, target: { node, changes } }: { readonly planId: string; readonly target: HostTarget }) {
  const counts = { create: 0, update: 0, delete: 0, replace: 0 };
  for (const { action } of changes) counts[KIND[action]] += 1;
  return (
    <Card className="overflow-hidden">
      {changes.length === 0 ? (
        <p className="px-4 py-2 text-sm text-text-2">
          <Mono className="font-medium text-text">{node}</Mono> gets the same once more, because it is not known what
          became of it the last time.
        </p>
      ) : (
        <details open={changes.length <= SHORT}>
          <summary className="flex cursor-pointer items-baseline gap-3 px-4 py-2 text-sm hover:bg-hover">
            <Mono className="font-medium">{node}</Mono>
            <ChangeCounts counts={counts} />
            <span className="min-w-0 truncate text-text-2">{vnetsIn(changes)}</span>
          </summary>
          <ul aria-label={`Host services on ${node}`} className="divide-y divide-hairline border-hairline border-t">
            {changes.map(({ object, action, detail }) => (
              <li key={object} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-1.5 text-sm">
                <ChangeSymbol kind={KIND[action]} compact />
                <span className="inline-block font-medium first-letter:uppercase">{object}</span>
                <Mono className="min-w-0 break-words text-text-2 text-xs">{detail}</Mono>
              </li>
            ))}
          </ul>
        </details>
      )}
      <HostFiles planId={planId} node={node} />
    </Card>
  );
}

/** The VNets that changes are about: the word behind "of" in what each is called. */
function vnetsIn(changes: HostTarget["changes"]): string {
  const names = changes.flatMap(({ object }) => /^gateway \S+ of (\S+)/.exec(object)?.[1] ?? []);
  return [...new Set(names)].join(", ");
}
