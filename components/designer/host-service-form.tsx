"use client";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { HostService, Subnet, Zone } from "@/lib/core/layout/model";
import { parseCidr } from "@/lib/core/net/cidr";
import { defaultRange } from "@/lib/core/net/range";
import { hostServiceKey } from "@/lib/core/plan/entity";
import { err, ok, type Result } from "@/lib/core/result";
import { removeServiceCommand, setServiceCommand } from "./commands";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "./designer-context";
import { DraftInput } from "./draft-input";
import {
  parseField,
  parseRanges,
  parseReservations,
  parseRoutes,
  rangesText,
  reservationsText,
  routesText,
} from "./field-text";
import { InspectorSection } from "./inspector-section";
import { fieldProblem, judgeField } from "./judge";

interface HostServiceFormProps {
  readonly subnet: Subnet;
  readonly zone: Zone | null;
  readonly service: HostService | null;
}

type Dhcp = NonNullable<HostService["dhcp"]>;

/** What one node does for a subnet where Proxmox does nothing: gateway, SNAT and DHCP. */
export function HostServiceForm({ subnet, zone, service }: HostServiceFormProps) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked);
  const nodes = useBoard((state) => state.nodes);
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
        <p className="text-text-3 text-xs">
          Proxmox neither routes nor serves DHCP in this kind of zone. One node can, with Trunkline's agent on it.
        </p>
      </InspectorSection>
    );
  }
  return (
    <InspectorSection
      title="Host services"
      action={
        <Button size="sm" variant="ghost" disabledReason={locked} onClick={() => change(removeServiceCommand(service))}>
          Remove
        </Button>
      }
    >
      <Placement service={service} nodes={nodes} />
      <DhcpFields service={service} />
      <ServiceText
        service={service}
        field="routes"
        label="Static routes"
        lines={2}
        hint="One per line"
        placeholder="192.168.0.0/16 via 10.10.0.2"
        value={routesText(service.routes ?? [])}
        read={(text) => {
          const routes = parseRoutes(text);
          return routes.ok
            ? ok(withField(service, "routes", routes.value.length > 0 ? routes.value : undefined))
            : routes;
        }}
      />
    </InspectorSection>
  );
}

const PROVIDERS = [
  { value: "agent", label: "Agent on the node", note: "Trunkline sets it up" },
  { value: "guest", label: "A router guest", note: "Only written down" },
  { value: "edge", label: "An outside router", note: "Only written down" },
] as const;

function Placement({ service, nodes }: { readonly service: HostService; readonly nodes: readonly string[] }) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const key = hostServiceKey(service.vnet, service.cidr);
  const nodeProblem = useDesigner((state) => fieldProblem(state.problems, key, "gatewayNode"));
  const known =
    service.gatewayNode === undefined || nodes.includes(service.gatewayNode) ? nodes : [...nodes, service.gatewayNode];
  return (
    <>
      <Field label="Provided by">
        {(control) => (
          <Select
            {...control}
            value={service.provider ?? "agent"}
            options={PROVIDERS}
            disabled={locked}
            onChange={(provider) =>
              change(
                setServiceCommand(
                  withField(service, "provider", provider === "agent" ? undefined : provider),
                  "Set provider",
                ),
              )
            }
          />
        )}
      </Field>
      <Field label="Gateway node" hint="The same for all subnets of a VNet" error={nodeProblem}>
        {(control) => (
          <Select
            {...control}
            mono
            value={service.gatewayNode ?? null}
            placeholder="Choose a node"
            options={known.map((node) => ({ value: node, label: node }))}
            disabled={locked}
            onChange={(node) => change(setServiceCommand(withField(service, "gatewayNode", node), "Set gateway node"))}
          />
        )}
      </Field>
      <ServiceText
        service={service}
        field="uplink"
        label="Uplink"
        hint="Interface towards the rest of the network"
        placeholder="vmbr0"
        value={service.uplink ?? ""}
        read={(text) => ok(withField(service, "uplink", text.trim() === "" ? undefined : text.trim()))}
      />
      <Checkbox
        label="SNAT"
        hint="Hides guests behind the node's own address"
        checked={service.snat === true}
        disabled={locked}
        onChange={(on) => change(setServiceCommand(withField(service, "snat", on ? true : undefined), "Set SNAT"))}
      />
    </>
  );
}

