import { plural } from "@/lib/core/plural";
import type { AgentView, HostAgentsView } from "@/lib/server/agent-views";

/** How an agent is, in one look: what a person has to do about it is in the tone. */
export interface Verdict {
  readonly tone: "good" | "waits" | "differs" | "fails" | "quiet";
  readonly words: string;
}

type Change = NonNullable<AgentView["report"]>["changes"][number];

export function verdictOf(agent: AgentView, { owner }: Pick<HostAgentsView, "owner">): Verdict {
  const { mode, failure, report, put } = agent;
  if (mode === "bundle") {
    const words = put ? `By script; the last one made has revision ${put.revision}` : "By script; none made yet";
    return { tone: "quiet", words };
  }
  if (failure) return { tone: "fails", words: failureWords(agent) };
  if (!report) return { tone: "quiet", words: "Never asked yet" };
  if (report.error) return { tone: "fails", words: `The agent reports: ${report.error.reason}` };
  if (report.owner != null && report.owner !== owner) {
    return { tone: "fails", words: "Serves another Trunkline installation" };
  }
  if (report.changes.length > 0) return { tone: "differs", words: plural(report.changes.length, "difference") };
  if (report.pending.length > 0) return { tone: "waits", words: `${plural(report.pending.length, "part")} waiting` };
  const told = put !== null || report.revision != null;
  return { tone: "good", words: told ? "In order" : "Installed, serves nothing yet" };
}

function failureWords({ failure, contactAt }: AgentView): string {
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

const WHAT: Readonly<Record<string, string>> = {
  address: "Gateway address",
  snippet: "Network file",
  nft: "NAT and guard rules",
  dhcp: "DHCP configuration",
  unit: "DHCP server",
  route: "Route",
  forwarding: "Forwarding",
  sysctl: "Kernel setting",
  state: "State file",
};
const FOUND: Readonly<Record<string, string>> = {
  add: "is missing",
  remove: "is there and should not be",
  replace: "is not as it should be",
  restart: "has to be restarted",
};

/** A difference as a sentence; words that a newer agent uses stand as they are. */
export function changeWords({ what, object, action, detail }: Change): string {
  const sentence = `${WHAT[what] ?? what} ${object} ${FOUND[action] ?? action}`;
  return detail === "" ? sentence : `${sentence} (${detail})`;
}

/** What a repair put right, by kind. */
export const repairWords = (changes: number, what: readonly string[]): string =>
  what.length === 0 ? plural(changes, "change") : `${plural(changes, "change")}: ${what.join(", ")}`;
