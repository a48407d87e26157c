"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import { hostCounts } from "@/lib/core/plan/host-words";
import type { PlanView, RehearsalView, Role } from "@/lib/server/views";
import { ApiCallList } from "./api-call-list";
import { applyRefusal } from "./apply-gate";
import { ChangeList } from "./change-list";
import { countOps } from "./change-words";
import { ChecksStrip } from "./checks-strip";
import { ConfirmBar } from "./confirm-bar";
import { FilterBar } from "./filter-bar";
import { HostChanges } from "./host-changes";
import { LocalChanges } from "./local-changes";
import { PendingChoice } from "./pending-choice";
import { PlacementMatrix } from "./placement-matrix";
import { PlanBanner } from "./plan-banner";
import { filterChanges, readFilter, writeFilter } from "./plan-filter";
import { PlanHeader } from "./plan-header";
import { ProblemList } from "./problem-list";
import { RehearsalPanel } from "./rehearsal-panel";
import { ReleaseOffer } from "./release-offer";
import { useAddressQuery } from "./use-address-query";

/** A plan without the layout it was made from. */
export type PlanSheet = Omit<PlanView, "layout">;

interface PlanPageProps {
  readonly view: PlanSheet;
  readonly role: Role;
  /** The layout before and after, drawn where the layout is. */
  readonly picture: ReactNode;
  /** What goes away may be in use: the cluster's name has to be typed. */
  readonly typed: boolean;
  /** Takes `{planId, reason?, confirm?, accepted?}`. */
  readonly apply: ServerAction<{ runId: string }>;
  /** Takes `{planId, pending?, release?}`; makes a plan of the same purpose. */
  readonly planAgain: ServerAction<{ planId: string }>;
  /** Takes `{planId}`. */
  readonly rehearse: ServerAction<RehearsalView>;
}

type Tab = "objects" | "picture" | "diff" | "calls";

/** A plan: what would change and what speaks against it, down to the calls; and the way to apply it. */
export function PlanPage({ view, role, picture, typed, apply, planAgain, rehearse }: PlanPageProps) {
  const [query, changeQuery] = useAddressQuery();
  const router = useRouter();
  const applying = useAction(apply);
  const { plan } = view;
  const refusal = applyRefusal(view.state, plan, role);
  const nothing = plan.changes.length === 0;
  const empty = sendsNothing(plan) && !plan.records;

  const filter = readFilter(query);
  const shown = filterChanges(plan.changes, filter);
  const tab = (["picture", "diff", "calls"] as const).find((name) => name === query.get("tab")) ?? "objects";
  const choose = (name: Tab) =>
    changeQuery((q) => {
      if (name === "objects") q.delete("tab");
      else q.set("tab", name);
      return q;
    });

  return (
    <div className="flex flex-col gap-4">
      <PlanHeader view={view} />
      <PlanBanner view={view} role={role} planAgain={planAgain} />
      <ProblemList problems={plan.problems} />
      <ChecksStrip checks={plan.checks} />
      <PendingChoice plan={plan} planId={view.id} role={role} planAgain={planAgain} />
      <ReleaseOffer plan={plan} planId={view.id} role={role} planAgain={planAgain} />
      <LocalChanges changes={plan.localChanges} />
      <PlacementMatrix placement={plan.placement} nodes={plan.nodes} />
      <HostChanges planId={view.id} targets={plan.hosts ?? []} />
      {plan.notProvided.length > 0 ? <NotProvided sentences={plan.notProvided} /> : null}
      {plan.records && sendsNothing(plan) ? <OnlyRecorded /> : null}
      {nothing ? null : (
        <Tabs<Tab>
          label="Views of the plan"
          value={tab}
          onChange={choose}
          tabs={[
            { value: "objects", label: "Objects", count: plan.changes.length },
            { value: "picture", label: "Picture" },
            { value: "diff", label: "Node diff" },
            { value: "calls", label: "API calls" },
          ]}
        >
          <TabPanel value="objects">
            <Card className="overflow-hidden">
              <FilterBar
                changes={plan.changes}
                shown={shown.length}
                filter={filter}
                onChange={(next) => changeQuery((q) => writeFilter(q, next))}
              />
              {shown.length > 0 ? (
                <ChangeList changes={shown} steps={plan.steps} />
              ) : (
                <div className="p-4">
                  <EmptyState title="No object matches these filters" />
                </div>
              )}
            </Card>
          </TabPanel>
          <TabPanel value="picture">{picture}</TabPanel>
          <TabPanel value="diff">
            <RehearsalPanel planId={view.id} rehearsal={view.rehearsal} rehearse={rehearse} refusal={refusal} />
          </TabPanel>
          <TabPanel value="calls">
            <ApiCallList steps={plan.steps} nodes={plan.nodes} />
          </TabPanel>
        </Tabs>
      )}
      {(empty && view.state !== "ready") || view.state === "used" ? null : (
        <ConfirmBar
          ticks={plan.checks.filter((check) => check.status === "confirm")}
          reasonNeeded={plan.pending.choice !== "stop" && plan.pending.changes.length > 0}
          counts={countOps(plan.changes)}
          hosts={hostCounts(plan)}
          clusterName={view.clusterName}
          layoutHref={`/layouts/${view.layoutId}`}
          refusal={refusal}
          typed={typed}
          busy={applying.busy}
          failure={applying.failure}
          onApply={(input) =>
            applying.start({ planId: view.id, ...input }, ({ runId }) => router.push(`/runs/${runId}`))
          }
        />
      )}
    </div>
  );
}

/** Gateways, NAT and DHCP that stand in the layout and that nothing in the cluster serves. */
const sendsNothing = ({ changes, hosts = [] }: PlanSheet["plan"]): boolean => changes.length + hosts.length === 0;

/** Nothing goes out, and it is a change all the same: scripts for nodes are made of what was applied last. */
function OnlyRecorded() {
  return (
    <Callout kind="info" title="Only what the layout declares for its nodes changes">
      Applying sends nothing to Proxmox and to no node. It makes this version the one in force, and scripts that are
      made for nodes from then on hold it.
    </Callout>
  );
}

function NotProvided({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <Callout kind="warning" title="Host services that this run does not provide">
      <ul className="list-disc pl-4">
        {sentences.map((sentence) => (
          <li key={sentence} className="first-letter:uppercase">
            {sentence}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
