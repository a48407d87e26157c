"use client";

import { RefreshCw } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useAgentsAgain } from "@/components/agents/use-agents";
import { Fact, Facts } from "@/components/plan/facts";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { FailureMessage } from "@/components/ui/failure-message";
import { PageHeader } from "@/components/ui/page-header";
import { ReadState } from "@/components/ui/read-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/components/ui/use-action";
import type { DriftEntry, DriftView } from "@/lib/server/memory-views";
import type { Role } from "@/lib/server/views";
import type { DriftActions } from "./drift-actions";
import { DriftTable } from "./drift-table";
import { HostDrift } from "./host-drift";
import { IgnoredTable } from "./ignored-table";
import { useDrift } from "./use-drift";

interface DriftPageProps {
  readonly layout: { readonly id: string; readonly name: string; readonly clusterId: string | null };
  readonly role: Role;
  readonly actions: DriftActions;
}

/** How one layout's objects differ from what was last applied, and what can be done about each. */
export function DriftPage({ layout, role, actions }: DriftPageProps) {
  const drift = useDrift(layout.id);
  const { clusterId } = layout;
  const again = useAgentsAgain(clusterId ?? "");
  return (
    <div className="flex flex-col gap-4">
      <div>
        <PageHeader
          back={<Link href="/drift">← Drift</Link>}
          title={`Drift of ${layout.name}`}
          actions={
            <Button
              icon={<RefreshCw aria-hidden size={14} />}
              busy={drift.isFetching}
              onClick={() => {
                void drift.refetch();
                again();
              }}
            >
              Check now
            </Button>
          }
        />
        {drift.data ? <DriftFacts view={drift.data} /> : null}
      </div>
      <ReadState query={drift} what="the cluster">
        {(view) => <DriftLists view={view} role={role} actions={actions} readAgain={() => void drift.refetch()} />}
      </ReadState>
      {clusterId ? <HostDrift clusterId={clusterId} role={role} repair={actions.repair} /> : null}
    </div>
  );
}

function DriftFacts({ view }: { readonly view: DriftView }) {
  const link = "font-medium underline-offset-2 hover:underline";
  return (
    <Facts>
      <Fact term="Layout">
        <Link href={`/layouts/${view.layoutId}`} className={link}>
          {view.layoutName}
        </Link>
      </Fact>
      <Fact term="Cluster">
        <Link href={`/clusters/${view.clusterId}`} className={link}>
          {view.clusterName}
        </Link>
      </Fact>
      <Fact term="Recorded">
        {view.recordedVersion === null ? "Nothing applied yet" : `v${view.recordedVersion}, last applied or imported`}
      </Fact>
      <Fact term="Checked">
        <RelativeTime at={view.checkedAt} />
      </Fact>
    </Facts>
  );
}

interface DriftListsProps {
  readonly view: DriftView;
  readonly role: Role;
  readonly actions: DriftActions;
  readonly readAgain: () => void;
}

function DriftLists({ view, role, actions, readAgain }: DriftListsProps) {
  const router = useRouter();
  const adopting = useAction(actions.adopt);
  const putting = useAction(actions.putBack);
  const refusal = roleReason(role, "operator", "settle drift");
  const open = view.items.filter((item) => !item.ignored);
  const ignored = view.items.filter((item) => item.ignored);
  const keysOf = (items: readonly DriftEntry[]) => [...new Set(items.map(({ key }) => key))];
  const table = {
    refusal,
    busy: adopting.busy || putting.busy,
    layoutId: view.layoutId,
    ignore: actions.ignore,
    onIgnored: readAgain,
    onAdopt: (items: readonly DriftEntry[]) =>
      adopting.start({ layoutId: view.layoutId, keys: keysOf(items) }, () => {
        toast.success("Adopted into the draft");
        readAgain();
      }),
    onPutBack: (items: readonly DriftEntry[]) =>
      putting.start({ layoutId: view.layoutId, keys: keysOf(items) }, ({ planId }) => router.push(`/plans/${planId}`)),
  };
  const failure = adopting.failure ?? putting.failure;
  return (
    <>
      {failure ? <FailureMessage failure={failure} /> : null}
      {open.length === 0 ? (
        <Callout kind="success" title="Live matches what was last applied">
          {ignored.length > 0
            ? "Apart from what is ignored below, nothing has been changed elsewhere."
            : "Nobody has changed the objects of this layout elsewhere."}
        </Callout>
      ) : null}
      <DriftTable
        {...table}
        where="applied"
        title="Drifted"
        description="What runs is not what was last applied or imported."
        items={open.filter(({ where }) => where === "applied")}
      />
      <DriftTable
        {...table}
        where="pending"
        title="Edited, not applied"
        description="Somebody has edited these in Proxmox. The next apply, whoever starts it, makes it true."
        items={open.filter(({ where }) => where === "pending")}
      />
      <IgnoredTable
        items={ignored}
        refusal={refusal}
        layoutId={view.layoutId}
        unignore={actions.unignore}
        onDone={readAgain}
      />
      {view.foreignPending.length > 0 ? (
        <Callout kind="info" title="Pending changes of objects that this layout does not own">
          <ul className="list-disc pl-4">
            {view.foreignPending.map(({ kind, id, state }) => (
              <li key={`${kind} ${id}`}>
                {kind} <span className="mono">{id}</span> ({state})
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
    </>
  );
}
