"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { Select } from "@/components/ui/select";
import { addressBlocks, subnetsOfZone } from "@/lib/core/layout/address-blocks";
import type { Subnet } from "@/lib/core/layout/model";
import { type EntityKey, subnetKey } from "@/lib/core/plan/entity";
import { plural } from "@/lib/core/plural";
import { AddBlock } from "./add-block";
import { AllocateDialog, type FreeSpace } from "./allocate-dialog";
import { BlockMap } from "./block-map";
import { NoAddresses } from "./no-addresses";
import { SubnetDetail } from "./subnet-detail";
import { SubnetList } from "./subnet-list";
import { useWatchedBlocks } from "./use-watched-blocks";

const NO_SUBNETS: readonly Subnet[] = [];

/** The address space of one zone: blocks with what is taken and free, and every subnet with what is in it. */
export function AddressesView() {
  const { view } = useDesignerParts();
  const layout = useDesigner((state) => state.layout);
  const cursor = useDesigner((state) => state.cursor);
  const marks = useBoard((state) => state.marks);
  const ipam = useBoard((state) => state.facts?.ipam);
  const { select } = useDesignerActions();
  const [chosen, setZone] = useState<string | null>(null);
  const [allocating, setAllocating] = useState<FreeSpace | null>(null);
  const root = useRef<HTMLDivElement>(null);
  // The zone of what is selected, unless somebody chose another one.
  const zone = chosen ?? zoneOf(layout, cursor) ?? layout.zones[0]?.id ?? null;
  const [watched, setWatched] = useWatchedBlocks(zone);
  const subnets = useMemo(() => (zone === null ? NO_SUBNETS : subnetsOfZone(layout, zone)), [layout, zone]);
  const blocks = useMemo(() => addressBlocks(subnets, watched), [subnets, watched]);
  const subnet = subnets.find((each) => subnetKey(each.vnet, each.cidr) === cursor) ?? null;

  useEffect(
    () =>
      view.register("addresses", {
        focus: () => root.current?.focus({ preventScroll: true }),
        reveal: (key) => {
          const element = root.current?.querySelector(`[data-subnet="${CSS.escape(key)}"]`);
          element?.scrollIntoView({ block: "nearest" });
        },
      }),
    [view],
  );

  if (zone === null) return <NoAddresses />;
  return (
    <div ref={root} tabIndex={-1} className="flex min-h-0 flex-1 flex-col overflow-y-auto bg-bg outline-none">
      <div className="flex flex-wrap items-end gap-3 border-hairline border-b bg-surface px-4 py-2">
        <div className="w-48">
          <Select
            label="Zone"
            mono
            value={zone}
            options={layout.zones.map(({ id, type }) => ({ value: id, label: id, note: type }))}
            onChange={setZone}
          />
        </div>
        <AddBlock onAdd={(cidr) => setWatched([...watched, cidr])} />
        <p className="ml-auto pb-1.5 text-text-3 text-xs">
          {`${plural(subnets.length, "subnet")} · other zones may use the same addresses`}
        </p>
      </div>
      <div className="flex flex-col gap-6 p-4">
        {blocks.length === 0 ? (
          <NoAddresses onAdd={(cidr) => setWatched([...watched, cidr])} />
        ) : (
          blocks.map((block) => (
            <BlockMap
              key={block.cidr}
              block={block}
              cursor={cursor}
              marks={marks}
              onSelect={(key) => select(key)}
              onFree={setAllocating}
              {...(watched.includes(block.cidr) && block.subnets === 0
                ? { onRemove: () => setWatched(watched.filter((each) => each !== block.cidr)) }
                : {})}
            />
          ))
        )}
        {subnet && <SubnetDetail subnet={subnet} />}
        {subnets.length > 0 && <SubnetList subnets={subnets} ipam={ipam ?? null} cursor={cursor} />}
      </div>
      {allocating && <AllocateDialog zone={zone} space={allocating} onClose={() => setAllocating(null)} />}
    </div>
  );
}

function zoneOf(
  layout: { readonly vnets: readonly { id: string; zone: string }[] },
  key: EntityKey | null,
): string | null {
  if (key === null) return null;
  const [kind, id] = key.split("/");
  return kind === "zone" ? (id ?? null) : (layout.vnets.find((vnet) => vnet.id === id)?.zone ?? null);
}
