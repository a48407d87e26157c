"use client";

import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { useDesigner } from "@/components/designer/designer-context";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { HostService, Subnet } from "@/lib/core/layout/model";
import { readAddress } from "@/lib/core/net/address";
import { readCidr } from "@/lib/core/net/cidr";
import { plural } from "@/lib/core/plural";
import type { LeasesView, LeaseView } from "@/lib/server/agent-views";
import { useLeases } from "./use-leases";

interface SubnetLeasesProps {
  readonly subnet: Subnet;
  readonly service: HostService;
}

const SHOWN = 300;

/** Who has an address of a subnet by DHCP of the node's agent. Leases that could not be read again are marked so. */
export function SubnetLeases({ subnet, service }: SubnetLeasesProps) {
  const clusterId = useDesigner((state) => state.clusterId);
  const { data, error, refetch, isFetching } = useLeases(clusterId);
  const node = service.gatewayNode ?? "";
  if (clusterId === null) return <Note>Leases are read from a node's agent; no cluster is chosen.</Note>;
  if (error && !data) return <Note>The leases could not be read: {error.message}</Note>;
  if (!data) return <Note>Reading the leases…</Note>;
  const source = data.sources.find((one) => one.node === node);
  if (!source) return <Note>{`${node} has no agent that could tell of leases.`}</Note>;
  const again = (
    <IconButton
      size="sm"
      label="Read the leases again"
      busy={isFetching}
      icon={<RefreshCw aria-hidden size={14} />}
      onClick={() => void refetch()}
    />
  );
  return <Leases {...{ subnet, source, again }} leases={leasesIn(data, subnet)} />;
}

interface LeasesProps {
  readonly subnet: Subnet;
  readonly source: LeasesView["sources"][number];
  readonly leases: readonly LeaseView[];
  readonly again: ReactNode;
}

/** A node that is reached is read; of another one a person brought what its agent said. */
const TOLD = {
  ssh: { how: "read", by: "contact" },
  bundle: { how: "as reported", by: "report" },
} as const;

function Leases({ subnet, source, leases, again }: LeasesProps) {
  const stale = source.reason !== null;
  const told = TOLD[source.mode];
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-2 text-xs">
        <span className="font-medium">
          {leases.length > 0 ? plural(leases.length, "lease") : source.at ? "No lease" : "Leases"}
        </span>
        <span className="text-text-3">
          from the agent of {source.node}
          {source.at ? (
            <>
              , {told.how} <RelativeTime at={source.at} />
            </>
          ) : null}
        </span>
        {again}
      </div>
      {stale ? (
        <p className="text-change text-xs">
          ! {source.at ? `These are of the last ${told.by}.` : "Nothing is known yet."} {source.reason}
        </p>
      ) : null}
      {leases.length > 0 ? (
        <div className="max-h-72 overflow-auto">
          <table className="w-full text-left text-xs">
            <caption className="sr-only">{`Leases in ${subnet.cidr}`}</caption>
            <thead className="text-text-3">
              <tr>
                <th className="py-1 pr-4 font-medium">Address</th>
                <th className="py-1 pr-4 font-medium">MAC</th>
                <th className="py-1 pr-4 font-medium">Name</th>
                <th className="py-1 font-medium">Lease</th>
              </tr>
            </thead>
            <tbody className={stale ? "text-text-3" : undefined}>
              {leases.slice(0, SHOWN).map((lease) => (
                <tr key={`${lease.ip} ${lease.mac}`} className="border-hairline border-t">
                  <td className="mono py-1 pr-4">{lease.ip}</td>
                  <td className="mono py-1 pr-4 text-text-2">{lease.mac}</td>
                  <td className="py-1 pr-4">{lease.hostname ?? ""}</td>
                  <td className="whitespace-nowrap py-1">{endWords(lease.expires)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {leases.length > SHOWN ? <p className="pt-2 text-text-3 text-xs">and {leases.length - SHOWN} more</p> : null}
        </div>
      ) : null}
    </div>
  );
}

function Note({ children }: { readonly children: ReactNode }) {
  return <p className="text-text-3 text-xs">{children}</p>;
}

/** The leases of a VNet that lie in one of its subnets, by address. */
function leasesIn({ leases }: LeasesView, { vnet, cidr }: Subnet): readonly LeaseView[] {
  const network = readCidr(cidr)?.network;
  if (!network) return [];
  return leases
    .flatMap((lease) => {
      const address = lease.vnet === vnet ? readAddress(lease.ip) : null;
      const inside =
        address?.family === network.family && address.value >= network.first && address.value <= network.last;
      return address && inside ? [{ lease, value: address.value }] : [];
    })
    .sort((a, b) => (a.value < b.value ? -1 : 1))
    .map(({ lease }) => lease);
}

function endWords(expires: string | null): string {
  if (expires === null) return "never ends";
  const end = new Date(expires);
  const words = end.toLocaleString("en-GB", { dateStyle: "short", timeStyle: "short" });
  return end.getTime() < Date.now() ? `ended ${words}` : `until ${words}`;
}
