import type { Layout } from "@/lib/core/layout/model";
import type { Problem } from "@/lib/core/problem";
import { ACCEPTABLE } from "./acceptable";
import { PROBLEM_CODES } from "./codes";
import { problem } from "./subject";

/**
 * Applies the accepted exceptions: a problem of that code at exactly those objects becomes an info that quotes the
 * reason. An exception that cannot work, gives no reason or meets nothing is a problem itself.
 */
export function applyExceptions(layout: Layout, problems: readonly Problem[]): Problem[] {
  const exceptions = layout.exceptions ?? [];
  if (exceptions.length === 0) return [...problems];
  const wanted = new Map(exceptions.map((exception, index) => [placeOf(exception.problem, exception.at), index]));
  const used = new Set<number>();
  const judged = problems.map((found): Problem => {
    const index = ACCEPTABLE.has(found.code) ? wanted.get(placeOf(found.code, found.at)) : undefined;
    const reason = index === undefined ? "" : (exceptions[index]?.reason.trim() ?? "");
    if (index === undefined || reason === "") return found;
    used.add(index);
    const { fix: _, ...rest } = found;
    return { ...rest, severity: "info", message: `Accepted: ${reason} (${found.message})` };
  });
  exceptions.forEach((exception, index) => {
    const field = `exceptions[${index}]`;
    const fix = { kind: "set", label: "Remove the exception", key: `exceptions/${index}`, field: "" } as const;
    if (!ACCEPTABLE.has(exception.problem)) {
      const title = Object.hasOwn(PROBLEM_CODES, exception.problem) ? "has to be mended" : "is not a problem code";
      const message = `${exception.problem || "An empty text"} ${title} and cannot be accepted; only ${[...ACCEPTABLE].join(" and ")} can.`;
      judged.push(problem("exception-not-allowed", "error", exception.at, message, { field, fix }));
    } else if (exception.reason.trim() === "") {
      const message = `The exception for ${exception.problem} gives no reason; write why it is meant.`;
      judged.push(problem("exception-without-reason", "error", exception.at, message, { field, fix }));
    } else if (!used.has(index)) {
      const message = `The exception for ${exception.problem} at ${exception.at.join(" and ")} meets no problem any more; remove it.`;
      judged.push(problem("exception-unused", "warning", exception.at, message, { field, fix }));
    }
  });
  return judged;
}

const placeOf = (code: string, at: readonly string[]): string => [code, ...[...at].sort()].join("\n");
