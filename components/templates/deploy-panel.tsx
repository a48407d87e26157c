"use client";

import { Play, ScanSearch } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { BoardPicture } from "@/components/board/board-picture";
import { useClusterState } from "@/components/clusters/use-cluster-state";
import { roleReason } from "@/components/shell/role-reason";
import { Button, ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { FailureMessage } from "@/components/ui/failure-message";
import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { Layout } from "@/lib/core/layout/model";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Problem } from "@/lib/core/problem";
import type { Deployed } from "@/lib/server/templates";
import type { ClusterView, Role } from "@/lib/server/views";
import { LayoutFacts } from "./layout-facts";
import { ParameterField } from "./parameter-field";
import { TemplateProblems } from "./template-problems";
import { useTemplateDraft } from "./use-template-draft";

interface DeployPanelProps {
  readonly templateId: string;
  readonly title: string;
  /** The layout of a template somebody saved; null for a built-in one, which is built from its parameters. */
  readonly saved: Layout | null;
  readonly clusters: readonly ClusterView[];
  readonly role: Role;
  readonly deploy: ServerAction<Deployed>;
}

/** Chooses cluster and values, shows what that builds on the cluster's own nodes, and deploys it. */
export function DeployPanel({ templateId, title, saved, clusters, role, deploy }: DeployPanelProps) {
  const router = useRouter();
  const [clusterId, setClusterId] = useState(clusters[0]?.id ?? null);
  const [name, setName] = useState(title);
  const state = useClusterState(clusterId);
  const facts = state.data?.reachable ? state.data.facts : null;
  const draft = useTemplateDraft(templateId, saved, facts);
  const { start, busy, failure } = useAction(deploy);
  const cluster = clusters.find(({ id }) => id === clusterId);
  const direct = cluster?.policy === "direct";
  const errors = draft.problems.filter(({ severity }) => severity === "error");
  const unreachable = state.data && !state.data.reachable ? state.data : null;

  function submit() {
    start({ templateId, clusterId, values: draft.values, name }, (done) =>
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
        <Field label="Cluster" hint={cluster ? policyWords(direct) : undefined}>
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
            error={fieldError(parameter.id, draft.problems)}
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
            disabledReason={whyNot(role, clusterId, unreachable !== null, errors.length)}
          >
            {direct ? "Deploy" : "Review plan"}
          </Button>
        </div>
        {clusters.length === 0 && (
          <Callout kind="info" title="A template needs a cluster to go to">
            {role === "owner" ? (
              <ButtonLink href="/clusters/new" size="sm" className="mt-1">
                Connect a cluster
              </ButtonLink>
            ) : (
              <p>Ask an owner to connect one.</p>
            )}
          </Callout>
        )}
      </form>
      <div className="flex min-w-0 flex-col gap-4">
        {unreachable && (
          <Callout kind="warning" title={`${cluster?.name ?? "The cluster"} cannot be read now`}>
            <p>{unreachable.message}</p>
            {unreachable.next && <p>{unreachable.next}</p>}
          </Callout>
        )}
        <TemplateProblems problems={draft.problems.filter(({ field, at }) => !(field && at.length === 0))} />
        <Preview layout={draft.layout} facts={facts} cluster={cluster?.name ?? null} />
      </div>
    </div>
  );
}

interface PreviewProps {
  readonly layout: Layout | null;
  readonly facts: ClusterFacts | null;
  readonly cluster: string | null;
}

function Preview({ layout, facts, cluster }: PreviewProps) {
  return (
    <Card className="overflow-hidden">
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-2 border-hairline border-b px-4 py-2">
        <h2 className="text-sm">Preview{facts && cluster ? ` on ${cluster}` : ""}</h2>
        <p className="text-text-3 text-xs">
          {facts ? "Drawn on the cluster's own nodes" : "Drawn with the documented names"}
        </p>
      </div>
      {layout ? (
        <>
          <div className="overflow-x-auto bg-bg p-4">
            <BoardPicture
              layout={layout}
              nodes={facts?.nodes.map((node) => node.name) ?? []}
              width={760}
              height={pictureHeight(layout)}
            />
          </div>
          <LayoutFacts layout={layout} />
        </>
      ) : (
        <p className="px-4 py-12 text-center text-sm text-text-2">
          Correct the marked fields to see what will be built.
        </p>
      )}
    </Card>
  );
}

/** As high as its lanes need, so that neither a gap nor a scrollbar stands under them. */
function pictureHeight({ zones, vnets }: Layout): number {
  return Math.min(420, 24 + zones.length * 30 + vnets.length * 22);
}

function policyWords(direct: boolean): string {
  return direct
    ? "This cluster applies a template at once, after its checks."
    : "This cluster wants every plan to be reviewed first. Nothing is sent before that.";
}

function fieldError(id: string, problems: readonly Problem[]): string | null {
  return problems.find((problem) => problem.field === id && problem.at.length === 0)?.message ?? null;
}

function whyNot(role: Role, clusterId: string | null, unreachable: boolean, errors: number): string | null {
  const refused = roleReason(role, "operator", "deploy templates");
  if (refused) return refused;
  if (clusterId === null) return "Connect a cluster first";
  if (unreachable) return "The cluster cannot be read now";
  return errors > 0 ? "Solve what does not fit first" : null;
}
