"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { isByAgent, ZONE_ABILITIES } from "@/lib/core/hosts/zone-abilities";
import type { HostService, Zone } from "@/lib/core/layout/model";
import { hostServiceKey } from "@/lib/core/plan/entity";
import { ok } from "@/lib/core/result";
import { setServiceCommand } from "../commands";
import { useDesigner, useDesignerActions } from "../designer-context";
import { fieldText, parseField } from "../field-text";
import { problemAt } from "../judge";
import { withField } from "./service-edits";
import { ServiceText } from "./service-text";
import { WithFix } from "./with-fix";

const PROVIDERS = [
  { value: "agent", label: "Agent on the node", note: "Trunkline sets it up" },
  { value: "guest", label: "A router guest", note: "Only written down" },
  { value: "edge", label: "An outside router", note: "Only written down" },
] as const;

type Setter = <K extends keyof HostService>(field: K, value: HostService[K] | undefined, label: string) => void;

/** Who routes, on which node, and how packets leave it. */
export function PlacementFields({
  service,
  zone,
  nodes,
}: {
  readonly service: HostService;
  readonly zone: Zone | null;
  readonly nodes: readonly string[];
}) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const key = hostServiceKey(service.vnet, service.cidr);
  const providerProblem = useDesigner((state) => problemAt(state.problems, key, "provider"));
  const set: Setter = (field, value, label) => change(setServiceCommand(withField(service, field, value), label));
  const provider = service.provider ?? "agent";
  // A stored provider stays to be seen, where it can do nothing too; the rules speak of it.
  const offered = PROVIDERS.filter(
    ({ value }) => value === provider || !zone || ZONE_ABILITIES[zone.type].providers.includes(value),
  );
  return (
    <>
      <WithFix of={key} field="provider">
        <Field label="Provided by" error={providerProblem}>
          {(control) => (
            <Select
              {...control}
              value={provider}
              options={offered}
              disabled={locked}
              onChange={(next) => set("provider", next === "agent" ? undefined : next, "Set provider")}
            />
          )}
        </Field>
      </WithFix>
      {isByAgent(service) && <NodeFields service={service} nodes={nodes} set={set} />}
    </>
  );
}

interface NodeFieldsProps {
  readonly service: HostService;
  readonly nodes: readonly string[];
  readonly set: Setter;
}

/** What only an agent is told. Kept in the layout, unseen, while somebody else routes. */
function NodeFields({ service, nodes, set }: NodeFieldsProps) {
  const locked = useDesigner((state) => state.locked !== null);
  const key = hostServiceKey(service.vnet, service.cidr);
  const nodeProblem = useDesigner((state) => problemAt(state.problems, key, "gatewayNode"));
  const known =
    service.gatewayNode === undefined || nodes.includes(service.gatewayNode) ? nodes : [...nodes, service.gatewayNode];
  return (
    <>
      <WithFix of={key} field="gatewayNode">
        <Field label="Gateway node" hint="The same for all subnets of a VNet" error={nodeProblem}>
          {(control) => (
            <Select
              {...control}
              mono
              value={service.gatewayNode ?? null}
              placeholder="Choose a node"
              options={known.map((node) => ({ value: node, label: node }))}
              disabled={locked}
              onChange={(node) => set("gatewayNode", node, "Set gateway node")}
            />
          )}
        </Field>
      </WithFix>
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
        onChange={(on) => set("snat", on ? true : undefined, "Set SNAT")}
      />
      {(service.snat || service.snatExclude) && (
        <ServiceText
          service={service}
          field="snatExclude"
          label="SNAT exclusions"
          optional
          hint="Networks that see guests under their own address, separated by commas"
          placeholder="10.0.0.0/8, 192.168.0.0/16"
          value={fieldText(service.snatExclude)}
          read={(text) => {
            const list = parseField("list", text);
            if (!list.ok) return list;
            const networks = Array.isArray(list.value) && list.value.length > 0 ? list.value : undefined;
            return ok(withField(service, "snatExclude", networks));
          }}
        />
      )}
    </>
  );
}
