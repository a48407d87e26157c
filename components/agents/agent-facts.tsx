import type { ReactNode } from "react";
import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import { plural } from "@/lib/core/plural";
import type { AgentView, HostAgentsView } from "@/lib/server/agent-views";
import { intervalWords, servedWords } from "./agent-words";

interface AgentFactsProps {
  readonly agent: AgentView;
  readonly view: HostAgentsView;
  /** VNets that the applied layouts want its node to serve. */
  readonly wanted: readonly string[];
}

/** What is known of an agent, in a line: what it serves, which one it is, and when it was heard of. */
export function AgentFacts({ agent, view, wanted }: AgentFactsProps) {
  const { report, contactAt, put } = agent;
  const ssh = agent.mode === "ssh";
  const old = report && report.agent !== view.version;
  const mended = ssh ? "install again" : "run a new script";
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      <Fact term="Serves">
        {servedWords(agent)}
        {put === null && wanted.length > 0 ? <>; {plural(wanted.length, "VNet")} with the next apply</> : null}
      </Fact>
      <Fact term="Agent">
        {report ? <Mono>{report.agent}</Mono> : "–"}
        {old ? (
          <span className="text-change">
            {" "}
            ({view.version} comes with this Trunkline: {mended})
          </span>
        ) : null}
      </Fact>
      {ssh ? (
        <>
          <Fact term="Last contact">{contactAt ? <RelativeTime at={contactAt} /> : "never"}</Fact>
          <Fact term="Address">
            <Mono>{agent.port === 22 ? agent.host : `${agent.host} port ${agent.port}`}</Mono>
          </Fact>
        </>
      ) : (
        <>
          <Fact term="Last script">{put ? <RelativeTime at={put.at} /> : "none"}</Fact>
          <Fact term="Last report">{report ? <RelativeTime at={report.at} /> : "none"}</Fact>
        </>
      )}
      <Fact term="Repairs">{intervalWords(agent.repairSeconds)}</Fact>
    </dl>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-text-3">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
