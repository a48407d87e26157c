"use client";

import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { type Fault, FaultLine, Field } from "@/components/ui/field";
import { Select, type SelectOption } from "@/components/ui/select";
import type { EntityKey } from "@/lib/core/plan/entity";
import { setFieldCommand } from "./commands";
import { useDesigner, useDesignerActions, useDesignerParts } from "./designer-context";
import { DraftInput } from "./draft-input";
import { type FieldKind, fieldText, parseField } from "./field-text";
import { problemAt } from "./judge";
import { judgeField } from "./judge-change";
import { Property } from "./people-at";

interface EntityFieldProps {
  readonly of: EntityKey;
  /** Property in Proxmox's spelling. */
  readonly field: string;
  readonly label: string;
  readonly value: unknown;
  readonly kind?: FieldKind;
  readonly hint?: ReactNode;
  readonly optional?: boolean;
  readonly mono?: boolean;
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
  /** Why a text cannot be taken at all; null lets it into the layout, where it may still be a problem. */
  readonly refuse?: (text: string) => string | null;
}

/** One property of a zone, VNet or subnet as a line of text. */
export function EntityField(props: EntityFieldProps) {
  const { of: key, field, label, value, kind = "text", refuse, ...look } = props;
  const { store, board } = useDesignerParts();
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const problem = useDesigner((state) => problemAt(state.problems, key, field));

  function check(text: string): Fault | null {
    const refused = refuse?.(text.trim()) ?? null;
    if (refused !== null) return refused;
    const read = parseField(kind, text);
    if (!read.ok) return read.error;
    const command = setFieldCommand(key, field, value, read.value);
    return command && judgeField(store.getState().layout, board.getState().facts, command, key, field);
  }

  function commit(text: string): boolean {
    const read = parseField(kind, text);
    if (!read.ok || (refuse?.(text.trim()) ?? null) !== null) return false;
    const command = setFieldCommand(key, field, value, read.value);
    if (command && fieldText(read.value) !== fieldText(value)) change(command);
    return true;
  }

  return (
    <Property of={key} field={field}>
      <DraftInput
        {...look}
        key={key}
        place={{ of: key, field }}
        label={label}
        value={fieldText(value)}
        problem={problem}
        check={check}
        commit={commit}
        locked={locked}
      />
    </Property>
  );
}

interface EntityFlagProps {
  readonly of: EntityKey;
  readonly field: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: boolean | undefined;
  /** The value of "on" where it is not `true`. */
  readonly on?: unknown;
}

/** A property that is either set or not. */
export function EntityFlag({ of: key, field, label, hint, value, on = true }: EntityFlagProps) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const problem = useDesigner((state) => problemAt(state.problems, key, field));
  return (
    <Property of={key} field={field}>
      <Checkbox
        label={label}
        hint={hint}
        checked={value === true}
        disabled={locked}
        onChange={(checked) => {
          const command = setFieldCommand(key, field, value === true ? on : undefined, checked ? on : undefined);
          if (command) change(command);
        }}
      />
      {problem && (
        <div className="mt-1 ml-6">
          <FaultLine fault={problem} />
        </div>
      )}
    </Property>
  );
}

interface EntityChoiceProps {
  readonly of: EntityKey;
  readonly field: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: string | undefined;
  readonly options: readonly SelectOption[];
  /** Word for "not set"; without it the property cannot be removed. */
  readonly none?: string;
}

const NONE = "none";

/** A property with a few known values. */
export function EntityChoice({ of: key, field, label, hint, value, options, none }: EntityChoiceProps) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const problem = useDesigner((state) => problemAt(state.problems, key, field));
  const known = value === undefined || options.some((option) => option.value === value);
  const all = [
    ...(none === undefined ? [] : [{ value: NONE, label: none }]),
    ...options,
    ...(known || value === undefined ? [] : [{ value, label: value, note: "Not in this cluster" }]),
  ];
  return (
    <Property of={key} field={field}>
      <Field label={label} hint={hint} error={problem}>
        {(control) => (
          <Select
            {...control}
            value={value ?? (none === undefined ? null : NONE)}
            options={all}
            disabled={locked}
            mono
            onChange={(next) => {
              const command = setFieldCommand(key, field, value, next === NONE ? undefined : next);
              if (command) change(command);
            }}
          />
        )}
      </Field>
    </Property>
  );
}
