"use client";

import { SquareArrowOutUpRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { ElementKind, TopologyElement } from "@/lib/core/topology/graph";

const KINDS: Readonly<Record<ElementKind, string>> = {
  node: "Node",
  bridge: "Bridge",
  zone: "Zone",
  vnet: "VNet",
  guest: "Guest interface",
  guests: "Guests",
};

interface ElementDetailProps {
  readonly element: TopologyElement;
  /** The layout has this object, so that it can be shown on the Board. */
  readonly inLayout: boolean;
  readonly onOpen: (key: EntityKey) => void;
}

/** What is known of one element, in Proxmox's own words where it has any. */
export function ElementDetail({ element, inLayout, onOpen }: ElementDetailProps) {
  const { kind, label, note, facts, key } = element;
  return (
    <section
      aria-label={`${KINDS[kind]} ${label}`}
      aria-live="polite"
      className="w-72 shrink-0 overflow-y-auto border-hairline border-l bg-surface p-4 max-[899px]:max-h-[40%] max-[899px]:w-full max-[899px]:border-t max-[899px]:border-l-0"
    >
      <p className="text-text-3 text-xs">{KINDS[kind]}</p>
      <h3 className="text-lg">{label}</h3>
      {note !== "" && <p className="mono text-text-2 text-xs">{note}</p>}
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1.5 text-xs">
        {facts.map(([name, value]) => (
          <div key={`${name} ${value}`} className="contents">
            <dt className="text-text-3">{name}</dt>
            <dd className="mono min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {key !== null && (
        <div className="mt-4">
          <Button
            size="sm"
            icon={<SquareArrowOutUpRight aria-hidden size={14} />}
            disabledReason={inLayout ? null : "It is not in this layout; import or adopt it on the cluster's page"}
            onClick={() => onOpen(key)}
          >
            Open in Board
          </Button>
        </div>
      )}
    </section>
  );
}
