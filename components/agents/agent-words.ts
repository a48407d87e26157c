import { plural } from "@/lib/core/plural";
import type { AgentView, HostAgentsView } from "@/lib/server/agent-views";

/** How an agent is, in one look: what a person has to do about it is in the tone. */
export interface Verdict {
  readonly tone: "good" | "waits" | "differs" | "fails" | "quiet";
  readonly words: string;
}

type Report = NonNullable<AgentView["report"]>;

export function verdictOf(agent: AgentView, view: Pick<HostAgentsView, "owner">): Verdict {
  return agent.mode === "ssh" ? askedVerdict(agent, view) : reportedVerdict(agent, view);
}

function askedVerdict(agent: AgentView, view: Pick<HostAgentsView, "owner">): Verdict {
  if (agent.failure) return { tone: "fails", words: failureWords(agent) };
  return agent.report ? toldVerdict(agent, agent.report, view) : { tone: "quiet", words: "Never asked yet" };
}

/** Of a node that is not reached: nobody hears that a script was run before somebody enters a report. */
function reportedVerdict(agent: AgentView, view: Pick<HostAgentsView, "owner">): Verdict {
  const { report, put } = agent;
  if (!report) {
    const words = put ? `By script; whether revision ${put.revision} was run is not known` : "By script; none made yet";
    return { tone: "quiet", words };
  }
  const { tone, words } = toldVerdict(agent, report, view);
  const behind = put && report.revision !== put.revision && tone !== "fails";
  if (!behind) return { tone, words: `${words}, as reported` };
  return { tone: "waits", words: `Revision ${put.revision} is not reported yet; ${report.revision ?? "none"} was` };
}

function toldVerdict({ put }: AgentView, report: Report, { owner }: Pick<HostAgentsView, "owner">): Verdict {
  if (report.error) return { tone: "fails", words: `The agent reports: ${report.error.reason}` };
  if (report.owner != null && report.owner !== owner) {
    return { tone: "fails", words: "Serves another Trunkline installation" };
  }
  if (report.changes.length > 0) return { tone: "differs", words: plural(report.changes.length, "difference") };
  if (report.pending.length > 0) return { tone: "waits", words: `${plural(report.pending.length, "part")} waiting` };
  const told = put !== null || report.revision != null;
  return { tone: "good", words: told ? "In order" : "Installed, serves nothing yet" };
}

/** What the node keeps of its state is damaged or gone; repairing gives it again. */
export const isStateLost = ({ failure, put }: AgentView): boolean =>
  put !== null && failure?.fields?.["state"] !== undefined;

function failureWords({ failure, contactAt }: AgentView): string {
  if (failure?.fields?.["state"] !== undefined) return "Its state file is damaged or gone";
  if (failure?.kind === "certificate") return "Another SSH host key";
  if (failure?.kind === "unauthorized") return contactAt === null ? "Not installed yet" : "Does not accept the key";
  if (failure?.kind === "unreachable" || failure?.kind === "timeout") return "Does not answer";
  return "Cannot be used";
}

/** How many VNets the node serves, and what of that is not what it was told. */
export function servedWords({ put, report }: AgentView): string {
  if (!put) return report?.revision == null ? "Nothing" : `Not known here; the node has revision ${report.revision}`;
  const words = put.vnets === 0 ? "No VNet" : plural(put.vnets, "VNet");
  const other = report?.revision != null && report.revision !== put.revision;
  return other ? `${words} by revision ${put.revision}; the node has ${report.revision}` : words;
}

/** "every minute", "every 90 s". */
export function intervalWords(seconds: number): string {
  if (seconds === 3600) return "every hour";
  if (seconds === 60) return "every minute";
  return seconds % 60 === 0 ? `every ${seconds / 60} minutes` : `every ${seconds} s`;
}

/** What a repair put right, by kind. */
export const repairWords = (changes: number, what: readonly string[]): string =>
  what.length === 0 ? plural(changes, "change") : `${plural(changes, "change")}: ${what.join(", ")}`;
