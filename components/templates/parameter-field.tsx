"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Parameter, ParameterValue } from "@/lib/core/layout/starters/parameter";
import type { ClusterFacts } from "@/lib/core/ports";

interface ParameterFieldProps {
  readonly parameter: Parameter;
  /** As typed: text stays text until the template judges it. */
  readonly value: ParameterValue;
  readonly onChange: (value: ParameterValue) => void;
  readonly error: string | null;
  /** What the cluster offers; null while unknown, then names are typed. */
  readonly facts: ClusterFacts | null;
}

/** The control for one parameter of a template, by its kind. */
export function ParameterField({ parameter, value, onChange, error, facts }: ParameterFieldProps) {
  if (parameter.kind === "nodes" && facts) {
    const chosen = Array.isArray(value) ? value : [];
    return (
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1.5 font-medium text-sm">{parameter.label}</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {facts.nodes.map((node) => (
            <Checkbox
              key={node.name}
              label={<NodeName name={node.name} online={node.online} />}
              checked={chosen.includes(node.name)}
              onChange={(on) =>
                onChange(
                  facts.nodes
                    .map(({ name }) => name)
                    .filter((name) => (name === node.name ? on : chosen.includes(name))),
                )
              }
            />
          ))}
        </div>
        <p className="text-text-3 text-xs">{parameter.help}</p>
        {error && <p className="text-destroy text-xs">{error}</p>}
      </fieldset>
    );
  }
  const options = facts ? choices(parameter, facts) : [];
  const text = typeof value === "object" ? value.join(", ") : String(value);
  return (
    <Field label={parameter.label} hint={parameter.help} error={error}>
      {(control) =>
        options.length > 0 ? (
          <Select {...control} mono value={text} onChange={onChange} options={options} />
        ) : (
          <Input
            {...control}
            mono
            value={text}
            inputMode={parameter.kind === "tag" ? "numeric" : "text"}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}

function NodeName({ name, online }: { readonly name: string; readonly online: boolean }) {
  return (
    <>
      <span className="mono">{name}</span>
      {!online && <span className="text-change"> offline</span>}
    </>
  );
}

function choices(parameter: Parameter, facts: ClusterFacts): { value: string; label: string; note?: string }[] {
  if (parameter.kind === "node") {
    return facts.nodes.map(({ name, online }) => ({
      value: name,
      label: name,
      ...(online ? {} : { note: "offline" }),
    }));
  }
  if (parameter.kind !== "bridge") return [];
  const bridges = facts.nodes.flatMap((node) => (node.bridges ?? []).map((bridge) => ({ ...bridge, node: node.name })));
  return [...new Set(bridges.map(({ name }) => name))].sort().map((name) => {
    const on = bridges.filter((bridge) => bridge.name === name);
    const aware = on.every((bridge) => bridge.vlanAware) ? "VLAN-aware, " : "";
    return { value: name, label: name, note: `${aware}on ${on.map(({ node }) => node).join(", ")}` };
  });
}
