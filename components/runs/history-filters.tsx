"use client";

import { Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select, type SelectOption } from "@/components/ui/select";
import { stateWord } from "@/components/ui/state-badge";
import { RUN_STATES } from "@/lib/core/apply/events";
import type { RunFilter } from "@/lib/server/views";
import { isRunFiltered, runFilterQuery } from "./run-filter";

interface HistoryFiltersProps {
  readonly filter: RunFilter;
  readonly clusters: readonly SelectOption[];
  readonly people: readonly SelectOption[];
}

const ANY = "*";

/** Narrows the history. Every choice is an address, so that "who changed tag 20" can be sent to somebody. */
export function HistoryFilters({ filter, clusters, people }: HistoryFiltersProps) {
  const router = useRouter();
  const [object, setObject] = useState(filter.object ?? "");
  const go = (next: RunFilter) => {
    const query = runFilterQuery(next);
    router.push(query.size > 0 ? `/runs?${query}` : "/runs");
  };
  const set = (name: "clusterId" | "state" | "actor", value: string) => {
    const { [name]: _, ...rest } = filter;
    go((value === ANY ? rest : { ...rest, [name]: value }) as RunFilter);
  };
  const search = (event: FormEvent) => {
    event.preventDefault();
    const { object: _, ...rest } = filter;
    go(object.trim() ? { ...rest, object: object.trim() } : rest);
  };
  return (
    <search className="flex flex-wrap items-center gap-2">
      <form onSubmit={search} className="flex min-w-56 flex-1 gap-2">
        <span className="relative flex-1">
          <Search
            aria-hidden
            size={14}
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-text-3"
          />
          <Input
            type="search"
            aria-label="Find runs by object"
            placeholder="Object id, VLAN tag or CIDR"
            value={object}
            onChange={(event) => setObject(event.target.value)}
            className="pl-8"
          />
        </span>
        <Button type="submit">Find</Button>
      </form>
      <Choice
        label="State"
        any="Any state"
        value={filter.state}
        options={RUN_STATES.map((state) => ({ value: state, label: stateWord(state) }))}
        onChange={(value) => set("state", value)}
      />
      {clusters.length > 1 || filter.clusterId ? (
        <Choice
          label="Cluster"
          any="All clusters"
          value={filter.clusterId}
          options={clusters}
          onChange={(value) => set("clusterId", value)}
        />
      ) : null}
      {people.length > 1 || filter.actor ? (
        <Choice
          label="Person"
          any="Everybody"
          value={filter.actor}
          options={people}
          onChange={(value) => set("actor", value)}
        />
      ) : null}
      {isRunFiltered(filter) ? (
        <Button
          variant="ghost"
          icon={<X aria-hidden size={14} />}
          onClick={() => {
            setObject("");
            go({});
          }}
        >
          Clear
        </Button>
      ) : null}
    </search>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly any: string;
  readonly value: string | undefined;
  readonly options: readonly SelectOption[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, any, value, options, onChange }: ChoiceProps) {
  return (
    <span className="w-40">
      <Select
        label={label}
        value={value ?? ANY}
        options={[{ value: ANY, label: any }, ...options]}
        onChange={onChange}
      />
    </span>
  );
}
