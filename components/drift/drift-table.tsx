"use client";

import { useState } from "react";
import { KIND_WORD, objectName } from "@/components/plan/change-words";
import { valueText } from "@/components/plan/value-text";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Mono } from "@/components/ui/mono";
import { Table, Td, Th } from "@/components/ui/table";
import type { ServerAction } from "@/components/ui/use-action";
import type { DriftEntry } from "@/lib/server/views";
import { COLUMNS, rowId, wholeWords } from "./drift-words";
import { IgnoreDialog } from "./ignore-dialog";

interface DriftTableProps {
  readonly where: DriftEntry["where"];
  readonly title: string;
  readonly description: string;
  readonly items: readonly DriftEntry[];
  /** Why the person may not settle drift; null when they may. */
  readonly refusal: string | null;
  readonly busy: boolean;
  readonly layoutId: string;
  readonly ignore: ServerAction<null>;
  readonly onIgnored: () => void;
  readonly onAdopt: (items: readonly DriftEntry[]) => void;
  readonly onPutBack: (items: readonly DriftEntry[]) => void;
}

/** Objects that differ in one way, property by property, with the three answers: adopt, put back, ignore. */
export function DriftTable({ where, title, description, items, ...rest }: DriftTableProps) {
  const { refusal, busy, layoutId, ignore, onIgnored, onAdopt, onPutBack } = rest;
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [ignoring, setIgnoring] = useState<DriftEntry | null>(null);
  if (items.length === 0) return null;
  const chosen = items.filter((item) => ticked.includes(rowId(item)));
  const none = refusal ?? (chosen.length === 0 ? "Choose objects in the list first" : null);
  const number = chosen.length > 0 ? ` ${chosen.length}` : "";
  return (
    <SectionCard
      title={title}
      description={description}
      actions={
        <>
          <Button size="sm" busy={busy} disabledReason={none} onClick={() => onAdopt(chosen)}>
            Adopt{number} into the draft
          </Button>
          <Button size="sm" busy={busy} disabledReason={none} onClick={() => onPutBack(chosen)}>
            Put{number} back
          </Button>
        </>
      }
    >
      <Table caption={title}>
        <thead>
          <tr>
            <Th>
              <Checkbox
                label={<span className="text-xs">Object</span>}
                checked={chosen.length === items.length}
                onChange={(all) => setTicked(all ? items.map(rowId) : [])}
              />
            </Th>
            <Th>Property</Th>
            <Th>{COLUMNS[where].was}</Th>
            <Th>{COLUMNS[where].is}</Th>
            <Th>Draft</Th>
            <Th>
              <span className="sr-only">Answers</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Rows
              key={rowId(item)}
              item={item}
              ticked={ticked.includes(rowId(item))}
              onTick={(tick) =>
                setTicked(tick ? [...ticked, rowId(item)] : ticked.filter((one) => one !== rowId(item)))
              }
            >
              <Button size="sm" variant="ghost" busy={busy} disabledReason={refusal} onClick={() => onAdopt([item])}>
                Adopt
              </Button>
              <Button size="sm" variant="ghost" busy={busy} disabledReason={refusal} onClick={() => onPutBack([item])}>
                Put back
              </Button>
              <Button size="sm" variant="ghost" disabledReason={refusal} onClick={() => setIgnoring(item)}>
                Ignore
              </Button>
            </Rows>
          ))}
        </tbody>
      </Table>
      {ignoring ? (
        <IgnoreDialog
          item={ignoring}
          layoutId={layoutId}
          ignore={ignore}
          onDone={() => {
            setIgnoring(null);
            onIgnored();
          }}
          onClose={() => setIgnoring(null)}
        />
      ) : null}
    </SectionCard>
  );
}

interface RowsProps {
  readonly item: DriftEntry;
  readonly ticked: boolean;
  readonly onTick: (tick: boolean) => void;
  readonly children: React.ReactNode;
}

/** One object: a line for each property that differs, or one that says what became of the whole. */
function Rows({ item, ticked, onTick, children }: RowsProps) {
  const whole = wholeWords(item);
  const lines = Math.max(item.fields.length, 1);
  const object = (
    <Td rowSpan={lines} className="whitespace-nowrap align-top">
      <Checkbox
        label={
          <>
            <span className="text-text-3">{KIND_WORD[item.kind]}</span> <Mono>{objectName(item)}</Mono>
          </>
        }
        hint={item.kind === "zone" ? undefined : `in ${item.zone}`}
        checked={ticked}
        onChange={onTick}
      />
    </Td>
  );
  const answers = (
    <Td rowSpan={lines} className="align-top">
      <span className="flex justify-end">{children}</span>
    </Td>
  );
  if (item.fields.length === 0) {
    return (
      <tr>
        {object}
        <Td colSpan={4} className="text-text-2">
          {whole}
        </Td>
        {answers}
      </tr>
    );
  }
  return item.fields.map(({ field, recorded, live }, index) => (
    <tr key={field}>
      {index === 0 ? object : null}
      <Td className="text-text-2">{field}</Td>
      <Td>
        <Mono className="text-text-2">{valueText(recorded)}</Mono>
      </Td>
      <Td>
        <Mono className="font-medium">{valueText(live)}</Mono>
      </Td>
      <Td>
        <Mono className="text-text-2">{valueText(item.draft[index] ?? null)}</Mono>
      </Td>
      {index === 0 ? answers : null}
    </tr>
  ));
}
