"use client";

import { KIND_WORD, objectName } from "@/components/plan/change-words";
import { valueText } from "@/components/plan/value-text";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { FailureMessage } from "@/components/ui/failure-message";
import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, Td, Th } from "@/components/ui/table";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { DriftEntry } from "@/lib/server/memory-views";
import { rowId, wholeWords } from "./drift-words";

interface IgnoredTableProps {
  readonly items: readonly DriftEntry[];
  readonly refusal: string | null;
  readonly layoutId: string;
  /** Takes `{layoutId, key, where}`. */
  readonly unignore: ServerAction<null>;
  readonly onDone: () => void;
}

/** Differences that a person has looked at and left: listed, never hidden. */
export function IgnoredTable({ items, refusal, layoutId, unignore, onDone }: IgnoredTableProps) {
  const { start, busy, failure } = useAction(unignore);
  if (items.length === 0) return null;
  return (
    <SectionCard title="Ignored until they change">
      <div className="flex flex-col gap-3">
        {failure ? <FailureMessage failure={failure} /> : null}
        <Table caption="Ignored until they change">
          <thead>
            <tr>
              <Th>Object</Th>
              <Th>Difference</Th>
              <Th>Reason</Th>
              <Th>By</Th>
              <Th>
                <span className="sr-only">Commands</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={rowId(item)}>
                <Td className="whitespace-nowrap">
                  <span className="text-text-3">{KIND_WORD[item.kind]}</span> <Mono>{objectName(item)}</Mono>
                </Td>
                <Td className="text-text-2">
                  {wholeWords(item) ??
                    item.fields.map(({ field, recorded, live }) => (
                      <span key={field} className="block">
                        {field} <Mono>{valueText(recorded)}</Mono> → <Mono>{valueText(live)}</Mono>
                      </span>
                    ))}
                </Td>
                <Td className="text-text-2">{item.ignored?.reason}</Td>
                <Td className="whitespace-nowrap text-text-2">
                  {item.ignored?.by}, {item.ignored ? <RelativeTime at={item.ignored.at} /> : null}
                </Td>
                <Td>
                  <span className="flex justify-end">
                    <Button
                      size="sm"
                      variant="ghost"
                      busy={busy}
                      disabledReason={refusal}
                      onClick={() => start({ layoutId, key: item.key, where: item.where }, onDone)}
                    >
                      Watch again
                    </Button>
                  </span>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </SectionCard>
  );
}
