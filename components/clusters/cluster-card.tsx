"use client";

import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { HostVerdicts } from "@/components/agents/host-verdicts";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";
import type { ClusterState, ClusterView } from "@/lib/server/views";
import { PolicyBadge } from "./policy-badge";
import { useClusterState } from "./use-cluster-state";

/** One connected cluster. Its state is read by the card itself, so that a slow cluster delays no other. */
export function ClusterCard({ cluster }: { readonly cluster: ClusterView }) {
  const { data, error } = useClusterState(cluster.id);
  return (
    <li className="relative flex flex-col gap-3 rounded-lg border border-hairline bg-surface p-4 transition-colors duration-100 hover:border-control">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="truncate text-base">
            <Link
              href={`/clusters/${cluster.id}`}
              className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-accent"
            >
              {cluster.name}
            </Link>
          </h2>
          <p className="mono truncate text-text-3 text-xs">{cluster.endpoints.join(", ")}</p>
        </div>
        <PolicyBadge policy={cluster.policy} />
      </div>
      {data ? <State state={data} /> : error ? <Unreachable message={error.message} next={null} /> : <StateSkeleton />}
      <div className="text-xs empty:hidden">
        <HostVerdicts clusterId={cluster.id} live={false} />
      </div>
    </li>
  );
}

function State({ state }: { readonly state: ClusterState }) {
  if (!state.reachable) return <Unreachable message={state.message} next={state.next} />;
  const { facts, zones, vnets, pending } = state;
  const online = facts.nodes.filter((node) => node.online).length;
  const all = online === facts.nodes.length;
  return (
    <>
      <dl className="grid grid-cols-4 gap-3">
        <Figure term="Nodes online">
          <span className={all ? "" : "text-change"}>
            {online}
            <span className="text-text-3 text-sm">/{facts.nodes.length}</span>
          </span>
        </Figure>
        <Figure term="Zones">{zones}</Figure>
        <Figure term="VNets">{vnets}</Figure>
        <Figure term="Guests">
          {facts.guests === null ? "–" : new Set(facts.guests.map(({ vmid }) => vmid)).size}
        </Figure>
      </dl>
      <div className="flex flex-wrap items-center gap-1.5 border-hairline border-t pt-3 text-text-2 text-xs">
        {all ? (
          <CircleCheck aria-hidden size={14} className="text-add" />
        ) : (
          <TriangleAlert aria-hidden size={14} className="text-change" />
        )}
        <span>{facts.quorate === false ? "No quorum" : all ? "All nodes answer" : "Some nodes are offline"}</span>
        <span className="text-text-3">· Proxmox VE {facts.version}</span>
        {pending > 0 && (
          <Badge tone="change" className="ml-auto">
            {pending} pending {pending === 1 ? "change" : "changes"}
          </Badge>
        )}
      </div>
    </>
  );
}

function Figure({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-text-3 text-xs">{term}</dt>
      <dd className="font-medium text-lg">{children}</dd>
    </div>
  );
}

function Unreachable({ message, next }: { readonly message: string; readonly next: string | null }) {
  return (
    <div className="flex min-h-[84px] gap-2 text-sm">
      <CircleX aria-hidden size={16} className="mt-0.5 shrink-0 text-destroy" />
      <div>
        <p className="font-medium">Not reachable</p>
        <p className="text-text-2">{message}</p>
        {next && <p className="text-text-3">{next}</p>}
      </div>
    </div>
  );
}

function StateSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-3">
      <span className="sr-only">Reading the cluster</span>
      <div className="grid grid-cols-4 gap-3">
        {["nodes", "zones", "vnets", "guests"].map((key) => (
          <Skeleton key={key} className="h-[38px]" />
        ))}
      </div>
      <Skeleton className="h-[33px]" />
    </div>
  );
}
