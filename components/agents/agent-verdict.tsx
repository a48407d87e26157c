import { CircleAlert, CircleCheck, CircleHelp, Hourglass, type LucideIcon, TriangleAlert } from "lucide-react";
import type { Verdict } from "./agent-words";

const LOOK: Readonly<Record<Verdict["tone"], { readonly icon: LucideIcon; readonly mark: string }>> = {
  good: { icon: CircleCheck, mark: "text-add" },
  waits: { icon: Hourglass, mark: "text-change" },
  differs: { icon: TriangleAlert, mark: "text-change" },
  fails: { icon: CircleAlert, mark: "text-destroy" },
  quiet: { icon: CircleHelp, mark: "text-text-3" },
};

/** How an agent is: a mark and its words. */
export function AgentVerdict({ verdict: { tone, words } }: { readonly verdict: Verdict }) {
  const { icon: Icon, mark } = LOOK[tone];
  return (
    <span className="inline-flex items-start gap-1.5">
      <Icon aria-hidden size={14} className={`mt-0.5 shrink-0 ${mark}`} />
      <span>{words}</span>
    </span>
  );
}
