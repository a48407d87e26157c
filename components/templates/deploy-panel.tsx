"use client";

import { Play, ScanSearch } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useClusterState } from "@/components/clusters/use-cluster-state";
import { usePrivileges } from "@/components/clusters/use-privileges";
import { roleReason } from "@/components/shell/role-reason";
import { Button, ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { FailureMessage } from "@/components/ui/failure-message";
import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { Conflict } from "@/lib/core/layout/conflicts";
import type { Parameter } from "@/lib/core/layout/starters/parameter";
import type { Problem } from "@/lib/core/problem";
import type { ClusterView, Deployed, PrivilegeCheck, Role, SavedTemplateView } from "@/lib/server/views";
import { blockingPrivileges, MissingPrivileges, privilegeWords } from "./missing-privileges";
import { ParameterField } from "./parameter-field";
import { TemplateConflicts } from "./template-conflicts";
import { TemplatePreview } from "./template-preview";
import { TemplateProblems } from "./template-problems";
import { useTaken } from "./use-taken";
import { useTemplateDraft } from "./use-template-draft";

interface DeployPanelProps {
  readonly templateId: string;
  readonly title: string;
  /** A template that somebody saved; null for a built-in one. */
  readonly saved: SavedTemplateView | null;
  readonly clusters: readonly ClusterView[];
  readonly role: Role;
  readonly deploy: ServerAction<Deployed>;
  /** `{clusterId}` */
  readonly check: ServerAction<readonly PrivilegeCheck[]>;
}

/** Chooses cluster and values, shows what that builds on the cluster's own nodes, and deploys it. */
export function DeployPanel({ templateId, title, saved, clusters, role, deploy, check }: DeployPanelProps) {
  const router = useRouter();
  const [clusterId, setClusterId] = useState(clusters[0]?.id ?? null);
  const [name, setName] = useState(title);
  const state = useClusterState(clusterId);
  const facts = state.data?.reachable ? state.data.facts : null;
  const draft = useTemplateDraft(templateId, saved, { facts, taken: useTaken(clusterId) });
  const { start, busy, failure } = useAction(deploy);
  const cluster = clusters.find(({ id }) => id === clusterId);
  // What meets another network is looked at first, whatever the policy.
  const direct = cluster?.policy === "direct" && draft.met.length === 0;
  const lacking = blockingPrivileges(usePrivileges(clusterId, check).data);
  const errors = draft.problems.filter(({ severity }) => severity === "error");
  const unreachable = state.data && !state.data.reachable ? state.data : null;

  function submit() {
    start({ templateId, clusterId, values: draft.values, name, shift: draft.left !== null }, (done) =>
      router.push(done.next === "run" ? `/runs/${done.runId}` : `/plans/${done.planId}`),
    );
  }

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[20rem_1fr]">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label="Cluster" hint={policyWords(cluster)}>
          {(control) => (
            <Select
              {...control}
              value={clusterId}
              onChange={setClusterId}
              placeholder="No cluster yet"
              disabled={clusters.length === 0}
              options={clusters.map((each) => ({ value: each.id, label: each.name, note: each.endpoints[0] ?? "" }))}
            />
          )}
        </Field>
        <TextField
          label="Name of the layout"
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
          error={failure?.fields?.["name"]}
        />
        {draft.parameters.map((parameter) => (
          <ParameterField
            key={parameter.id}
            parameter={parameter}
            value={draft.values[parameter.id] ?? ""}
            onChange={(value) => draft.set(parameter.id, value)}
            error={fieldError(parameter, draft.problems)}
            facts={facts}
          />
        ))}
        {failure && <FailureMessage failure={failure} shownFields={["name"]} />}
        <div className="sticky bottom-0 -mx-1 bg-bg px-1 py-3">
          <Button
            type="submit"
            variant="primary"
            size="lg"
            className="w-full"
            busy={busy}
            icon={direct ? <Play aria-hidden size={16} /> : <ScanSearch aria-hidden size={16} />}
            disabledReason={whyNot({
              role,
              clusterId,
              unreachable: unreachable !== null,
              errors: errors.length,
              lacking,
            })}
          >
            {direct ? "Deploy" : "Review plan"}
          </Button>
          <ReviewNote met={draft.met} cluster={cluster} />
        </div>
        {clusters.length === 0 && <NoCluster role={role} />}
      </form>
      <div className="flex min-w-0 flex-col gap-4">
        {unreachable && (
          <Callout kind="warning" title={`${cluster?.name ?? "The cluster"} cannot be read now`}>
            <p>{unreachable.message}</p>
            {unreachable.next && <p>{unreachable.next}</p>}
          </Callout>
        )}
        <MissingPrivileges missing={lacking} />
        <TemplateConflicts
          cluster={cluster?.name ?? "The cluster"}
          conflicts={draft.conflicts}
          left={draft.left}
          onShift={draft.shift}
        />
        <TemplateProblems problems={draft.problems.filter((problem) => isNews(problem, draft.met))} />
        <TemplatePreview layout={draft.layout} facts={facts} cluster={cluster?.name ?? null} />
      </div>
    </div>
  );
}

/** Why the button offers less than the policy of the cluster would. */
function ReviewNote({
  met,
  cluster,
}: {
  readonly met: readonly Conflict[];
  readonly cluster: ClusterView | undefined;
}) {
  if (met.length === 0 || cluster?.policy !== "direct") return null;
  return <p className="pt-1.5 text-text-2 text-xs">{`Reviewed first: ${cluster.name} has some of this already.`}</p>;
}

function NoCluster({ role }: { readonly role: Role }) {
  return (
    <Callout kind="info" title="A template needs a cluster to go to">
      {role === "owner" ? (
        <ButtonLink href="/clusters/new" size="sm" className="mt-1">
          Connect a cluster
        </ButtonLink>
      ) : (
        <p>Ask an owner to connect one.</p>
      )}
    </Callout>
  );
}

function policyWords(cluster: ClusterView | undefined): string | undefined {
  if (!cluster) return undefined;
  return cluster.policy === "direct"
    ? "This cluster applies a template at once, after its checks."
    : "This cluster wants every plan to be reviewed first. Nothing is sent before that.";
}

/** Whether a problem is not told elsewhere: at a field of the form, or among the conflicts. */
function isNews({ code, field, at }: Problem, met: readonly Conflict[]): boolean {
  if (field && at.length === 0) return false;
  return !(MET.has(code) && met.some((conflict) => at.includes(conflict.at)));
}

/** What `conflictsWith` finds as well. */
const MET: ReadonlySet<string> = new Set(["subnet-overlaps-node", "id-collision"]);

/** The problem with one parameter. Its message begins with the label, which already stands above the field. */
function fieldError({ id, label }: Parameter, problems: readonly Problem[]): string | null {
  const message = problems.find((problem) => problem.field === id && problem.at.length === 0)?.message;
  if (message === undefined) return null;
  const bare = message.startsWith(`${label}: `) ? message.slice(label.length + 2) : message;
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

interface Obstacles {
  readonly role: Role;
  readonly clusterId: string | null;
  readonly unreachable: boolean;
  readonly errors: number;
  readonly lacking: readonly PrivilegeCheck[];
}

/** The first thing that stands in the way; what only others can change comes first. */
function whyNot({ role, clusterId, unreachable, errors, lacking }: Obstacles): string | null {
  const refused = roleReason(role, "operator", "deploy templates");
  if (refused) return refused;
  if (clusterId === null) return "Connect a cluster first";
  if (unreachable) return "The cluster cannot be read now";
  if (lacking.length > 0) return privilegeWords(lacking);
  return errors > 0 ? "Solve what does not fit first" : null;
}
