"use client";

import { useMemo, useState } from "react";
import { currentZone } from "@/components/designer/current";
import { useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { pasteRows } from "@/lib/core/layout/paste-rows";
import { fillPattern, parseTags, type TextFault } from "@/lib/core/layout/range-fill";
import { err, ok, type Result } from "@/lib/core/result";
import { addRowsCommand } from "./add-rows-command";
import { RowsPreview, resultWords } from "./rows-preview";

interface RangeDialogProps {
  /** Tags to begin with, e.g. "200-219". */
  readonly tags?: string;
  readonly zone?: string | null;
  readonly onClose: () => void;
}

const FIELDS = ["tag", "id", "alias", "cidr"] as const;

/** A range of tags becomes VNets with subnets, by patterns; every row is shown before one edit adds them. */
export function RangeDialog({ tags: given = "", zone: home = null, onClose }: RangeDialogProps) {
  const designer = useDesignerParts();
  const layout = useDesigner((state) => state.layout);
  const { change } = useDesignerActions();
  const [zone, setZone] = useState(home ?? currentZone(designer) ?? layout.zones[0]?.id ?? null);
  const [tags, setTags] = useState(given === "" ? "100-119" : given);
  const [id, setId] = useState("v{tag}");
  const [alias, setAlias] = useState("");
  const [cidr, setCidr] = useState("10.{tag//256}.{tag%256}.0/24");
  const [gateway, setGateway] = useState(true);

  const numbers = useMemo(() => parseTags(tags), [tags]);
  const list = numbers.ok ? numbers.value : [];
  const idRows = useMemo(() => fillAll(id, list), [id, list]);
  const aliasRows = useMemo(() => fillAll(alias, list), [alias, list]);
  const cidrRows = useMemo(() => fillAll(cidr, list), [cidr, list]);
  const whole = numbers.ok && idRows.ok && aliasRows.ok && cidrRows.ok;
  const pasted = useMemo(() => {
    if (!whole || !idRows.ok || !aliasRows.ok || !cidrRows.ok) return null;
    const rows = list.map((tag, at) => [
      String(tag),
      idRows.value[at] ?? "",
      aliasRows.value[at] ?? "",
      cidrRows.value[at] ?? "",
    ]);
    return pasteRows(layout, rows, { fields: FIELDS, zone, gateway });
  }, [layout, whole, list, idRows, aliasRows, cidrRows, zone, gateway]);
  const added = pasted?.results.filter(({ state }) => state === "ok" || state === "fixed").length ?? 0;

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title="Add a range"
      description="{tag} is the tag, {n} counts from 1; + - * // and % reckon with whole numbers."
    >
      <div className="flex flex-col gap-4">
        <div className="grid gap-4 min-[700px]:grid-cols-2">
          <Field label="Zone">
            {(control) => (
              <Select
                {...control}
                mono
                value={zone}
                options={layout.zones.map((each) => ({ value: each.id, label: each.id, note: each.type }))}
                onChange={setZone}
              />
            )}
          </Field>
          <TextField
            label="Tags"
            mono
            value={tags}
            error={numbers.ok ? null : placed(tags, numbers.error)}
            onChange={(event) => setTags(event.target.value)}
          />
          <TextField
            label="ID"
            mono
            value={id}
            error={idRows.ok ? null : placed(id, idRows.error)}
            onChange={(event) => setId(event.target.value)}
          />
          <TextField
            label="Alias"
            optional
            mono
            value={alias}
            error={aliasRows.ok ? null : placed(alias, aliasRows.error)}
            onChange={(event) => setAlias(event.target.value)}
          />
          <TextField
            label="Subnet"
            optional
            mono
            value={cidr}
            error={cidrRows.ok ? null : placed(cidr, cidrRows.error)}
            onChange={(event) => setCidr(event.target.value)}
          />
          <div className="self-end pb-1">
            <Checkbox label="First host as gateway" checked={gateway} onChange={setGateway} />
          </div>
        </div>
        {pasted && (
          <>
            <p className="text-sm" aria-live="polite">{`${list.length} rows: ${resultWords(pasted.results)}`}</p>
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
            if (pasted) change(addRowsCommand(pasted, added));
            onClose();
          }}
        >
          {`Add ${added} ${added === 1 ? "VNet" : "VNets"}`}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The pattern filled for every tag; the first fault ends it. */
function fillAll(pattern: string, tags: readonly number[]): Result<readonly string[], TextFault> {
  const texts: string[] = [];
  for (const [index, tag] of tags.entries()) {
    const filled = fillPattern(pattern.trim(), { tag, n: index + 1 });
    if (!filled.ok) return err(filled.error);
    texts.push(filled.value);
  }
  return ok(texts);
}

/** The message with what stands at the place it is about. */
const placed = (text: string, { message, at }: TextFault): string =>
  at < text.length ? `${message} (at “${text.slice(at, at + 8)}”)` : message;
