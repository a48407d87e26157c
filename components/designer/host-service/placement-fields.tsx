"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { HostService } from "@/lib/core/layout/model";
import { hostServiceKey } from "@/lib/core/plan/entity";
import { ok } from "@/lib/core/result";
import { setServiceCommand } from "../commands";
import { useDesigner, useDesignerActions } from "../designer-context";
import { fieldText, parseField } from "../field-text";
import { fieldProblem } from "../judge";
import { withField } from "./service-edits";
import { ServiceText } from "./service-text";

const PROVIDERS = [
  { value: "agent", label: "Agent on the node", note: "Trunkline sets it up" },
  { value: "guest", label: "A router guest", note: "Only written down" },
  { value: "edge", label: "An outside router", note: "Only written down" },
] as const;

/** Who routes, on which node, and how packets leave it. */
export function PlacementFields({
  service,
  nodes,
}: {
  readonly service: HostService;
  readonly nodes: readonly string[];
}) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const key = hostServiceKey(service.vnet, service.cidr);
  const nodeProblem = useDesigner((state) => fieldProblem(state.problems, key, "gatewayNode"));
  const providerProblem = useDesigner((state) => fieldProblem(state.problems, key, "provider"));
  const known =
    service.gatewayNode === undefined || nodes.includes(service.gatewayNode) ? nodes : [...nodes, service.gatewayNode];
  const set = <K extends keyof HostService>(field: K, value: HostService[K] | undefined, label: string) =>
    change(setServiceCommand(withField(service, field, value), label));
  return (
    <>
      <Field label="Provided by" error={providerProblem}>
        {(control) => (
          <Select
            {...control}
            value={service.provider ?? "agent"}
            options={PROVIDERS}
            disabled={locked}
            onChange={(provider) => set("provider", provider === "agent" ? undefined : provider, "Set provider")}
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
            onChange={(node) => set("gatewayNode", node, "Set gateway node")}
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
