"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { shiftVnetTags } from "@/lib/core/layout/bulk";
import type { Vnet } from "@/lib/core/layout/model";
import { moveCommand } from "./commands";
import { useDesigner, useDesignerActions } from "./designer-context";
import { nextTagsCommand } from "./more-commands";

/** What names many VNets: the zone they are in, and their tags, which move together. */
export function ManyVnets({ vnets }: { readonly vnets: readonly Vnet[] }) {
  const layout = useDesigner((state) => state.layout);
  const locked = useDesigner((state) => state.locked);
  const { change, say } = useDesignerActions();
  const ids = vnets.map(({ id }) => id);
  const zones = new Set(vnets.map(({ zone }) => zone));
  const [only = ""] = zones;
  const tagged = vnets.some(({ tag }) => tag !== undefined);
  return (
    <>
      <Field label="Zone">
        {(control) => (
          <Select
            {...control}
            mono
            value={zones.size > 1 ? "" : only}
            placeholder="Mixed"
            disabled={locked !== null}
            options={layout.zones.map(({ id, type }) => ({ value: id, label: id, note: type }))}
            onChange={(zone) => change(moveCommand(ids, zone))}
          />
        )}
      </Field>
      {tagged && <TagShift ids={ids} />}
      {tagged && (
        <Button
          size="sm"
          className="self-start"
          disabledReason={locked}
          onClick={() => {
            const command = nextTagsCommand(layout, ids);
            if (command) change(command);
            else say("No other tag is free there");
          }}
        >
          Next free tags
        </Button>
      )}
    </>
  );
}

function TagShift({ ids }: { readonly ids: readonly string[] }) {
  const layout = useDesigner((state) => state.layout);
  const locked = useDesigner((state) => state.locked);
  const { change } = useDesignerActions();
  const [text, setText] = useState("");
  const step = /^[+-]?[0-9]{1,8}$/.test(text.trim()) ? Number(text.trim()) : null;
  const shifted = step === null ? null : shiftVnetTags(layout, new Set(ids), step);
  const error =
    text.trim() === ""
      ? null
      : step === null
        ? "Write a whole number, like 100 or -20."
        : shifted?.ok
          ? null
          : shifted?.error;
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (step === null || step === 0 || !shifted?.ok) return;
        const { value } = shifted;
        change({ label: `Shift tags of ${ids.length} VNets by ${step}`, apply: () => value });
        setText("");
      }}
    >
      <div className="min-w-0 flex-1">
        <Field label="Shift tags by" error={error ?? null}>
          {(control) => (
            <Input
              {...control}
              mono
              value={text}
              placeholder="+100"
              autoComplete="off"
              readOnly={locked !== null}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Button type="submit" disabledReason={locked ?? (step === null || error ? "Write by how much first" : null)}>
        Shift
      </Button>
    </form>
  );
}
