"use client";

import { Check, X } from "lucide-react";
import { CommandBlock } from "@/components/ui/copy-button";
import { Mono } from "@/components/ui/mono";
import { Table, Td, Th } from "@/components/ui/table";
import type { PrivilegeCheck } from "@/lib/server/views";

/** Each privilege Trunkline needs, whether the token has it, and the commands for those it lacks. */
export function PrivilegeTable({ checks }: { readonly checks: readonly PrivilegeCheck[] }) {
  const missing = checks.filter((check) => !check.granted);
  return (
    <div className="flex flex-col gap-3">
      <Table caption="Privileges of the token">
        <thead>
          <tr>
            <Th>Token has it</Th>
            <Th>Privilege</Th>
            <Th>On</Th>
            <Th>Needed to</Th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <tr key={`${check.path} ${check.privilege}`}>
              <Td className="whitespace-nowrap">
                {check.granted ? (
                  <span className="inline-flex items-center gap-1.5 text-add">
                    <Check aria-hidden size={14} strokeWidth={2.5} /> Yes
                  </span>
                ) : (
                  <span className="inline-flex items-center gap-1.5 font-medium text-destroy">
                    <X aria-hidden size={14} strokeWidth={2.5} /> Missing
                  </span>
                )}
              </Td>
              <Td>
                <Mono>{check.privilege}</Mono>
              </Td>
              <Td>
                <Mono>{check.path}</Mono>
              </Td>
              <Td className="text-text-2">{check.purpose}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {missing.length > 0 && (
        <div className="flex flex-col gap-2 text-sm">
          <p className="text-text-2">
            Run this on a node to give the token what is missing. A token with privilege separation needs rights of its
            own, even when its user has them.
          </p>
          <CommandBlock
            text={[...new Set(missing.map((check) => check.grant))].join("\n")}
            label="commands that grant the missing privileges"
          />
        </div>
      )}
    </div>
  );
}
