import type { RunCounts } from "@/lib/server/views";

export type ChangeKind = keyof RunCounts;

const LOOK: Readonly<Record<ChangeKind, { readonly symbol: string; readonly word: string; readonly colour: string }>> =
  {
    create: { symbol: "+", word: "Create", colour: "text-add" },
    update: { symbol: "~", word: "Change", colour: "text-change" },
    delete: { symbol: "−", word: "Delete", colour: "text-destroy" },
    replace: { symbol: "±", word: "Replace", colour: "text-destroy" },
  };

const KINDS: readonly ChangeKind[] = ["create", "update", "delete", "replace"];

interface ChangeSymbolProps {
  readonly kind: ChangeKind;
  /** Only the symbol is shown; the word stays for assistive technology. */
  readonly compact?: boolean;
}

/** What happens to an object: symbol, word and colour, never colour alone. */
export function ChangeSymbol({ kind, compact = false }: ChangeSymbolProps) {
  const { symbol, word, colour } = LOOK[kind];
  return (
    <span className={`inline-flex items-baseline gap-1.5 font-medium ${colour}`}>
      <span aria-hidden className="mono inline-block w-[1ch] text-center">
        {symbol}
      </span>
      <span className={compact ? "sr-only" : ""}>{word}</span>
    </span>
  );
}

/** Counts of the objects of a plan or run: `+12 ~3 −1 ±1`. Kinds without a change are left out; none at all says so. */
export function ChangeCounts({ counts }: { readonly counts: RunCounts }) {
  const present = KINDS.filter((kind) => counts[kind] > 0);
  if (present.length === 0) return <span className="text-text-3">No SDN change</span>;
  return (
    <span className="mono inline-flex gap-2 whitespace-nowrap font-medium">
      {present.map((kind) => (
        <span key={kind} className={LOOK[kind].colour} title={`${LOOK[kind].word} ${counts[kind]}`}>
          <span aria-hidden>
            {LOOK[kind].symbol}
            {counts[kind]}
          </span>
          <span className="sr-only">
            {LOOK[kind].word} {counts[kind]}
          </span>
        </span>
      ))}
    </span>
  );
}
