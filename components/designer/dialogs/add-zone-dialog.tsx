"use client";

import { RadioGroup as Radix } from "radix-ui";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { freeId } from "@/lib/core/layout/free";
import type { Zone, ZoneType } from "@/lib/core/layout/model";
import { zoneKey } from "@/lib/core/plan/entity";
import { addZoneCommand } from "../commands";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "../designer-context";
import { idProblem } from "../id-problem";
import { ZONE_TYPES } from "../zone-types";

/** Asks for what a zone cannot be without; everything else is in the inspector. */
export function AddZoneDialog({ onClose }: { readonly onClose: () => void }) {
  const { view } = useDesignerParts();
  const { change, startAdding } = useDesignerActions();
  const layout = useDesigner((state) => state.layout);
  const facts = useBoard((state) => state.facts);
  const bridges = commonBridges(facts?.nodes.map((node) => node.bridges?.map((bridge) => bridge.name) ?? []) ?? []);
  const [type, setType] = useState<ZoneType>("vlan");
  const [id, setId] = useState("");
  const [bridge, setBridge] = useState(bridges[0] ?? "vmbr0");
  const [tag, setTag] = useState("");
  const [asked, setAsked] = useState(false);
  const suggested = freeId(layout, `${type}1`);
  const chosen = id.trim() === "" ? suggested : id.trim();
  const idError = idProblem(layout, zoneKey(""), chosen);
  const onBridge = type === "vlan" || type === "qinq";
  const tagError =
    type === "qinq" && !/^[0-9]+$/.test(tag.trim()) ? "A service tag is needed: a whole number from 1 to 4094." : null;

  function add(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (idError !== null || tagError !== null) return;
    change(addZoneCommand(newZone(chosen, type, bridge.trim(), tag.trim())));
    onClose();
    // The dialog gives the focus back to where it was; then the new zone asks for its first VNet.
    setTimeout(() => {
      view.reveal(zoneKey(chosen));
      startAdding(chosen);
    }, 50);
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="md"
      title="Add a zone"
      description="A zone is a set of networks of one kind on the same nodes."
    >
      <form onSubmit={add} className="flex flex-col gap-4">
        <TypeCards value={type} onChange={setType} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="ID" hint="2 to 8 letters and digits" error={asked || id !== "" ? idError : null}>
            {(control) => (
              <Input
                {...control}
                autoFocus
                mono
                value={id}
                placeholder={suggested}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => setId(event.target.value)}
              />
            )}
          </Field>
          {onBridge && (
            <Field label="Bridge" hint="Of the same name on every node">
              {(control) => (
                <>
                  <Input
                    {...control}
                    mono
                    value={bridge}
                    list="zone-bridges"
                    spellCheck={false}
                    onChange={(event) => setBridge(event.target.value)}
                  />
                  <datalist id="zone-bridges">
                    {bridges.map((name) => (
                      <option key={name} value={name} />
                    ))}
                  </datalist>
                </>
              )}
            </Field>
          )}
          {type === "qinq" && (
            <Field label="Service tag" hint="The outer VLAN" error={asked ? tagError : null}>
              {(control) => (
                <Input
                  {...control}
                  mono
                  inputMode="numeric"
                  value={tag}
                  onChange={(event) => setTag(event.target.value)}
                />
              )}
            </Field>
          )}
        </div>
        {(type === "evpn" || type === "vxlan") && (
          <p className="text-text-2 text-xs">
            {type === "evpn"
              ? "The controller and the zone's own VXLAN number are asked for in the inspector next."
              : "The peers are filled with the addresses of the cluster's nodes where they are known; look at them in the inspector."}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            Add zone
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );

  function newZone(zoneId: string, of: ZoneType, on: string, serviceTag: string): Zone {
    const peers = facts?.nodes.flatMap((node) => node.address ?? []) ?? [];
    return {
      id: zoneId,
      type: of,
      ...(onBridge && on !== "" ? { bridge: on } : {}),
      ...(of === "qinq" ? { tag: Number(serviceTag) } : {}),
      ...(of === "vxlan" && peers.length > 0 ? { peers } : {}),
      ipam: "pve",
    };
  }
}

function TypeCards({ value, onChange }: { readonly value: ZoneType; readonly onChange: (type: ZoneType) => void }) {
  return (
    <Radix.Root
      aria-label="Type of zone"
      value={value}
      onValueChange={(next) => {
        const words = ZONE_TYPES.find((each) => each.type === next);
        if (words) onChange(words.type);
      }}
      className="flex flex-col gap-1.5"
    >
      {ZONE_TYPES.map((words) => (
        <Radix.Item
          key={words.type}
          value={words.type}
          aria-label={words.title}
          aria-describedby={`zone-type-${words.type}`}
          className="group flex w-full items-start gap-3 rounded-md border border-hairline bg-surface px-3 py-2 text-left hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
        >
          <span className="w-16 shrink-0 pt-px font-medium text-sm">{words.title}</span>
          <span id={`zone-type-${words.type}`} className="min-w-0 flex-1">
            <span className="block text-sm text-text-2">{words.what}</span>
            <span className="mt-1 hidden flex-wrap gap-x-4 gap-y-0.5 text-text-2 text-xs group-data-[state=checked]:flex">
              <span>Gateway: {words.gateway}</span>
              <span>SNAT: {words.snat}</span>
              <span>DHCP: {words.dhcp}</span>
            </span>
          </span>
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}

/** Bridges that every node has come first; then the others. */
function commonBridges(perNode: readonly (readonly string[])[]): string[] {
  const all = [...new Set(perNode.flat())].sort();
  const everywhere = (name: string) => perNode.every((names) => names.includes(name));
  return [...all.filter(everywhere), ...all.filter((name) => !everywhere(name))];
}