function DhcpFields({ service }: { readonly service: HostService }) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const dhcp = service.dhcp ?? {};
  const put = (patch: Partial<Dhcp>): HostService => withDhcp(service, patch);
  return (
    <>
      <Checkbox
        label="DHCP"
        checked={service.dhcp !== undefined}
        disabled={locked}
        onChange={(on) =>
          change(setServiceCommand(withField(service, "dhcp", on ? freshDhcp(service.cidr) : undefined), "Set DHCP"))
        }
      />
      {service.dhcp && (
        <>
          <ServiceText
            service={service}
            field="dhcp.ranges"
            label="Ranges"
            lines={2}
            hint="One per line"
            placeholder="10.10.0.120 - 10.10.0.220"
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
            placeholder="bc:24:11:00:00:01 10.10.0.5 printer"
            value={reservationsText(dhcp.reservations ?? [])}
            read={(text) => {
              const list = parseReservations(text);
              return list.ok ? ok(put({ reservations: list.value })) : list;
            }}
          />
        </>
      )}
    </>
  );
}

interface ServiceTextProps {
  readonly service: HostService;
  /** As problems name it. */
  readonly field: string;
  readonly label: string;
  readonly value: string;
  readonly read: (text: string) => Result<HostService, string>;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly lines?: number;
  readonly optional?: boolean;
}

function ServiceText({ service, field, label, value, read, ...look }: ServiceTextProps) {
  const { store, board } = useDesignerParts();
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const key = hostServiceKey(service.vnet, service.cidr);
  const problem = useDesigner((state) => fieldProblem(state.problems, key, field));
  const what = `Set ${label.toLowerCase()}`;
  return (
    <DraftInput
      {...look}
      label={label}
      value={value}
      problem={problem}
      locked={locked}
      check={(text) => {
        const next = read(text);
        if (!next.ok) return next.error;
        return judgeField(
          store.getState().layout,
          board.getState().facts,
          setServiceCommand(next.value, what),
          key,
          field,
        );
      }}
      commit={(text) => {
        const next = read(text);
        if (next.ok) change(setServiceCommand(next.value, what));
        return next.ok;
      }}
    />
  );
}

function freshService(subnet: Subnet, zone: Zone | null, node: string | undefined): HostService {
  return {
    vnet: subnet.vnet,
    cidr: subnet.cidr,
    ...(node === undefined ? {} : { gatewayNode: node }),
    ...(zone?.bridge ? { uplink: zone.bridge } : {}),
    snat: true,
    dhcp: freshDhcp(subnet.cidr),
  };
}

function freshDhcp(cidr: string): Dhcp {
  const parsed = parseCidr(cidr);
  const range = parsed.ok ? defaultRange(parsed.value) : null;
  return { ranges: range ? [range] : [], lease: "24h" };
}

/** The service with a field set, or without it. */
function withField<K extends keyof HostService>(service: HostService, field: K, value: HostService[K]): HostService {
  const next = { ...service, [field]: value };
  if (value === undefined) delete next[field];
  return next;
}

/** Empty texts and lists are left out: to Proxmox and the agent they mean "not set". */
function withDhcp(service: HostService, patch: Partial<Dhcp>): HostService {
  const merged = Object.entries({ ...service.dhcp, ...patch }).filter(
    ([name, value]) => name === "ranges" || (value !== "" && !(Array.isArray(value) && value.length === 0)),
  );
  return { ...service, dhcp: Object.fromEntries(merged) };
}
