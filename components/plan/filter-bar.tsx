"use client";

import { Search, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Change } from "@/lib/core/plan/step";
import { countOps, KIND_WORD, OP_SYMBOL, OP_WORD } from "./change-words";
import { isFiltered, KINDS, OPS, type PlanFilter, RISKS } from "./plan-filter";

interface FilterBarProps {
  readonly changes: readonly Change[];
  readonly shown: number;
  readonly filter: PlanFilter;
  readonly onChange: (filter: PlanFilter) => void;
}

const EMPTY: PlanFilter = { op: null, kind: null, zone: null, risk: null, text: "" };
const RISK_WORD = { high: "High risk", medium: "Medium risk", low: "Low risk" } as const;

/** Narrows the object list. The counts of the actions are its buttons. */
export function FilterBar({ changes, shown, filter, onChange }: FilterBarProps) {
  const counts = countOps(changes);
  const zones = [...new Set(changes.map((change) => change.zone))];
  return (
    <search className="flex flex-wrap items-center gap-2 border-hairline border-b px-3 py-2">
      <span className="relative min-w-40 flex-1">
        <Search
          aria-hidden
          size={14}
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-text-3"
        />
        <Input
          type="search"
          aria-label="Find objects"
          value={filter.text}
          onChange={(event) => onChange({ ...filter, text: event.target.value })}
          placeholder="Find by id, CIDR or tag"
          className="pl-8"
        />
      </span>
      <fieldset className="flex gap-1">
        <legend className="sr-only">Action</legend>
        {OPS.filter((op) => counts[op] > 0).map((op) => (
          <button
            key={op}
            type="button"
            aria-pressed={filter.op === op}
            onClick={() => onChange({ ...filter, op: filter.op === op ? null : op })}
            className="inline-flex h-8 items-center gap-1.5 rounded-sm border border-hairline px-2.5 text-sm text-text-2 hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-text pointer-coarse:min-h-11"
          >
            <span aria-hidden className="mono">
              {OP_SYMBOL[op]}
            </span>
            {OP_WORD[op]} <span className="text-text-3">{counts[op]}</span>
          </button>
        ))}
      </fieldset>
      <Choice
        label="Kind"
        any="All kinds"
        value={filter.kind}
        options={KINDS.map((kind) => ({ value: kind, label: `${KIND_WORD[kind]}s` }))}
        onChange={(kind) => onChange({ ...filter, kind })}
      />
      {zones.length > 1 ? (
        <Choice
          label="Zone"
          any="All zones"
          value={filter.zone}
          options={zones.map((zone) => ({ value: zone, label: zone }))}
          onChange={(zone) => onChange({ ...filter, zone })}
        />
      ) : null}
      <Choice
        label="Risk"
        any="Any risk"
        value={filter.risk}
        options={RISKS.map((risk) => ({ value: risk, label: RISK_WORD[risk] }))}
        onChange={(risk) => onChange({ ...filter, risk })}
      />
      {isFiltered(filter) ? (
        <Button variant="ghost" icon={<X aria-hidden size={14} />} onClick={() => onChange(EMPTY)}>
          Clear
        </Button>
      ) : null}
      <p role="status" className={isFiltered(filter) ? "text-text-3 text-xs" : "sr-only"}>
        {shown} of {changes.length} objects
      </p>
    </search>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly any: string;
  readonly value: T | null;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T | null) => void;
}

/** A select whose first option is "do not narrow"; `*` stands for it, as no id contains one. */
function Choice<T extends string>({ label, any, value, options, onChange }: ChoiceProps<T>) {
  return (
    <span className="w-32">
      <Select<string>
        label={label}
        value={value ?? "*"}
        options={[{ value: "*", label: any }, ...options]}
        onChange={(next) => onChange(options.find((option) => option.value === next)?.value ?? null)}
      />
    </span>
  );
}
