import type { Risk } from "@/lib/core/plan/step";

const LOOK = {
  low: { word: "Low", bars: 1, tone: "text-text-3" },
  medium: { word: "Medium", bars: 2, tone: "text-change" },
  high: { word: "High", bars: 3, tone: "text-destroy" },
} as const;

/** How risky a change is: one, two or three bars beside the word, so that it does not hang on colour. `short` leaves out "risk". */
export function RiskChip({ risk, short = false }: { readonly risk: Risk; readonly short?: boolean }) {
  const { word, bars, tone } = LOOK[risk];
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap text-xs ${tone}`}>
      <svg width="11" height="10" viewBox="0 0 11 10" aria-hidden="true" fill="currentColor">
        {[0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={bar * 4}
            y={6 - bar * 3}
            width="3"
            height={4 + bar * 3}
            rx="0.75"
            opacity={bar < bars ? 1 : 0.25}
          />
        ))}
      </svg>
      <span>
        {word}
        <span className={short ? "sr-only" : ""}> risk</span>
      </span>
    </span>
  );
}
