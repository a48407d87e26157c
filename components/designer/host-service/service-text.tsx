"use client";

import type { HostService } from "@/lib/core/layout/model";
import { hostServiceKey } from "@/lib/core/plan/entity";
import type { Result } from "@/lib/core/result";
import { setServiceCommand } from "../commands";
import { useDesigner, useDesignerActions, useDesignerParts } from "../designer-context";
import { DraftInput } from "../draft-input";
import { problemAt } from "../judge";
import { judgeField } from "../judge-change";
import { WithFix } from "./with-fix";

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

/** A field of a host service that is typed. `read` gives the service with the text taken in. */
export function ServiceText({ service, field, label, value, read, ...look }: ServiceTextProps) {
  const { store, board } = useDesignerParts();
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const key = hostServiceKey(service.vnet, service.cidr);
  const problem = useDesigner((state) => problemAt(state.problems, key, field));
  const what = `Set ${label.toLowerCase()}`;
  return (
    <WithFix of={key} field={field}>
      <DraftInput
        {...look}
        place={{ of: key, field }}
        label={label}
        value={value}
        problem={problem}
        locked={locked}
        check={(text) => {
          const next = read(text);
          if (!next.ok) return next.error;
          const command = setServiceCommand(next.value, what);
          return judgeField(store.getState().layout, board.getState().facts, command, key, field);
        }}
        commit={(text) => {
          const next = read(text);
          if (next.ok) change(setServiceCommand(next.value, what));
          return next.ok;
        }}
      />
    </WithFix>
  );
}
