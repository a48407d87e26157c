import { Card } from "@/components/ui/card";
import { ChangeSymbol } from "@/components/ui/change-symbol";
import { Mono } from "@/components/ui/mono";
import type { HostTarget } from "@/lib/core/plan/host-targets";
import { HostFiles } from "./host-files";

const KIND = { add: "create", remove: "delete", change: "update" } as const;

interface HostChangesProps {
  readonly planId: string;
  readonly targets: readonly HostTarget[];
}

/** What changes on the nodes themselves: gateways, SNAT, DHCP and routes that their agents keep true. */
export function HostChanges({ planId, targets }: HostChangesProps) {
  if (targets.length === 0) return null;
  return (
    <section aria-labelledby="host-changes">
      <h2 id="host-changes" className="mb-1 text-base">
        Host services
      </h2>
      <p className="mb-2 text-sm text-text-2">
        What goes is ended before the cluster is changed; what comes is put after every node is proven.
      </p>
      <div className="flex flex-col gap-3">
        {targets.map(({ node, changes }) => (
          <Card key={node} className="overflow-hidden">
            <h3 className="border-hairline border-b bg-sunken px-4 py-1.5 text-sm">
              <Mono className="font-medium">{node}</Mono>
            </h3>
            {changes.length === 0 ? (
              <p className="px-4 py-2 text-sm text-text-2">
                The same as before is sent again, because it is not known what became of it the last time.
              </p>
            ) : (
              <ul aria-label={`Host services on ${node}`} className="divide-y divide-hairline">
                {changes.map(({ object, action, detail }) => (
                  <li key={object} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-1.5 text-sm">
                    <ChangeSymbol kind={KIND[action]} compact />
                    <span className="font-medium">{object}</span>
                    <Mono className="min-w-0 break-words text-text-2 text-xs">{detail}</Mono>
                  </li>
                ))}
              </ul>
            )}
            <HostFiles planId={planId} node={node} />
          </Card>
        ))}
      </div>
    </section>
  );
}
