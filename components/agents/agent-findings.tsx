import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import { changeWords } from "@/lib/core/hosts/difference-words";
import { plural } from "@/lib/core/plural";
import type { AgentView } from "@/lib/server/agent-views";
import { repairWords } from "./agent-words";

/** As many lines as a person reads; the node itself has them all. */
const SHOWN = 12;

/** What the agent last told: what differs now, what waits and for what, and what it repaired. */
export function AgentFindings({ agent: { mode, report, failure } }: { readonly agent: AgentView }) {
  if (!report) return null;
  const { changes, pending, repairs } = report;
  const then = mode === "bundle" ? ", when that was reported" : failure ? ", when it last answered" : "";
  if (changes.length + pending.length + repairs.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 text-sm">
      {changes.length > 0 ? (
        <Lines title={`Differs from what it was told${then}`} lines={changes.map(changeWords)} mark="text-change" />
      ) : null}
      {pending.length > 0 ? (
        <Lines
          title={`Waits${then}`}
          lines={pending.map(({ object, reason }) => `${object}: ${reason}`)}
          mark="text-text-2"
        />
      ) : null}
      {repairs.length > 0 ? (
        <details>
          <summary className="cursor-default text-text-2 hover:text-text">
            Last repaired <RelativeTime at={new Date(latest(repairs)).toISOString()} />,{" "}
            {plural(repairs.length, "time")} on record
          </summary>
          <ul className="mt-1 flex flex-col gap-0.5 pl-4">
            {[...repairs]
              .sort((a, b) => b.atMs - a.atMs)
              .slice(0, SHOWN)
              .map(({ atMs, changes: number, what }) => (
                <li key={atMs} className="text-text-2">
                  <RelativeTime at={new Date(atMs).toISOString()} />: <Mono>{repairWords(number, what)}</Mono>
                </li>
              ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

const latest = (repairs: readonly { readonly atMs: number }[]): number => Math.max(...repairs.map(({ atMs }) => atMs));

function Lines({
  title,
  lines,
  mark,
}: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly mark: string;
}) {
  const different = [...new Set(lines)];
  return (
    <div>
      <p className={`font-medium ${mark}`}>{title}</p>
      <ul className="list-disc pl-5 text-text-2">
        {different.slice(0, SHOWN).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {different.length > SHOWN ? (
        <p className="pl-5 text-text-3 text-xs">and {different.length - SHOWN} more</p>
      ) : null}
    </div>
  );
}
