"use client";

import { ChecksStrip } from "@/components/plan/checks-strip";
import type { NodeDiff } from "@/components/plan/diff-groups";
import { HostChanges } from "@/components/plan/host-changes";
import { NodeDiffs } from "@/components/plan/node-diffs";
import { ProblemList } from "@/components/plan/problem-list";
import { useAddressQuery } from "@/components/plan/use-address-query";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import type { RunStatus } from "@/lib/core/apply/run-status";
import type { RunView } from "@/lib/server/views";
import { BeforeAfter } from "./before-after";
import { Journal } from "./journal";
import { RunSteps } from "./run-steps";
import { runState } from "./run-words";

const TABS = ["steps", "diff", "pictures", "plan", "journal"] as const;
type Tab = (typeof TABS)[number];

/** Everything about a run beyond its state: steps, diffs, pictures, the plan it came from, its journal. */
export function RunDetails({ run, status }: { readonly run: RunView; readonly status: RunStatus }) {
  const [query, changeQuery] = useAddressQuery();
  const tab: Tab = TABS.find((name) => name === query.get("tab")) ?? "steps";
  const { plan } = run;
  const hosts = plan.hosts ?? [];
  const diffs = status.nodes.flatMap((lane): NodeDiff[] => (lane.dryRun ? [{ node: lane.node, ...lane.dryRun }] : []));
  return (
    <Tabs<Tab>
      label="Details of the run"
      value={tab}
      onChange={(name) =>
        changeQuery((q) => {
          if (name === "steps") q.delete("tab");
          else q.set("tab", name);
          return q;
        })
      }
      tabs={[
        { value: "steps", label: "Steps", count: plan.steps.length },
        { value: "diff", label: "Node diff" },
        { value: "pictures", label: "Before and after" },
        { value: "plan", label: "Plan" },
        { value: "journal", label: "Journal", count: run.events.length },
      ]}
      className="mt-2"
    >
      <TabPanel value="steps">
        {plan.steps.length > 0 ? (
          <Card className="overflow-hidden">
            <RunSteps
              steps={plan.steps}
              states={status.steps}
              reached={runState(status) === "applied" ? "applied" : status.commit === "done" ? "committed" : "staged"}
            />
          </Card>
        ) : (
          <EmptyState title="Nothing was to be sent to Proxmox">
            {hosts.length > 0 ? "What changes on the nodes themselves is listed under Plan." : null}
          </EmptyState>
        )}
      </TabPanel>
      <TabPanel value="diff">
        {diffs.length > 0 ? (
          <NodeDiffs diffs={diffs} />
        ) : (
          <EmptyState title={status.end ? "The run ended before its dry-run" : "The dry-run has not been made yet"}>
            Proxmox compares what is staged with the files of each node, just before the commit.
          </EmptyState>
        )}
      </TabPanel>
      <TabPanel value="pictures">
        <BeforeAfter before={run.before} after={run.after} nodes={plan.nodes} />
      </TabPanel>
      <TabPanel value="plan">
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-text-2">Checks, problems and host services as they were when the plan was made.</p>
            <ButtonLink href={`/plans/${run.planId}`} size="sm">
              Open the plan
            </ButtonLink>
          </div>
          <ProblemList problems={plan.problems} />
          <HostChanges planId={run.planId} targets={hosts} title="Changes of host services" />
          <ChecksStrip checks={plan.checks} />
        </div>
      </TabPanel>
      <TabPanel value="journal">
        <Journal events={run.events} steps={plan.steps} />
      </TabPanel>
    </Tabs>
  );
}
