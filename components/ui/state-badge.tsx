import {
  Ban,
  Check,
  CircleDashed,
  CircleSlash2,
  Clock,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
  X,
} from "lucide-react";
import type { RunState } from "@/lib/server/views";
import { Badge, type Tone } from "./badge";

interface StateLook {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: LucideIcon;
}

const LOOK: Readonly<Record<RunState, StateLook>> = {
  queued: { word: "Queued", tone: "neutral", icon: Clock },
  running: { word: "Running", tone: "accent", icon: LoaderCircle },
  applied: { word: "Applied", tone: "add", icon: Check },
  failed: { word: "Failed", tone: "destroy", icon: X },
  blocked: { word: "Blocked", tone: "change", icon: Ban },
  "partially-applied": { word: "Partially applied", tone: "change", icon: CircleDashed },
  "needs-attention": { word: "Needs attention", tone: "destroy", icon: TriangleAlert },
  interrupted: { word: "Interrupted", tone: "destroy", icon: CircleSlash2 },
};

/** The word for a run's state, as it is said everywhere. */
export function stateWord(state: RunState): string {
  return LOOK[state].word;
}

/** A run's state as symbol and word. */
export function StateBadge({ state }: { readonly state: RunState }) {
  const { word, tone, icon: Icon } = LOOK[state];
  return (
    <Badge
      tone={tone}
      icon={<Icon aria-hidden size={12} strokeWidth={2.5} className={state === "running" ? "animate-turn" : ""} />}
    >
      {word}
    </Badge>
  );
}
