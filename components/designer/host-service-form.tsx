"use client";

import { Button } from "@/components/ui/button";
import { ZONE_ABILITIES } from "@/lib/core/hosts/zone-abilities";
import type { HostService, Subnet, Zone } from "@/lib/core/layout/model";
import { removeServiceCommand, setServiceCommand } from "./commands";
import { useBoard, useDesigner, useDesignerActions } from "./designer-context";
import { AgentLine } from "./host-service/agent-line";
import { DhcpFields } from "./host-service/dhcp-fields";
import { PlacementFields } from "./host-service/placement-fields";
import { PolicyFields } from "./host-service/policy-fields";
import { freshService } from "./host-service/service-edits";
import { InspectorSection } from "./inspector-section";

interface HostServiceFormProps {
  readonly subnet: Subnet;
  readonly zone: Zone | null;
  readonly service: HostService | null;
}

/** What one node does for a subnet where Proxmox does nothing: gateway, SNAT and DHCP. */
export function HostServiceForm({ subnet, zone, service }: HostServiceFormProps) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked);
  const nodes = useBoard((state) => state.nodes);
  const words = zone && <p className="text-text-3 text-xs">{ZONE_ABILITIES[zone.type].words}</p>;
  if (!service) {
    const node = zone?.nodes?.[0] ?? nodes[0];
    return (
      <InspectorSection
        title="Host services"
        action={
          <Button
            size="sm"
            variant="ghost"
            disabledReason={locked}
            onClick={() => change(setServiceCommand(freshService(subnet, zone, node), "Add host services"))}
          >
            Add
          </Button>
        }
      >
        {words}
      </InspectorSection>
    );
  }
  const agent = (service.provider ?? "agent") === "agent";
  return (
    <InspectorSection
      title="Host services"
      action={
        <Button size="sm" variant="ghost" disabledReason={locked} onClick={() => change(removeServiceCommand(service))}>
          Remove
        </Button>
      }
    >
      {words}
      {agent && <AgentLine node={service.gatewayNode} />}
      <PlacementFields service={service} nodes={zone?.nodes ?? nodes} />
      <DhcpFields service={service} subnet={subnet} />
      {agent && <PolicyFields service={service} />}
    </InspectorSection>
  );
}
