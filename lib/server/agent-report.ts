import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { readHostReport } from "@/lib/core/hosts/host-report";
import type { Result } from "@/lib/core/result";
import { sameNode } from "@/lib/hosts/hosts";
import { findCluster } from "@/lib/store/clusters";
import * as store from "@/lib/store/host-agents";
import type { AgentView } from "./agent-views";
import { agentSchema, viewOf } from "./agents";
import { appendAudit } from "./audit";
import { context } from "./context";
import { parseInput } from "./input";
import { forbidden, missing, refused, rejected } from "./refusals";
import type { Actor } from "./views";

/** The longest request (http.ts); a report with 50,000 leases. */
const MOST = 8 * 1024 * 1024;
const reportSchema = agentSchema.extend({
  text: z
    .string("Paste what the command printed.")
    .max(MOST, `Use at most ${MOST / 1024 / 1024} MB. Empty the list after "leases" if it is longer.`),
});

/**
 * What the agent of a node that is not reached from here said of itself, as a person carries it back: all that
 * `trunkline-host status` printed there. It counts from when it was printed, and an older one never replaces a newer.
 */
export async function enterReport(
  actor: Actor,
  input: z.input<typeof reportSchema>,
): Promise<Result<AgentView, Failure>> {
  const no = forbidden(actor, "operator", "enter reports of nodes");
  if (no) return no;
  const parsed = parseInput(reportSchema, input);
  if (!parsed.ok) return parsed;
  const { clusterId, node, text } = parsed.value;
  const place = { clusterId, node };
  const ctx = await context();
  if (!(await findCluster(ctx.db, clusterId))) return missing("cluster");
  const row = await store.findAgent(ctx.db, place);
  if (!row) return missing("host agent");
  if (row.mode === "ssh") return refused(`${node} is reached over SSH and asked there.`, "Press Check.");
  const wrong = (reason: string) => rejected(`The report is not usable. ${reason}`, { text: reason });
  // The lines before and after it, a prompt among them, are easily copied along.
  const report = readHostReport(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  if (!report) return wrong("This is not a whole answer of the agent. Copy all that the command prints.");
  if (report.verb !== "status" || report.atMs === undefined) {
    return wrong(`This is the answer to "${report.verb ?? "?"}". Run: trunkline-host status`);
  }
  if (!sameNode(node, report.node)) return wrong(`This is the report of ${report.node}, not of ${node}.`);
  // A clock that is ahead would keep out every report until then.
  const at = new Date(Math.min(report.atMs, ctx.clock.now()));
  if (row.reportAt && at < row.reportAt) {
    const known = row.reportAt.toISOString();
    return wrong(`It was printed at ${at.toISOString()}; a newer one, of ${known}, was entered already.`);
  }
  await store.noteAnswer(ctx.db, place, { report, whole: true, at });
  const detail = { node, revision: report.revision ?? null, at: at.toISOString() };
  await appendAudit(ctx, actor, "agent.report", `cluster/${clusterId}`, detail);
  return viewOf(ctx, place);
}
