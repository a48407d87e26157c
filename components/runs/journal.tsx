import { VirtualList } from "@/components/plan/virtual-list";
import type { StoredEvent } from "@/lib/core/apply/events";
import type { Step } from "@/lib/core/plan/step";
import { journalLine } from "./journal-words";

const TONE = { plain: "text-text-2", good: "text-add", warning: "text-change", bad: "text-destroy" } as const;
const WORD = { plain: null, good: null, warning: "Warning", bad: "Failed" } as const;

interface JournalProps {
  readonly events: readonly StoredEvent[];
  readonly steps: readonly Step[];
}

/** Everything the run wrote down, in order. Written before each next thing was done, and never changed after. */
export function Journal({ events, steps }: JournalProps) {
  return (
    <VirtualList
      label="Journal"
      count={events.length}
      rowHeight={24}
      rowKey={(index) => events[index]?.seq ?? index}
      row={(index) => {
        const event = events[index];
        return event ? <Line event={event} steps={steps} /> : null;
      }}
      className="h-[min(60vh,40rem)] rounded-lg border border-hairline bg-surface"
    />
  );
}

function Line({ event, steps }: { readonly event: StoredEvent; readonly steps: readonly Step[] }) {
  const { text, tone } = journalLine(event, steps);
  const word = WORD[tone];
  return (
    <div className="flex gap-4 px-4 py-0.5">
      <span className="mono w-8 shrink-0 text-right text-text-3 text-xs leading-5">{event.seq}</span>
      <time dateTime={event.at} title={`${event.at} (UTC)`} className="mono shrink-0 text-text-3 text-xs leading-5">
        {event.at.slice(11, 23)}
      </time>
      <span className={`min-w-0 break-words leading-5 ${TONE[tone]}`}>
        {word ? <span className="sr-only">{word}: </span> : null}
        {text}
      </span>
    </div>
  );
}
