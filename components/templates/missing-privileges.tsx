"use client";

import { Callout } from "@/components/ui/callout";
import { CommandBlock } from "@/components/ui/copy-button";
import type { PrivilegeCheck } from "@/lib/server/views";

/** Without these a template cannot be applied at all; what else is missing only hides facts. */
export function blockingPrivileges(checks: readonly PrivilegeCheck[] | null | undefined): readonly PrivilegeCheck[] {
  return (checks ?? []).filter((check) => !check.granted && check.path === "/sdn");
}

export function privilegeWords(missing: readonly PrivilegeCheck[]): string {
  return `The cluster's token lacks ${missing.map(({ privilege, path }) => `${privilege} on ${path}`).join(" and ")}`;
}

export function MissingPrivileges({ missing }: { readonly missing: readonly PrivilegeCheck[] }) {
  if (missing.length === 0) return null;
  return (
    <Callout kind="warning" title={privilegeWords(missing)}>
      <div className="flex flex-col gap-2">
        <p>Everything can be looked at, nothing applied. This gives the token what it lacks, run on a node:</p>
        <CommandBlock
          text={[...new Set(missing.map(({ grant }) => grant))].join("\n")}
          label="command that grants it"
        />
      </div>
    </Callout>
  );
}
