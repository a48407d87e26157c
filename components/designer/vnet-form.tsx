"use client";

import { ArrowRightLeft, Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { BoardSubnet } from "@/lib/core/board/geometry";
import type { Vnet, Zone } from "@/lib/core/layout/model";
import { subnetKey, vnetKey } from "@/lib/core/plan/entity";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "./designer-context";
import { EntityField, EntityFlag } from "./entity-field";
import { idProblem } from "./id-problem";
import { InspectorHeading } from "./inspector-heading";
import { InspectorSection } from "./inspector-section";
import { removeOrAsk } from "./remove";

const NO_SUBNETS: readonly BoardSubnet[] = [];

/** A VNet: its name and tag, its subnets, who is on it. */
export function VnetForm({ vnet, zone }: { readonly vnet: Vnet; readonly zone: Zone | null }) {
  const designer = useDesignerParts();
  const { showDialog } = useDesignerActions();
  const locked = useDesigner((state) => state.locked);
  const key = vnetKey(vnet.id);
  const overlay = zone?.type === "vxlan" || zone?.type === "evpn";
  return (
    <div>
      <div className="px-4 pt-4 pb-4">
        <InspectorHeading
          title={`VNet ${vnet.id}`}
          note={`in zone ${vnet.zone}${zone ? ` (${zone.type})` : ", which does not exist"}`}
        >
          <IconButton
            size="sm"
            label="Move to zone…"
            shortcut="M"
            icon={<ArrowRightLeft aria-hidden size={14} />}
            disabledReason={locked}
            onClick={() => showDialog({ kind: "move", vnets: [vnet.id] })}
          />
          <IconButton
            size="sm"
            label="Delete VNet"
            shortcut="Del"
            icon={<Trash2 aria-hidden size={14} />}
            disabledReason={locked}
            onClick={() => removeOrAsk(designer, [key])}
          />
        </InspectorHeading>
      </div>
      <InspectorSection title="VNet">
        <EntityField
          of={key}
          field="id"
          label="ID"
          hint="2 to 8 letters and digits; guests are attached to this name"
          value={vnet.id}
          refuse={(text) => idProblem(designer.store.getState().layout, key, text)}
        />
        <EntityField of={key} field="alias" label="Alias" optional mono={false} hint="Any words" value={vnet.alias} />
        {(zone?.type !== "simple" || vnet.tag !== undefined) && (
          <EntityField
            of={key}
            field="tag"
            kind="number"
            label={overlay ? "VNI" : zone?.type === "qinq" ? "Inner VLAN tag" : "VLAN tag"}
            hint={overlay ? "1 to 16777215, unique over all tunnelled zones" : "1 to 4094"}
            optional={zone?.type === "qinq"}
            value={vnet.tag}
          />
        )}
        <EntityFlag
          of={key}
          field="vlanaware"
          label="VLAN aware"
          hint="Lets guests use tags of their own; not together with subnets"
          value={vnet.vlanaware}
        />
        <EntityFlag
          of={key}
          field="isolate-ports"
          label="Isolate ports"
          hint="Guests reach the gateway, not each other"
          value={vnet["isolate-ports"]}
        />
      </InspectorSection>
      <Subnets vnet={vnet} />
      <Guests vnet={vnet} />
    </div>
  );
}

function Subnets({ vnet }: { readonly vnet: Vnet }) {
  const locked = useDesigner((state) => state.locked);
  const row = useBoard((state) => state.board.zones.flatMap((zone) => zone.rows).find((each) => each.vnet === vnet));
  const { select, showDialog } = useDesignerActions();
  const entries = row?.subnets ?? NO_SUBNETS;
  return (
    <InspectorSection
      title="Subnets"
      action={
        <Button
          size="sm"
          variant="ghost"
          icon={<Plus aria-hidden size={14} />}
          disabledReason={locked}
          onClick={() => showDialog({ kind: "add-subnet", vnet: vnet.id })}
        >
          Add subnet
        </Button>
      }
    >
      {entries.length === 0 ? (
        <p className="text-text-3 text-xs">No subnet. A VNet works without one.</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {entries.map(({ subnet, gateway, snat, dhcp }) => (
            <li key={subnet.cidr}>
              <button
                type="button"
                onClick={() => select(subnetKey(vnet.id, subnet.cidr))}
                className="flex min-h-8 w-full flex-wrap items-center gap-x-2 rounded-sm border border-hairline px-2 py-1 text-left hover:bg-hover pointer-coarse:min-h-11"
              >
                <span className="mono text-sm">{subnet.cidr}</span>
                <span className="text-text-3 text-xs">
                  {[gateway && `gateway ${subnet.gateway}`, snat && "SNAT", dhcp && "DHCP"].filter(Boolean).join(" · ")}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </InspectorSection>
  );
}

function Guests({ vnet }: { readonly vnet: Vnet }) {
  const facts = useBoard((state) => state.facts);
  if (!facts) return null;
  const nics = facts.guests?.filter((guest) => guest.bridge === vnet.id) ?? [];
  return (
    <InspectorSection title={`Guests${nics.length > 0 ? ` (${nics.length} NICs)` : ""}`}>
      {facts.guests === null ? (
        <p className="text-text-3 text-xs">The guests of this cluster could not be read.</p>
      ) : nics.length === 0 ? (
        <p className="text-text-3 text-xs">No guest is attached.</p>
      ) : (
        <ul className="flex flex-col gap-1.5 text-xs">
          {nics.slice(0, 12).map((nic) => (
            <li key={`${nic.vmid} ${nic.nic}`} className="flex items-center gap-2">
              <span className="mono w-10 text-text-3">{nic.vmid}</span>
              <span className="min-w-0 flex-1 truncate">{nic.name}</span>
              <span className="mono text-text-3">{`${nic.nic} · ${nic.node}`}</span>
              <span className={nic.running ? "text-add" : "text-text-3"}>{nic.running ? "running" : "stopped"}</span>
            </li>
          ))}
          {nics.length > 12 && <li className="text-text-3">{`and ${nics.length - 12} more`}</li>}
        </ul>
      )}
    </InspectorSection>
  );
}
