"use client";

import { Button } from "@/components/ui/button";
import { isByAgent, ZONE_ABILITIES } from "@/lib/core/hosts/zone-abilities";
import type { HostService, Subnet, Zone } from "@/lib/core/layout/model";
import { removeServiceCommand, setServiceCommand } from "./commands";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "./designer-context";
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
  const { store } = useDesignerParts();
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked);
  const nodes = useBoard((state) => state.nodes);
  const words = zone && <p className="text-text-3 text-xs">{ZONE_ABILITIES[zone.type].words}</p>;
  if (!service) {
    // There Proxmox does it all, and the words say so.
    if (zone?.type === "simple") return <InspectorSection title="Host services">{words}</InspectorSection>;
    return (
      <InspectorSection
        title="Host services"
        action={
          <Button
            size="sm"
            variant="ghost"
            disabledReason={locked}
            onClick={() =>
              change(setServiceCommand(freshService(store.getState().layout, subnet, zone, nodes), "Add host services"))
            }
          >
            Add
          </Button>
        }
      >
        {words}
      </InspectorSection>
    );
  }
  const agent = isByAgent(service);
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
      {agent && <AgentLine service={service} />}
      <PlacementFields service={service} zone={zone} nodes={zone?.nodes ?? nodes} />
      <DhcpFields service={service} subnet={subnet} />
      {agent && <PolicyFields service={service} />}
    </InspectorSection>
  );
}
