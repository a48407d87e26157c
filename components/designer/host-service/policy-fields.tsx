"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { HostService } from "@/lib/core/layout/model";
import { hostServiceKey } from "@/lib/core/plan/entity";
import { ok } from "@/lib/core/result";
import { useDesigner, useDesignerActions } from "../designer-context";
import { parseRoutes, routesText } from "../field-text";
import { problemAt } from "../judge";
import { exceptionsText, parseExceptions } from "./option-text";
import { vnetSetting, vnetSettingCommand, withField } from "./service-edits";
import { ServiceText } from "./service-text";
import { isIpv6 } from "./shown-fields";
import { WithFix } from "./with-fix";

const FORWARD = [
  { value: "allow", label: "Other VNets of the node too" },
  { value: "deny", label: "Only the outside", note: "Not the other VNets of the node" },
] as const;

const RA = [
  { value: "none", label: "None", note: "Guests have their address and router by hand" },
  { value: "slaac", label: "SLAAC", note: "Guests make their own address" },
  { value: "stateless", label: "Stateless", note: "Own address, name servers by DHCPv6" },
  { value: "stateful", label: "Stateful", note: "Address by DHCPv6" },
] as const;

/** What guests of the VNet may reach, how IPv6 guests find the router, and the routes of the node. */
export function PolicyFields({ service }: { readonly service: HostService }) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const key = hostServiceKey(service.vnet, service.cidr);
  const guard = useDesigner((state) => vnetSetting(state.layout, service, "guard")) ?? true;
  const forward = useDesigner((state) => vnetSetting(state.layout, service, "forward")) ?? "allow";
  const ra = useDesigner((state) => vnetSetting(state.layout, service, "ra")) ?? "none";
  const forwardProblem = useDesigner((state) => problemAt(state.problems, key, "forward"));
  const raProblem = useDesigner((state) => problemAt(state.problems, key, "ra"));
  return (
    <>
      {(isIpv6(service.cidr) || service.ra) && (
        <WithFix of={key} field="ra">
          <Field label="Router advertisements" hint="For all IPv6 subnets of the VNet" error={raProblem}>
            {(control) => (
              <Select
                {...control}
                value={ra}
                options={RA}
                disabled={locked}
                onChange={(mode) =>
                  change(
                    vnetSettingCommand(service, "ra", mode === "none" ? undefined : mode, "Set router advertisements"),
                  )
                }
              />
            )}
          </Field>
        </WithFix>
      )}
      <WithFix of={key} field="forward">
        <Field label="Guests reach" hint="For the whole VNet" error={forwardProblem}>
          {(control) => (
            <Select
              {...control}
              value={forward}
              options={FORWARD}
              disabled={locked}
              onChange={(value) =>
                change(vnetSettingCommand(service, "forward", value === "allow" ? undefined : value, "Set reach"))
              }
            />
          )}
        </Field>
      </WithFix>
      <Checkbox
        label="Guard the node"
        hint="Guests of the VNet reach nothing of the node but DHCP and ping, and DNS where a gateway is their DNS server"
        checked={guard}
        disabled={locked}
        onChange={(on) => change(vnetSettingCommand(service, "guard", on ? undefined : false, "Set guard"))}
      />
      {(guard || service.guardExceptions) && (
        <ServiceText
          service={service}
          field="guardExceptions"
          label="Guard exceptions"
          optional
          lines={2}
          hint="Ports of the node that guests may reach, one per line"
          placeholder="tcp 22"
          value={exceptionsText(service.guardExceptions ?? [])}
          read={(text) => {
            const list = parseExceptions(text);
            const value = list.ok && list.value.length > 0 ? list.value : undefined;
            return list.ok ? ok(withField(service, "guardExceptions", value)) : list;
          }}
        />
      )}
      <ServiceText
        service={service}
        field="routes"
        label="Static routes"
        optional
        lines={2}
        hint="Of the node, one per line"
        placeholder="192.168.0.0/16 via 10.10.0.2"
        value={routesText(service.routes ?? [])}
        read={(text) => {
          const routes = parseRoutes(text);
          const value = routes.ok && routes.value.length > 0 ? routes.value : undefined;
          return routes.ok ? ok(withField(service, "routes", value)) : routes;
        }}
      />
    </>
  );
}
