"use client";

import { ArrowRightLeft, Copy, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { Layout } from "@/lib/core/layout/model";
import { type EntityKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import { currentVnets } from "./current";
import { useDesigner, useDesignerActions, useDesignerParts } from "./designer-context";
import { DraftInput } from "./draft-input";
import { duplicate } from "./duplicate";
import { type FieldKind, fieldText, parseField } from "./field-text";
import { InspectorHeading } from "./inspector-heading";
import { InspectorSection } from "./inspector-section";
import type { Found } from "./keys";
import { Flag, ManySubnets } from "./many-subnets";
import { ManyVnets } from "./many-vnets";
import { setManyCommand } from "./more-commands";
import { removeOrAsk } from "./remove";

interface SharedField {
  readonly field: string;
  readonly label: string;
  readonly kind: FieldKind | "flag";
  readonly mono?: boolean;
}

/** What makes sense to set on many at once; what names an object does not. */
const FIELDS = {
  zone: [
    { field: "bridge", label: "Bridge", kind: "text" },
    { field: "nodes", label: "Nodes", kind: "list" },
    { field: "mtu", label: "MTU", kind: "number" },
    { field: "ipam", label: "IPAM", kind: "text" },
  ],
  vnet: [
    { field: "alias", label: "Alias", kind: "text", mono: false },
    { field: "vlanaware", label: "VLAN aware", kind: "flag" },
    { field: "isolate-ports", label: "Isolate ports", kind: "flag" },
    { field: "site", label: "Site", kind: "text", mono: false },
    { field: "status", label: "Status", kind: "text", mono: false },
    { field: "role", label: "Role", kind: "text", mono: false },
  ],
  subnet: [{ field: "dnszoneprefix", label: "DNS zone prefix", kind: "text" }],
} as const satisfies Record<Found["kind"], readonly SharedField[]>;

const TITLES = { zone: "Zones", vnet: "VNets", subnet: "Subnets" } as const;

/** Several objects at once: what they have in common, where they differ, and one edit for all of them. */
export function ManyForm({ keys }: { readonly keys: readonly EntityKey[] }) {
  const designer = useDesignerParts();
  const locked = useDesigner((state) => state.locked);
  const layout = useDesigner((state) => state.layout);
  const { showDialog } = useDesignerActions();
  const vnets = currentVnets(designer);
  const chosen = new Set(keys);
  const groups = grouped(layout, chosen);
  // On the Board people select VNets and mean their networks too.
  const own = groups.some(([kind]) => kind === "subnet");
  const subnets = layout.subnets.filter(({ vnet, cidr }) => chosen.has(own ? subnetKey(vnet, cidr) : vnetKey(vnet)));
  return (
    <div>
      <div className="flex flex-col gap-4 px-4 pt-4 pb-4">
        <InspectorHeading
          title={`${keys.length} selected`}
          note={groups.map(([kind, of]) => `${of.length} ${TITLES[kind]}`).join(", ")}
        />
        <div className="flex flex-wrap gap-2">
          <Button
            icon={<ArrowRightLeft aria-hidden size={14} />}
            disabledReason={locked ?? (vnets.length === 0 ? "Only VNets can move" : null)}
            onClick={() => showDialog({ kind: "move", vnets })}
          >
            Move to zone…
          </Button>
          <Button
            icon={<Copy aria-hidden size={14} />}
            disabledReason={locked}
            onClick={() => duplicate(designer, keys)}
          >
            Duplicate
          </Button>
          <Button
            icon={<Trash2 aria-hidden size={14} />}
            disabledReason={locked}
            onClick={() => removeOrAsk(designer, keys)}
          >
            Delete
          </Button>
        </div>
      </div>
      {groups.map(([kind, of]) => (
        <InspectorSection key={kind} title={`All ${of.length} ${TITLES[kind]}`}>
          {kind === "vnet" && <ManyVnets vnets={layout.vnets.filter(({ id }) => chosen.has(vnetKey(id)))} />}
          {FIELDS[kind].map((shared) => (
            <Shared key={`${shared.field} ${of.length}`} shared={shared} of={of} />
          ))}
        </InspectorSection>
      ))}
      {subnets.length > 0 && (
        <ManySubnets
          title={
            own ? "What they are served with" : `Their ${subnets.length === 1 ? "subnet" : `${subnets.length} subnets`}`
          }
          subnets={subnets}
        />
      )}
    </div>
  );
}

interface Member {
  readonly key: EntityKey;
  readonly item: Readonly<Record<string, unknown>>;
}

/** The objects of the keys by kind, each list walked once. */
function grouped(layout: Layout, keys: ReadonlySet<EntityKey>): (readonly [Found["kind"], readonly Member[]])[] {
  const members = <T extends object>(list: readonly T[], keyOf: (item: T) => EntityKey): Member[] =>
    list.flatMap((item) => (keys.has(keyOf(item)) ? [{ key: keyOf(item), item: item as Member["item"] }] : []));
  const groups = {
    zone: members(layout.zones, ({ id }) => zoneKey(id)),
    vnet: members(layout.vnets, ({ id }) => vnetKey(id)),
    subnet: members(layout.subnets, ({ vnet, cidr }) => subnetKey(vnet, cidr)),
  };
  return (["zone", "vnet", "subnet"] as const).flatMap((kind) =>
    groups[kind].length > 0 ? [[kind, groups[kind]] as const] : [],
  );
}

function Shared({ shared, of }: { readonly shared: SharedField; readonly of: readonly Member[] }) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked !== null);
  const { field, label, kind, mono = true } = shared;
  const texts = new Set(of.map(({ item }) => fieldText(item[field])));
  const mixed = texts.size > 1;
  const value = mixed ? "" : ([...texts][0] ?? "");
  const keys = of.map(({ key }) => key);
  const set = (to: unknown) => change(setManyCommand(keys, field, to));
  if (kind === "flag") {
    return (
      <Flag label={label} value={mixed ? undefined : value === "true"} onChange={(on) => set(on ? true : undefined)} />
    );
  }
  return (
    <DraftInput
      label={label}
      optional
      mono={mono}
      value={value}
      problem={null}
      placeholder={mixed ? "Mixed" : ""}
      locked={locked}
      check={(text) => {
        const read = parseField(kind, text);
        return read.ok ? null : read.error;
      }}
      commit={(text) => {
        const read = parseField(kind, text);
        // An empty field that was mixed means that nobody wrote anything.
        if (read.ok && !(mixed && read.value === undefined)) set(read.value);
        return read.ok;
      }}
    />
  );
}
