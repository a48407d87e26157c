import { Check, CircleDashed, Clock, LoaderCircle, type LucideIcon, Minus, Undo2, X } from "lucide-react";
import type { HostState, HostStatus } from "@/lib/core/apply/run-status";
import { HOST_WORD } from "./run-words";

const LOOK: Readonly<Record<HostState, { readonly icon: LucideIcon; readonly tone: string }>> = {
  waiting: { icon: Clock, tone: "text-text-3" },
  sending: { icon: LoaderCircle, tone: "text-accent" },
  withdrawn: { icon: CircleDashed, tone: "text-text-2" },
  serving: { icon: Check, tone: "text-add" },
  pending: { icon: Clock, tone: "text-change" },
  restored: { icon: Undo2, tone: "text-change" },
  failed: { icon: X, tone: "text-destroy" },
  untouched: { icon: Minus, tone: "text-text-3" },
};

/** One lane per node whose agent gets something: gateway, SNAT, DHCP and routes. */
export function HostLanes({ hosts }: { readonly hosts: readonly HostStatus[] }) {
  return (
    <ul aria-label="Host services" className="divide-y divide-hairline">
      {hosts.map(({ node, state, detail }) => {
        const { icon: Icon, tone } = LOOK[state];
        return (
          <li key={node} className="px-4 py-1.5">
            <div className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1">
              <span className="mono w-24 truncate font-medium">{node}</span>
              <span className={`inline-flex items-center gap-1.5 ${tone}`}>
                <Icon aria-hidden size={14} strokeWidth={2.5} className={state === "sending" ? "animate-turn" : ""} />
                {HOST_WORD[state]}
              </span>
            </div>
            {detail ? <p className="mt-1 break-words text-text-2">{detail}</p> : null}
          </li>
        );
      })}
    </ul>
  );
}
