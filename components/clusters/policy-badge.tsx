import { ScanSearch, Zap } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { RadioCard } from "@/components/ui/radio-cards";
import type { DeployPolicy } from "@/lib/server/views";

/** What a template does on this cluster. */
export function PolicyBadge({ policy }: { readonly policy: DeployPolicy }) {
  return policy === "direct" ? (
    <Badge icon={<Zap aria-hidden size={12} />}>Direct</Badge>
  ) : (
    <Badge icon={<ScanSearch aria-hidden size={12} />}>Review first</Badge>
  );
}

export const POLICY_CARDS: readonly RadioCard<DeployPolicy>[] = [
  {
    value: "review",
    title: "Review first",
    note: "Deploying a template opens the plan. Nothing is sent until a person applies it.",
  },
  { value: "direct", title: "Direct", note: "Deploying a template applies it at once, after its checks. For labs." },
];
