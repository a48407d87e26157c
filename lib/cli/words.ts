import type { RunEvent } from "@/lib/core/apply/events";
import type { Drift } from "@/lib/core/drift/drift";
import type { PropValue } from "@/lib/core/plan/entity";
import { keyName } from "@/lib/core/plan/key-name";
import type { CheckStatus, Plan } from "@/lib/core/plan/plan";
import { type ChangeOp, describeStep } from "@/lib/core/plan/step";
import type { Problem } from "@/lib/core/problem";

/** Colours of a terminal; the same text without them where there is none. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
}

const wrap =
  (code: number, on: boolean) =>
  (text: string): string =>
    on ? `\u001b[${code}m${text}\u001b[0m` : text;
export const paintFor = (terminal: boolean): Paint => ({
  good: wrap(32, terminal),
  warn: wrap(33, terminal),
  bad: wrap(31, terminal),
  faint: wrap(2, terminal),
});

const SIGN: Readonly<Record<ChangeOp, string>> = { create: "+", update: "~", delete: "-", replace: "±" };
const CHECK_WORD: Readonly<Record<CheckStatus, string>> = {
  pass: "passed",
  warn: "warning",
  confirm: "needs --accept",
  block: "BLOCKS",
  unknown: "not checked",
};

function valueText(value: PropValue | null): string {
  if (value === null) return "unset";
  if (value === true) return "on";
  if (typeof value !== "object") return String(value);
  return value
    .map((item) => (typeof item === "string" ? item : `${item["start-address"]}-${item["end-address"]}`))
    .join(", ");
}

export function problemLines(problems: readonly Problem[], paint: Paint): string[] {
  const look = { error: paint.bad, warning: paint.warn, info: paint.faint };
  return problems.map(
    ({ severity, code, at, message }) =>
      `${look[severity](severity)} ${at[0] === undefined ? "Layout" : keyName(at[0])}: ${message} ${paint.faint(`[${code}]`)}`,
  );
}

/** A plan as people read it: what changes and why it is risky, what was checked, and the counts. */
export function planLines(plan: Plan, paint: Paint): string[] {
  const look = { create: paint.good, update: paint.warn, delete: paint.bad, replace: paint.bad };
  const changes = plan.changes.flatMap((change) => {
    const fields = change.fields.map((one) => `${one.field} ${valueText(one.before)} → ${valueText(one.after)}`);
    const nics = change.nics && change.nics.total > 0 ? `, ${change.nics.total} guest interfaces` : "";
    const risk = change.risk === "low" ? "" : ` (${change.risk} risk${nics})`;
    const head = `${look[change.op](SIGN[change.op])} ${change.kind} ${change.id}${risk}`;
    return [head, ...[...fields, ...change.reasons].map((line) => `    ${line}`)];
  });
  const checks = plan.checks
    .filter(({ status }) => status !== "pass")
    .flatMap(({ id, status, title, detail, next }) => [
      `${status === "block" ? paint.bad(CHECK_WORD[status]) : paint.warn(CHECK_WORD[status])} ${id}: ${title}. ${detail}`,
      ...(next ?? []).map((line) => `    ${line}`),
    ]);
  const passed = plan.checks.filter(({ status }) => status === "pass").length;
  return [
    ...changes,
    ...problemLines(plan.problems, paint),
    ...checks,
    ...plan.localChanges.flatMap(({ node, diff }) => [
      `Network edits waiting on ${node}, also applied:`,
      ...diff
        .trimEnd()
        .split("\n")
        .map((line) => `    ${line}`),
    ]),
    ...plan.notProvided.map((line) => paint.warn(line)),
    `${counts(plan)}. ${passed} of ${plan.checks.length} checks passed.`,
  ];
}

function counts({ changes, unchanged, foreign }: Plan): string {
  const of = (op: ChangeOp): number => changes.filter((change) => change.op === op).length;
  const list = `+${of("create")} ~${of("update")} -${of("delete")} ±${of("replace")}`;
  return `${list}, ${unchanged} unchanged, ${foreign} foreign`;
}

export const driftLines = ({ items, foreignPending }: Drift, paint: Paint): string[] => [
  ...items.flatMap(({ kind, id, where, op, fields }) => [
    `${paint.warn(where === "applied" ? op : `${op}, pending`)} ${kind} ${id}`,
    ...fields.map(({ field, recorded, live }) => `    ${field} ${valueText(recorded)} → ${valueText(live)}`),
  ]),
  ...foreignPending.map(({ kind, id, state }) => paint.faint(`foreign, pending: ${kind} ${id} (${state})`)),
];

/** The state of an event that says nothing new: what begins is told when it ends, a phase when it begins. */
const QUIET: Readonly<Partial<Record<RunEvent["type"], string>>> = {
  phase: "done",
  step: "started",
  node: "waiting",
  release: "started",
  host: "started",
};

const after = (mark: string, text: string | undefined): string => (text ? `${mark} ${text}` : "");

/** One event as a line of progress; null where a line would say nothing new. The lock's token is never part of it. */
export function progressLine(event: RunEvent, plan: Plan): string | null {
  if ("state" in event && event.state === QUIET[event.type]) return null;
  switch (event.type) {
    case "phase":
      return `${event.phase} ${event.state === "started" ? "…" : `${event.state}${after(":", event.reason)}`}`;
    case "note":
      return event.text;
    case "step": {
      const step = plan.steps[event.index];
      if (!step) return null;
      const failure = event.state === "failed" ? `: ${event.failure.message}` : "";
      return `  ${event.index + 1}/${plan.steps.length} ${describeStep(step)}${failure}`;
    }
    case "node":
      return `  ${event.node}: ${event.state}${after(".", event.detail)}`;
    case "release":
      return `  address ${plan.releases[event.index]?.ip ?? ""}: ${event.state === "done" ? "released" : "not released"}`;
    case "pending":
      return `${event.choice === "include" ? "Included" : "Discarded"}: ${event.changes.length} pending changes of others`;
    case "host":
      return `  host services of ${event.node}: ${event.step} ${event.state}`;
    case "local-changes":
      return `  ${event.node}: its own waiting edits are applied too`;
    case "resumed":
      return `Going on (${event.how})`;
    case "dry-run-missing":
      return `  ${event.node}: no dry-run. ${event.reason}`;
    case "locked":
    case "unlocked":
    case "snapshot":
    case "dry-run":
    case "committing":
    case "committed":
    case "log":
    case "ended":
      return null;
  }
}
