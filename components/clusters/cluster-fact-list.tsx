import type { ReactNode } from "react";
import type { ClusterState } from "@/lib/server/views";

type Reachable = Extract<ClusterState, { readonly reachable: true }>;

/** The figures of a cluster as read just now. What could not be read is "not checked", never zero. */
export function ClusterFactList({ state: { facts, zones, vnets, pending } }: { readonly state: Reachable }) {
  const online = facts.nodes.filter((node) => node.online).length;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">
      <Fact term="Proxmox VE">{facts.version}</Fact>
      <Fact term="Cluster name">{facts.name ?? "Not in a cluster"}</Fact>
      <Fact term="Quorum">{facts.quorate === null ? "Not checked" : facts.quorate ? "Yes" : "No"}</Fact>
      <Fact term="Nodes online">
        {online} of {facts.nodes.length}
      </Fact>
      <Fact term="Zones">{zones}</Fact>
      <Fact term="VNets">{vnets}</Fact>
      <Fact term="Pending changes">{pending === 0 ? "None" : pending}</Fact>
      <Fact term="Guest NICs">{facts.guests === null ? "Not checked" : facts.guests.length}</Fact>
    </dl>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-text-3 text-xs">{term}</dt>
      <dd className="mt-0.5 font-medium text-base">{children}</dd>
    </div>
  );
}
