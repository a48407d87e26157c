"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { usualRangeOf } from "@/lib/core/hosts/usual-range";
import { parseRanges, rangesText } from "@/lib/core/layout/cell-text";
import type { HostService, Subnet } from "@/lib/core/layout/model";
import { err, ok } from "@/lib/core/result";
import { setServiceCommand } from "../commands";
import { useDesigner, useDesignerActions } from "../designer-context";
import { parseField, parseReservations, reservationsText } from "../field-text";
import { optionsText, parseOptions } from "./option-text";
import { freshDhcp, withDhcp, withField } from "./service-edits";
import { ServiceText } from "./service-text";
import { isIpv6 } from "./shown-fields";

type Dhcp = NonNullable<HostService["dhcp"]>;

/** What guests of the subnet are given: addresses, names, options. */
export function DhcpFields({ service, subnet }: { readonly service: HostService; readonly subnet: Subnet }) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const dhcp = service.dhcp ?? {};
  const six = isIpv6(service.cidr);
  const put = (patch: Partial<Dhcp>): HostService => withDhcp(service, patch);
  return (
    <>
      <Checkbox
        label={six ? "DHCPv6" : "DHCP"}
        checked={service.dhcp !== undefined}
        disabled={locked}
        onChange={(on) =>
          change(setServiceCommand(withField(service, "dhcp", on ? freshDhcp(subnet) : undefined), "Set DHCP"))
        }
      />
      {service.dhcp && (
        <>
          <ServiceText
            service={service}
            field="dhcp.ranges"
            label="Ranges"
            lines={2}
            hint={`One per line${whenEmpty(service, subnet)}`}
            placeholder={six ? "2001:db8::1000 - 2001:db8::1fff" : "10.10.0.120 - 10.10.0.220"}
            value={rangesText(dhcp.ranges ?? [])}
            read={(text) => {
              const ranges = parseRanges(text);
              return ranges.ok ? ok(put({ ranges: ranges.value })) : ranges;
            }}
          />
          <ServiceText
            service={service}
            field="dhcp.domain"
            label="Domain"
            optional
            value={dhcp.domain ?? ""}
            read={(text) => ok(put({ domain: text.trim() }))}
          />
          <ServiceText
            service={service}
            field="dhcp.lease"
            label="Lease time"
            optional
            placeholder="24h"
            value={dhcp.lease ?? ""}
            read={(text) => ok(put({ lease: text.trim() }))}
          />
          <ServiceText
            service={service}
            field="dhcp.dnsServers"
            label="DNS servers"
            optional
            hint="Separated by commas"
            value={(dhcp.dnsServers ?? []).join(", ")}
            read={(text) => {
              const list = parseField("list", text);
              return list.ok ? ok(put({ dnsServers: Array.isArray(list.value) ? list.value : [] })) : err(list.error);
            }}
          />
          <ServiceText
            service={service}
            field="dhcp.reservations"
            label="Reservations"
            optional
            lines={3}
            hint="One per line: MAC, address, name"
            placeholder={`bc:24:11:00:00:01 ${six ? "2001:db8::5" : "10.10.0.5"} printer`}
            value={reservationsText(dhcp.reservations ?? [])}
            read={(text) => {
              const list = parseReservations(text);
              return list.ok ? ok(put({ reservations: list.value })) : list;
            }}
          />
          <ServiceText
            service={service}
            field="dhcp.options"
            label="DHCP options"
            optional
            lines={2}
            hint={`One per line: ntp-servers, search${six ? "" : ", static-routes, tftp-server, boot-file, mtu"}`}
            placeholder="ntp-servers 10.10.0.1"
            value={optionsText(dhcp.options ?? {})}
            read={(text) => {
              const options = parseOptions(text);
              return options.ok ? ok(put({ options: options.value })) : options;
            }}
          />
        </>
      )}
    </>
  );
}

/** What an empty list of ranges means here, for the end of a hint. */
function whenEmpty(service: HostService, subnet: Subnet): string {
  const usual = usualRangeOf(
    { ...service, dhcp: { ...service.dhcp, ranges: service.dhcp?.ranges?.length ? [] : service.dhcp?.ranges } },
    subnet,
  );
  if (usual) return `; left empty, the usual ${rangesText([usual])} is given out`;
  return service.dhcp?.reservations?.length ? "; left empty, only reservations are given out" : "";
}
