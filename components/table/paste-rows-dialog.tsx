"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { currentZone } from "@/components/designer/current";
import { useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { pasteRows } from "@/lib/core/layout/paste-rows";
import { ROW_FIELDS, type RowField, readTable } from "@/lib/core/layout/table-text";
import { addRowsCommand } from "./add-rows-command";
import { RowsPreview, resultWords } from "./rows-preview";

const FIELD_WORDS: Readonly<Record<RowField, string>> = {
  zone: "Zone",
  tag: "Tag",
  id: "ID",
  alias: "Alias",
  cidr: "Subnet",
  gateway: "Gateway",
  snat: "SNAT",
  dhcp: "DHCP ranges",
  dns: "DNS",
  vlanaware: "VLAN aware",
  isolate: "Isolated ports",
  skip: "Leave out",
};

/** Rows from a spreadsheet: each is judged before one edit adds those that can be. */
export function PasteRowsDialog({ text: given, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const designer = useDesignerParts();
  const layout = useDesigner((state) => state.layout);
  const { change } = useDesignerActions();
  const [text, setText] = useState(given);
  const [zone, setZone] = useState(currentZone(designer) ?? layout.zones[0]?.id ?? null);
  const [gateway, setGateway] = useState(true);
  const [named, setNamed] = useState<readonly RowField[] | null>(null);
  const read = useDeferredValue(text);
  const table = useMemo(
    () =>
      readTable(
        read,
        layout.zones.map(({ id }) => id),
      ),
    [read, layout.zones],
  );
  const fields = named?.length === table.fields.length ? named : table.fields;
  const pasted = useMemo(
    () => pasteRows(layout, table.rows, { fields, zone, gateway }),
    [layout, table, fields, zone, gateway],
  );
  const added = pasted.results.filter(({ state }) => state === "ok" || state === "fixed").length;

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title="Paste rows"
      description="From a spreadsheet or a CSV file. Columns are found by their headings or by what stands in them."
    >
      <div className="flex flex-col gap-4">
        <Field
          label="Rows"
          hint="Tab, comma or semicolon between cells, in any order: tag, id, alias, subnet, gateway, zone, SNAT, DHCP ranges, DNS, VLAN aware, isolated ports."
        >
          {(control) => (
            <Textarea
              {...control}
              mono
              rows={4}
              value={text}
              spellCheck={false}
              data-own-escape={undefined}
              onChange={(event) => {
                setText(event.target.value);
                setNamed(null);
              }}
            />
          )}
        </Field>
        {table.rows.length > 0 && (
          <>
            <div className="flex flex-wrap items-end gap-3">
              {fields.map((field, index) => (
                <Select
                  // Columns have no name but their place.
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  key={index}
                  label={`Column ${index + 1}`}
                  value={field}
                  options={ROW_FIELDS.map((value) => ({ value, label: FIELD_WORDS[value] }))}
                  onChange={(next) =>
                    setNamed(
                      fields.map((each, at) =>
                        at === index ? next : each === next && next !== "skip" ? "skip" : each,
                      ),
                    )
                  }
                />
              ))}
            </div>
            <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
              <Field label="Zone of rows that name none">
                {(control) => (
                  <Select
                    {...control}
                    mono
                    value={zone}
                    options={layout.zones.map(({ id }) => ({ value: id, label: id }))}
                    onChange={setZone}
                  />
                )}
              </Field>
              <Checkbox label="First host as gateway where none is given" checked={gateway} onChange={setGateway} />
            </div>
            <p className="text-sm" aria-live="polite">{`${table.rows.length} rows: ${resultWords(pasted.results)}`}</p>
            <RowsPreview results={pasted.results} />
          </>
        )}
      </div>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          disabledReason={added === 0 ? "No row can be added" : null}
          onClick={() => {
            change(addRowsCommand(pasted, added));
            onClose();
          }}
        >
          {`Add ${added} ${added === 1 ? "row" : "rows"}`}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
