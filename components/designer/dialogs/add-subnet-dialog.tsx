"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { nextFreeCidr } from "@/lib/core/layout/free";
import { type Cidr, firstHost, networkOf, parseCidr } from "@/lib/core/net/cidr";
import { addSubnetCommand } from "../commands";
import { useDesigner, useDesignerActions } from "../designer-context";

/** Asks for a network; the next free one is offered, and its first address as the gateway. */
export function AddSubnetDialog({ vnet, onClose }: { readonly vnet: string; readonly onClose: () => void }) {
  const { change } = useDesignerActions();
  const layout = useDesigner((state) => state.layout);
  const like = layout.subnets.findLast((subnet) => subnet.vnet === vnet)?.cidr ?? layout.subnets.at(-1)?.cidr;
  const offered = (like === undefined ? null : nextFreeCidr(layout, like)) ?? "10.0.0.0/24";
  const [text, setText] = useState<string>(offered);
  const [gateway, setGateway] = useState<string | null>(null);
  const cidr = parseCidr(text.trim());
  const taken = cidr.ok && layout.subnets.some((subnet) => subnet.vnet === vnet && subnet.cidr === cidr.value);
  const problem = cidr.ok ? (taken ? `${vnet} already has the subnet ${cidr.value}.` : null) : cidr.error;
  const first = cidr.ok ? firstGateway(cidr.value) : "";

  function add(event: FormEvent) {
    event.preventDefault();
    if (!cidr.ok || taken) return;
    const at = (gateway ?? first).trim();
    change(addSubnetCommand({ vnet, cidr: cidr.value, ...(at === "" ? {} : { gateway: at }) }));
    onClose();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Add a subnet to ${vnet}`}>
      <form onSubmit={add} className="flex flex-col gap-4">
        <Field label="Network" hint="IPv4 or IPv6 in CIDR form" error={problem}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              mono
              value={text}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
              onFocus={(event) => event.target.select()}
            />
          )}
        </Field>
        <Field label="Gateway" optional hint="Empty for none">
          {(control) => (
            <Input
              {...control}
              mono
              value={gateway ?? first}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => setGateway(event.target.value)}
            />
          )}
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabledReason={problem}>
            Add subnet
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** The first host, where a network has more than one address. */
function firstGateway(cidr: Cidr): string {
  const { first, last } = networkOf(cidr);
  return first === last ? "" : firstHost(cidr);
}
