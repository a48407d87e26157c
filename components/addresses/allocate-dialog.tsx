"use client";

import { type FormEvent, useState } from "react";
import { addSubnetCommand } from "@/components/designer/commands";
import { currentVnet } from "@/components/designer/current";
import { useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { stretchText, subnetsOfZone } from "@/lib/core/layout/address-blocks";
import type { Family } from "@/lib/core/net/address";
import { firstHost, networkAround, readCidr, renderCidr } from "@/lib/core/net/cidr";
import { networkIndex, nextFreeNetwork } from "@/lib/core/net/network-index";

/** Addresses that nobody in the zone has. */
export interface FreeSpace {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

interface AllocateDialogProps {
  readonly zone: string;
  readonly space: FreeSpace;
  readonly onClose: () => void;
}

/** Makes a subnet in free space: for which VNet, how large, and the first network of that size that fits. */
export function AllocateDialog({ zone, space, onClose }: AllocateDialogProps) {
  const designer = useDesignerParts();
  const layout = useDesigner((state) => state.layout);
  const locked = useDesigner((state) => state.locked);
  const { change } = useDesignerActions();
  const vnets = layout.vnets.filter((vnet) => vnet.zone === zone);
  const current = currentVnet(designer);
  const [vnet, setVnet] = useState(vnets.find(({ id }) => id === current)?.id ?? vnets[0]?.id ?? null);
  const sizes = sizesIn(space);
  const [prefix, setPrefix] = useState(String(sizes.includes(usual(space.family)) ? usual(space.family) : sizes[0]));
  const [gateway, setGateway] = useState(true);
  const used = networkIndex<string>();
  for (const { cidr } of subnetsOfZone(layout, zone)) {
    const network = readCidr(cidr)?.network;
    if (network) used.add(network, cidr);
  }
  const free = firstFree(space, Number(prefix), used);
  const cidr = free && renderCidr(free);
  const reason =
    locked ??
    (vnet === null ? "Add a VNet to the zone first" : cidr === null ? "Nothing of that size fits here" : null);

  function add(event: FormEvent) {
    event.preventDefault();
    if (reason !== null || vnet === null || cidr === null || !free) return;
    const address = gateway && free.first !== free.last ? { gateway: firstHost(cidr) } : {};
    change(addSubnetCommand({ vnet, cidr, ...address }));
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Make a subnet here"
      description={`Free: ${stretchText(space.family, space.first, space.last)}`}
    >
      <form onSubmit={add} className="flex flex-col gap-4">
        <Field label="VNet">
          {(control) => (
            <Select
              {...control}
              mono
              value={vnet}
              placeholder="No VNet in this zone"
              options={vnets.map(({ id, alias }) => ({ value: id, label: id, ...(alias ? { note: alias } : {}) }))}
              onChange={setVnet}
            />
          )}
        </Field>
        <Field label="Size">
          {(control) => (
            <Select
              {...control}
              mono
              value={prefix}
              options={sizes.map((each) => ({
                value: String(each),
                label: `/${each}`,
                note: sizeWords(space.family, each),
              }))}
              onChange={setPrefix}
            />
          )}
        </Field>
        <Checkbox label="First host as gateway" checked={gateway} onChange={setGateway} />
        <p className="text-sm" aria-live="polite">
          {cidr === null ? "Nothing of that size fits here." : <span className="mono font-medium">{cidr}</span>}
        </p>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabledReason={reason}>
            Add subnet
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const usual = (family: Family): number => (family === 4 ? 24 : 64);

/** Prefix lengths of networks that fit, the largest first. */
function sizesIn(space: FreeSpace): number[] {
  const bits = space.family === 4 ? 30 : 64;
  const least = space.family === 4 ? 8 : 16;
  const sizes: number[] = [];
  for (let prefix = least; prefix <= bits; prefix += 1) {
    if (firstFree(space, prefix, networkIndex<string>())) sizes.push(prefix);
  }
  return sizes.length > 0 ? sizes : [bits];
}

function firstFree(space: FreeSpace, prefix: number, used: ReturnType<typeof networkIndex<string>>) {
  const around = networkAround(space.family, space.first, prefix);
  const start = around.first < space.first ? around.last + 1n : around.first;
  const most = (1n << BigInt(space.family === 4 ? 32 : 128)) - 1n;
  if (start > most) return null;
  const like = networkAround(space.family, start, prefix);
  return like.last > space.last ? null : nextFreeNetwork(used, like, { ...like, first: space.first, last: space.last });
}

function sizeWords(family: Family, prefix: number): string {
  if (family === 6)
    return prefix === 64 ? "one usual network" : `${(2n ** BigInt(64 - prefix)).toLocaleString("en")} usual networks`;
  return `${(2 ** (32 - prefix) - 2).toLocaleString("en")} hosts`;
}
