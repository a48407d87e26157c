import { Ban, Check as CheckIcon, CircleHelp, TriangleAlert } from "lucide-react";
import { CommandBlock } from "@/components/ui/copy-button";
import type { Check, CheckStatus } from "@/lib/core/plan/plan";

const LOOK = {
  block: { word: "Blocks", icon: Ban, tone: "text-destroy" },
  confirm: { word: "Needs your tick", icon: TriangleAlert, tone: "text-change" },
  warn: { word: "Warning", icon: TriangleAlert, tone: "text-change" },
  unknown: { word: "Not checked", icon: CircleHelp, tone: "text-text-2" },
  pass: { word: "Passed", icon: CheckIcon, tone: "text-add" },
} as const;

const ORDER: readonly CheckStatus[] = ["block", "confirm", "warn", "unknown", "pass"];

/** The pre-flight checks: what needs a look is written out, what passed is one line that opens. */
export function ChecksStrip({ checks }: { readonly checks: readonly Check[] }) {
  const open = ORDER.slice(0, 4).flatMap((status) => checks.filter((check) => check.status === status));
  const passed = checks.filter((check) => check.status === "pass");
  return (
    <section aria-labelledby="checks" className="overflow-hidden rounded-lg border border-hairline bg-surface">
      <h2 id="checks" className="sr-only">
        Checks
      </h2>
      <ul className="divide-y divide-hairline">
        {open.map((check) => (
          <CheckRow key={check.id} check={check} />
        ))}
      </ul>
      {passed.length > 0 ? (
        <details className={open.length > 0 ? "border-t border-hairline" : ""}>
          <summary className="flex min-h-9 cursor-pointer items-center gap-2.5 px-4 py-1.5 text-text-2 hover:bg-hover">
            <CheckIcon aria-hidden="true" className="size-4 shrink-0 text-add" />
            <span>
              <span className="text-text">
                {open.length === 0 ? `All ${passed.length} checks passed` : `${passed.length} checks passed`}
              </span>
              <span className="hidden text-text-3 sm:inline"> · {passed.map((check) => check.title).join(", ")}</span>
            </span>
          </summary>
          <ul className="divide-y divide-hairline border-t border-hairline">
            {passed.map((check) => (
              <CheckRow key={check.id} check={check} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function CheckRow({ check }: { readonly check: Check }) {
  const { word, icon: Icon, tone } = LOOK[check.status];
  return (
    <li className="flex items-baseline gap-2.5 px-4 py-2">
      <Icon aria-hidden="true" className={`size-4 shrink-0 self-start ${tone} mt-px`} />
      <div className="min-w-0 flex-1">
        <span className={`font-medium ${check.status === "pass" ? "sr-only" : tone}`}>{word}: </span>
        <span className="font-medium">{check.title}.</span> <span className="text-text-2">{check.detail}</span>
        {check.next ? (
          <div className="mt-1.5 mb-1">
            <CommandBlock text={check.next.join("\n")} label={`commands for ${check.title}`} />
          </div>
        ) : null}
      </div>
    </li>
  );
}
