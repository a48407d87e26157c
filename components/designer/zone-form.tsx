"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { Zone } from "@/lib/core/layout/model";
import { zoneKey } from "@/lib/core/plan/entity";
import { plural } from "@/lib/core/plural";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "./designer-context";
import { EntityChoice, EntityField, EntityFlag } from "./entity-field";
import { idProblem } from "./id-problem";
import { InspectorHeading } from "./inspector-heading";
import { InspectorSection } from "./inspector-section";
import { removeOrAsk } from "./remove";
import { addVnet } from "./run-shortcut";
import { RARE_FIELDS, ZONE_FIELDS, type ZoneFieldWords } from "./zone-fields";
import { ZoneNodes } from "./zone-nodes";
import { zoneTypeWords } from "./zone-types";

/** A zone: where it is, and the options of its type. */
export function ZoneForm({ zone }: { readonly zone: Zone }) {
  const designer = useDesignerParts();
  const locked = useDesigner((state) => state.locked);
  const vnets = useDesigner((state) => state.layout.vnets.filter((vnet) => vnet.zone === zone.id).length);
  const key = zoneKey(zone.id);
  const type = zoneTypeWords(zone.type);
  return (
    <div>
      <div className="px-4 pt-4 pb-4">
        <InspectorHeading title={`Zone ${zone.id}`} note={`${type?.title ?? zone.type} · ${plural(vnets, "VNet")}`}>
          <IconButton
            size="sm"
            label="Delete zone"
            shortcut="Del"
            icon={<Trash2 aria-hidden size={14} />}
            disabledReason={locked}
            onClick={() => removeOrAsk(designer, [key])}
          />
        </InspectorHeading>
        <p className="mt-2 text-text-2 text-xs">{type?.what}</p>
        <div className="mt-3">
          <Button
            size="sm"
            icon={<Plus aria-hidden size={14} />}
            disabledReason={locked}
            onClick={() => addVnet(designer)}
          >
            Add VNet
          </Button>
        </div>
      </div>
      <InspectorSection title="Zone">
        <EntityField
          of={key}
          field="id"
          label="ID"
          hint="2 to 8 letters and digits"
          value={zone.id}
          refuse={(text) => idProblem(designer.store.getState().layout, key, text)}
        />
        <ZoneOptions zone={zone} />
      </InspectorSection>
      <InspectorSection title="Nodes">
        <ZoneNodes zone={zone} />
      </InspectorSection>
      <RareOptions zone={zone} />
    </div>
  );
}

function ZoneOptions({ zone }: { readonly zone: Zone }) {
  const key = zoneKey(zone.id);
  const facts = useBoard((state) => state.facts);
  const bridges = [...new Set(facts?.nodes.flatMap((node) => node.bridges?.map((bridge) => bridge.name) ?? []))].sort();
  const ipams = facts?.ipams ?? ["pve"];
  return (
    <>
      {(zone.type === "vlan" || zone.type === "qinq") && (
        <EntityField
          of={key}
          field="bridge"
          label="Bridge"
          hint="Of the same name on every node of the zone"
          value={zone.bridge}
          placeholder="vmbr0"
          suggestions={bridges}
        />
      )}
      {zone.type === "qinq" && (
        <EntityChoice
          of={key}
          field="vlan-protocol"
          label="Outer tag"
          value={zone["vlan-protocol"]}
          none="802.1q (Proxmox's default)"
          options={[{ value: "802.1ad", label: "802.1ad" }]}
        />
      )}
      {ZONE_FIELDS.filter((words) => words.types.includes(zone.type) && !RARE_FIELDS.has(words.field)).map((words) => (
        <OptionField key={words.field} zone={zone} words={words} />
      ))}
      <EntityChoice
        of={key}
        field="ipam"
        label="IPAM"
        hint="Keeps the addresses; DHCP needs one"
        value={zone.ipam}
        none="None"
        options={ipams.map((ipam) => ({ value: ipam, label: ipam }))}
      />
      {zone.type === "simple" && (
        <EntityFlag
          of={key}
          field="dhcp"
          on="dnsmasq"
          label="DHCP by Proxmox (dnsmasq)"
          hint="Gives guests the addresses IPAM assigned to them"
          value={zone.dhcp === "dnsmasq"}
        />
      )}
    </>
  );
}

function OptionField({ zone, words }: { readonly zone: Zone; readonly words: ZoneFieldWords }) {
  const key = zoneKey(zone.id);
  const { field, label, hint, kind, optional } = words;
  const value = (zone as Readonly<Record<string, unknown>>)[field];
  return kind === "flag" ? (
    <EntityFlag of={key} field={field} label={label} {...(hint ? { hint } : {})} value={value === true} />
  ) : (
    <EntityField
      of={key}
      field={field}
      label={label}
      kind={kind}
      optional={optional}
      {...(hint ? { hint } : {})}
      value={value}
    />
  );
}

function RareOptions({ zone }: { readonly zone: Zone }) {
  const problems = useDesigner((state) => state.problems);
  const key = zoneKey(zone.id);
  const fields = ZONE_FIELDS.filter((words) => words.types.includes(zone.type) && RARE_FIELDS.has(words.field));
  const used = fields.filter(
    ({ field }) =>
      (zone as Readonly<Record<string, unknown>>)[field] !== undefined ||
      problems.some((problem) => problem.at[0] === key && problem.field === field),
  ).length;
  const [wanted, setWanted] = useState(false);
  const { say } = useDesignerActions();
  const open = wanted || used > 0;
  return (
    <InspectorSection
      title="More options"
      action={
        used === 0 && (
          <Button
            size="sm"
            variant="ghost"
            aria-expanded={open}
            onClick={() => {
              setWanted(!wanted);
              say(wanted ? "More options closed" : "More options open");
            }}
          >
            {open ? "Hide" : `Show ${fields.length}`}
          </Button>
        )
      }
    >
      {open && fields.map((words) => <OptionField key={words.field} zone={zone} words={words} />)}
    </InspectorSection>
  );
}
