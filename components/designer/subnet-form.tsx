"use client";

import { Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { patiently } from "@/components/ui/patiently";
import { Skeleton } from "@/components/ui/skeleton";
import { gatewayWords } from "@/lib/core/hosts/gateway-words";
import { parseRanges, rangesText } from "@/lib/core/layout/cell-text";
import type { HostService, Layout, Subnet, Vnet, Zone } from "@/lib/core/layout/model";
import { parseCidr } from "@/lib/core/net/cidr";
import { defaultRange } from "@/lib/core/net/range";
import { subnetKey, vnetKey } from "@/lib/core/plan/entity";
import { setFieldCommand } from "./commands";
import { useDesigner, useDesignerActions, useDesignerParts } from "./designer-context";
import { DraftInput } from "./draft-input";
import { EntityField, EntityFlag } from "./entity-field";
import { InspectorHeading } from "./inspector-heading";
import { InspectorSection } from "./inspector-section";
import { problemAt } from "./judge";
import { judgeField } from "./judge-change";
import { removeOrAsk } from "./remove";

const HostServiceForm = dynamic(
  patiently(() => import("./host-service-form").then((module) => module.HostServiceForm)),
  {
    loading: () => <Skeleton className="mx-4 h-24" />,
  },
);

interface SubnetFormProps {
  readonly subnet: Subnet;
  readonly vnet: Vnet | null;
  readonly zone: Zone | null;
  readonly service: HostService | null;
}

/** A subnet: its network and gateway, and who gives its guests what they need. */
export function SubnetForm({ subnet, vnet, zone, service }: SubnetFormProps) {
  const designer = useDesignerParts();
  const { select } = useDesignerActions();
  const locked = useDesigner((state) => state.locked);
  const key = subnetKey(subnet.vnet, subnet.cidr);
  // Only there does Proxmox itself route for a subnet, and give out addresses; elsewhere its settings would be ignored.
  const routed = zone?.type === "simple" || zone?.type === "evpn";
  const leased = zone?.type === "simple";
  return (
    <div>
      <div className="px-4 pt-4 pb-4">
        <InspectorHeading
          title={subnet.cidr}
          note={`Subnet of VNet ${subnet.vnet}${vnet ? "" : ", which does not exist"}`}
        >
          <IconButton
            size="sm"
            label="Delete subnet"
            shortcut="Del"
            icon={<Trash2 aria-hidden size={14} />}
            disabledReason={locked}
            onClick={() => removeOrAsk(designer, [key])}
          />
        </InspectorHeading>
        <Button size="sm" variant="ghost" className="mt-2 -ml-2.5" onClick={() => select(vnetKey(subnet.vnet))}>
          {`← VNet ${subnet.vnet}`}
        </Button>
      </div>
      <InspectorSection title="Subnet">
        <EntityField
          of={key}
          field="cidr"
          label="Network"
          hint="To Proxmox another network is another subnet: the plan replaces it"
          value={subnet.cidr}
          refuse={(text) => cidrRefusal(designer.store.getState().layout, subnet, text)}
        />
        <EntityField
          of={key}
          field="gateway"
          label="Gateway"
          optional
          hint={sentence(zone && gatewayWords(zone, subnet, service))}
          value={subnet.gateway}
        />
        {(routed || subnet.snat === true) && (
          <EntityFlag
            of={key}
            field="snat"
            label="SNAT"
            hint="Hides guests behind the node's own address"
            value={subnet.snat}
          />
        )}
        {(leased || subnet["dhcp-range"] !== undefined) && <DhcpRanges subnet={subnet} />}
        {(leased || subnet["dhcp-dns-server"] !== undefined) && (
          <EntityField
            of={key}
            field="dhcp-dns-server"
            label="DNS server for guests"
            optional
            value={subnet["dhcp-dns-server"]}
          />
        )}
        <EntityField of={key} field="dnszoneprefix" label="DNS prefix" optional value={subnet.dnszoneprefix} />
      </InspectorSection>
      <HostServiceForm subnet={subnet} zone={zone} service={service} />
    </div>
  );
}

const sentence = (words: string | null): string | undefined =>
  words === null ? undefined : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

function DhcpRanges({ subnet }: { readonly subnet: Subnet }) {
  const { store, board } = useDesignerParts();
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const key = subnetKey(subnet.vnet, subnet.cidr);
  const problem = useDesigner((state) => problemAt(state.problems, key, "dhcp-range"));
  const ranges = subnet["dhcp-range"] ?? [];
  const toCommand = (list: readonly { readonly start: string; readonly end: string }[]) =>
    setFieldCommand(
      key,
      "dhcp-range",
      ranges.length === 0 ? undefined : ranges,
      list.length === 0 ? undefined : list.map(({ start, end }) => ({ "start-address": start, "end-address": end })),
    );
  const offer = ranges.length === 0 ? offeredRange(subnet.cidr) : null;
  return (
    <div className="flex flex-col items-start gap-1.5 [&>:first-child]:w-full">
      <DraftInput
        place={{ of: key, field: "dhcp-range" }}
        label="DHCP ranges"
        optional
        lines={2}
        hint="One per line; addresses Proxmox may give out"
        placeholder={offer ? rangesText([offer]) : "start - end"}
        value={rangesText(ranges.map((range) => ({ start: range["start-address"], end: range["end-address"] })))}
        problem={problem}
        locked={locked}
        check={(text) => {
          const read = parseRanges(text);
          if (!read.ok) return read.error;
          const command = toCommand(read.value);
          return command && judgeField(store.getState().layout, board.getState().facts, command, key, "dhcp-range");
        }}
        commit={(text) => {
          const read = parseRanges(text);
          const command = read.ok ? toCommand(read.value) : null;
          if (command) change(command);
          return read.ok;
        }}
      />
      {offer && !locked && (
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            const command = toCommand([offer]);
            if (command) change(command);
          }}
        >
          {`Use ${rangesText([offer])}`}
        </Button>
      )}
    </div>
  );
}

function offeredRange(text: string): { start: string; end: string } | null {
  const cidr = parseCidr(text);
  return cidr.ok ? defaultRange(cidr.value) : null;
}

/** Why a network cannot be taken at all: it would make two subnets that no later edit could tell apart. */
function cidrRefusal(layout: Layout, subnet: Subnet, text: string): string | null {
  if (text === "") return "A network is needed, for example 10.10.30.0/24.";
  const taken = layout.subnets.some((each) => each !== subnet && each.vnet === subnet.vnet && each.cidr === text);
  return taken ? `${subnet.vnet} already has the subnet ${text}.` : null;
}
