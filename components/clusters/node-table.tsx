import { CircleCheck, CircleX } from "lucide-react";
import { Mono } from "@/components/ui/mono";
import { Table, Td, Th } from "@/components/ui/table";
import type { NodeFacts } from "@/lib/core/ports";

/** The nodes with their bridges: what zones can be built on. */
export function NodeTable({ nodes }: { readonly nodes: readonly NodeFacts[] }) {
  return (
    <Table caption="Nodes">
      <thead>
        <tr>
          <Th>Node</Th>
          <Th>State</Th>
          <Th className="max-sm:hidden">Address</Th>
          <Th>Bridges</Th>
          <Th>Pending network changes</Th>
        </tr>
      </thead>
      <tbody>
        {nodes.map((node) => (
          <tr key={node.name}>
            <Td>
              <Mono className="font-medium">{node.name}</Mono>
            </Td>
            <Td className="whitespace-nowrap">
              {node.online ? (
                <span className="inline-flex items-center gap-1.5">
                  <CircleCheck aria-hidden size={14} className="text-add" /> Online
                </span>
              ) : (
                <span className="inline-flex items-center gap-1.5 text-destroy">
                  <CircleX aria-hidden size={14} /> Offline
                </span>
              )}
            </Td>
            <Td className="max-sm:hidden">
              <Mono className="text-text-2">{node.address ?? "–"}</Mono>
            </Td>
            <Td>
              <Bridges node={node} />
            </Td>
            <Td className={node.pendingInterfaces ? "text-change" : "text-text-3"}>
              {node.pendingInterfaces ? "Yes, an apply would activate them too" : "None"}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Bridges({ node }: { readonly node: NodeFacts }) {
  if (node.bridges === null) return <span className="text-text-3">Not checked</span>;
  if (node.bridges.length === 0) return <span className="text-text-3">None</span>;
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {node.bridges.map((bridge) => (
        <span key={bridge.name} className="whitespace-nowrap">
          <Mono>{bridge.name}</Mono>
          <span className="text-text-3 text-xs">
            {bridge.vlanAware ? " VLAN-aware" : ""}
            {bridge.active ? "" : " not active"}
          </span>
        </span>
      ))}
    </span>
  );
}
