"use client";

import { Combine, Split } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useBoard, useDesigner, useDesignerActions } from "@/components/designer/designer-context";
import type { Change } from "@/components/designer/designer-state";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { usualRangeOf } from "@/lib/core/hosts/usual-range";
import { isByAgent } from "@/lib/core/hosts/zone-abilities";
import type { HostService, Subnet } from "@/lib/core/layout/model";
import { joinSubnets, type Reshaped, siblingOf, splitSubnet } from "@/lib/core/layout/split-join";
import { parseAddress } from "@/lib/core/net/address";
import { contains, parseCidr } from "@/lib/core/net/cidr";
import { staleAddresses } from "@/lib/core/plan/checks/ipam";
import { subnetKey } from "@/lib/core/plan/entity";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Result } from "@/lib/core/result";

const SubnetLeases = dynamic(() => import("./subnet-leases").then((module) => module.SubnetLeases));

/** One subnet: what it gives out, who has an address in it, and how it can be halved or joined. */
export function SubnetDetail({ subnet }: { readonly subnet: Subnet }) {
  const layout = useDesigner((state) => state.layout);
  const locked = useDesigner((state) => state.locked);
  const facts = useBoard((state) => state.facts);
  const { change, say } = useDesignerActions();
  const [asking, setAsking] = useState<{ readonly command: Change; readonly lost: readonly string[] } | null>(null);
  const ref = { vnet: subnet.vnet, cidr: subnet.cidr };
  const sibling = siblingOf(layout, ref);
  const service =
    (layout.hostServices ?? []).find((each) => each.vnet === subnet.vnet && each.cidr === subnet.cidr) ?? null;

  function reshape(label: string, made: Result<Reshaped, string>) {
    if (!made.ok) {
      say(made.error);
      return;
    }
    const { layout: after, cidrs, lost } = made.value;
    const command = { label, apply: () => after, cursor: subnetKey(subnet.vnet, cidrs[0] ?? subnet.cidr) };
    if (lost.length > 0) setAsking({ command, lost });
    else change(command);
  }

  return (
    <section
      aria-label={`Subnet ${subnet.cidr}`}
      className="flex flex-col gap-3 rounded-md border border-hairline bg-surface p-4"
    >
      <header className="flex flex-wrap items-center gap-2">
        <h3 className="mono text-base">{subnet.cidr}</h3>
        <p className="text-sm text-text-2">{`of ${subnet.vnet}${subnet.gateway ? `, gateway ${subnet.gateway}` : ", no gateway"}`}</p>
        <div className="ml-auto flex gap-1.5">
          <Button
            size="sm"
            icon={<Split aria-hidden size={14} />}
            disabledReason={locked}
            onClick={() => reshape(`Halve ${subnet.cidr}`, splitSubnet(layout, ref))}
          >
            Halve
          </Button>
          <Button
            size="sm"
            icon={<Combine aria-hidden size={14} />}
            disabledReason={locked ?? (sibling ? null : `The other half is no subnet of ${subnet.vnet}`)}
            onClick={() => reshape(`Join ${subnet.cidr} with ${sibling?.cidr}`, joinSubnets(layout, ref))}
          >
            {sibling ? `Join with ${sibling.cidr}` : "Join"}
          </Button>
        </div>
      </header>
      <Ranges subnet={subnet} service={service} />
      <AddressTable subnet={subnet} service={service} facts={facts} />
      {service?.dhcp && isByAgent(service) && <SubnetLeases subnet={subnet} service={service} />}
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsking(null)}
          title={typeof asking.command.label === "string" ? asking.command.label : "Change the subnet"}
          description={
            <ul className="list-disc pl-5">
              {asking.lost.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          }
          confirmLabel="Go on"
          onConfirm={() => {
            change(asking.command);
            setAsking(null);
          }}
        />
      )}
    </section>
  );
}

const DOERS = { agent: "the node", guest: "a guest", edge: "an outside router" } as const;

function Ranges({ subnet, service }: { readonly subnet: Subnet; readonly service: HostService | null }) {
  const usual = service && usualRangeOf(service, subnet);
  const by = DOERS[service?.provider ?? "agent"];
  const ranges = [
    ...(subnet["dhcp-range"] ?? []).map((each) => `${each["start-address"]} – ${each["end-address"]}, by Proxmox`),
    ...(service?.dhcp?.ranges ?? []).map(({ start, end }) => `${start} – ${end}, by ${by}`),
    ...(usual ? [`${usual.start} – ${usual.end}, the usual range, by ${by}`] : []),
  ];
  return (
    <p className="mono text-text-2 text-xs">{ranges.length === 0 ? "No DHCP range" : `DHCP ${ranges.join(" · ")}`}</p>
  );
}

interface AddressTableProps {
  readonly subnet: Subnet;
  readonly service: HostService | null;
  readonly facts: ClusterFacts | null;
}

/** Reservations of the layout and what the cluster's IPAM holds, with what is out of date marked. */
function AddressTable({ subnet, service, facts }: AddressTableProps) {
  const held = (facts?.ipam ?? []).filter((each) => each.vnet === subnet.vnet && each.subnet === subnet.cidr);
  const stale = new Set(facts ? staleAddresses(held, facts) : []);
  const rows = [
    ...(service?.dhcp?.reservations ?? []).map(({ ip, mac, hostname }) => ({
      ip,
      mac: mac as string | null,
      who: hostname ?? "",
      what: "reserved in the layout",
      fault: isInside(subnet.cidr, ip) ? null : "outside the subnet",
    })),
    ...held.map((each) => ({
      ip: each.ip,
      mac: each.mac,
      who: each.vmid === null ? (each.hostname ?? "") : `${each.vmid} ${each.hostname ?? ""}`,
      what: each.gateway ? "gateway" : "in the IPAM",
      fault: stale.has(each) ? "stale: no such guest" : null,
    })),
  ];
  if (rows.length === 0) {
    return (
      <p className="text-text-3 text-xs">
        {facts === null
          ? "Addresses of guests are read from a cluster; none is chosen."
          : facts.ipam === null
            ? "The IPAM of this cluster could not be read."
            : "No address of it is known. Proxmox lists only zones with its own IPAM and DHCP."}
      </p>
    );
  }
  return (
    <div className="max-h-72 overflow-auto">
      <table className="w-full text-left text-xs">
        <thead className="text-text-3">
          <tr>
            <th className="py-1 pr-4 font-medium">Address</th>
            <th className="py-1 pr-4 font-medium">MAC</th>
            <th className="py-1 pr-4 font-medium">Guest</th>
            <th className="py-1 font-medium">Known from</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 300).map(({ ip, mac, who, what, fault }) => (
            <tr key={`${ip} ${mac} ${what}`} className="border-hairline border-t">
              <td className="mono py-1 pr-4">{ip}</td>
              <td className="mono py-1 pr-4 text-text-2">{mac ?? ""}</td>
              <td className="py-1 pr-4">{who}</td>
              <td className="py-1">
                {what}
                {fault && <span className="ml-2 font-medium text-change">! {fault}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > 300 && <p className="pt-2 text-text-3 text-xs">{`and ${rows.length - 300} more`}</p>}
    </div>
  );
}

function isInside(cidr: string, address: string): boolean {
  const [network, read] = [parseCidr(cidr), parseAddress(address)];
  return !network.ok || !read.ok || contains(network.value, read.value);
}
