"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { KIND_WORD, objectName } from "@/components/plan/change-words";
import { valueText } from "@/components/plan/value-text";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Mono } from "@/components/ui/mono";
import { Table, Td, Th } from "@/components/ui/table";
import type { ServerAction } from "@/components/ui/use-action";
import type { DriftEntry } from "@/lib/server/memory-views";
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
      <div className="@container">
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
                <Answers
                  name={objectName(item)}
                  refusal={refusal}
                  busy={busy}
                  onAdopt={() => onAdopt([item])}
                  onPutBack={() => onPutBack([item])}
                  onIgnore={() => setIgnoring(item)}
                />
              </Rows>
            ))}
          </tbody>
        </Table>
      </div>
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

interface AnswersProps {
  readonly name: string;
  readonly refusal: string | null;
  readonly busy: boolean;
  readonly onAdopt: () => void;
  readonly onPutBack: () => void;
  readonly onIgnore: () => void;
}

/** The three answers to one difference: side by side where there is room, else behind a button. */
function Answers({ name, refusal, busy, onAdopt, onPutBack, onIgnore }: AnswersProps) {
  return (
    <>
      <span className="hidden justify-end @3xl:flex">
        <Button size="sm" variant="ghost" busy={busy} disabledReason={refusal} onClick={onAdopt}>
          Adopt
        </Button>
        <Button size="sm" variant="ghost" busy={busy} disabledReason={refusal} onClick={onPutBack}>
          Put back
        </Button>
        <Button size="sm" variant="ghost" disabledReason={refusal} onClick={onIgnore}>
          Ignore
        </Button>
      </span>
      <span className="flex justify-end @3xl:hidden">
        <Menu
          trigger={<IconButton size="sm" label={`Answers for ${name}`} icon={<Ellipsis aria-hidden size={16} />} />}
        >
          <MenuItem disabledReason={refusal} onSelect={onAdopt}>
            Adopt into the draft
          </MenuItem>
          <MenuItem disabledReason={refusal} onSelect={onPutBack}>
            Put back
          </MenuItem>
          <MenuItem disabledReason={refusal} onSelect={onIgnore}>
            Ignore
          </MenuItem>
        </Menu>
      </span>
    </>
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
      {children}
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
