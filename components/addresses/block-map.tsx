"use client";

import { ChevronDown, ChevronRight, X } from "lucide-react";
import { useState } from "react";
import type { Marks } from "@/components/board/marks";
import { classNames } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { type AddressBlock, type PlacedSubnet, type Stretch, stretchText } from "@/lib/core/layout/address-blocks";
import { type EntityKey, subnetKey } from "@/lib/core/plan/entity";
import { plural } from "@/lib/core/plural";
import type { FreeSpace } from "./allocate-dialog";

interface BlockMapProps {
  readonly block: AddressBlock;
  readonly cursor: EntityKey | null;
  readonly marks: Marks;
  readonly onSelect: (key: EntityKey) => void;
  readonly onFree: (space: FreeSpace) => void;
  /** Takes away a block that somebody only wanted to look at. */
  readonly onRemove?: () => void;
  readonly level?: number;
}

/** One block as a bar, folded where it is long: what is taken, what is free, and smaller blocks inside. IPv6 is a tree, for no bar shows 2^64. */
export function BlockMap(props: BlockMapProps) {
  const { block, onRemove, level = 0 } = props;
  const { cidr, network, stretches, subnets, used } = block;
  const size = network.last - network.first + 1n;
  const tree = network.family === 6;
  return (
    <section aria-label={`Block ${cidr}`} className="flex flex-col gap-1.5">
      <header className="flex items-baseline gap-3">
        <h3 className="mono text-sm">{cidr}</h3>
        <p className="text-text-3 text-xs">
          {`${plural(subnets, "subnet")}${tree ? "" : `, ${percent(used, size)} taken`}`}
        </p>
        {onRemove && (
          <IconButton size="sm" label={`Do not show ${cidr}`} icon={<X aria-hidden size={14} />} onClick={onRemove} />
        )}
      </header>
      {tree ? (
        <ul className="flex flex-col gap-1 border-hairline border-l pl-3">
          {stretches.map((stretch) => (
            <li key={keyOf(stretch)} className="flex">
              <Part {...props} stretch={stretch} size={size} tree />
            </li>
          ))}
        </ul>
      ) : (
        <div className="flex min-h-16 w-full flex-wrap gap-px overflow-hidden rounded-md border border-hairline bg-hairline">
          {stretches.map((stretch) => (
            <Part key={keyOf(stretch)} {...props} stretch={stretch} size={size} tree={false} />
          ))}
        </div>
      )}
      {stretches.map((stretch) =>
        stretch.kind === "block" ? (
          <Inner key={keyOf(stretch)} {...props} block={stretch.block} level={level + 1} />
        ) : null,
      )}
    </section>
  );
}

const keyOf = (stretch: Stretch): string =>
  stretch.kind === "free"
    ? `free ${stretch.first}`
    : `${stretch.kind} ${stretch.network.first}/${stretch.network.prefix}`;

/** A smaller block, closed until somebody wants to see into it; the one with the cursor is open. */
function Inner(props: BlockMapProps) {
  const { block, cursor } = props;
  const [open, setOpen] = useState<boolean | null>(null);
  const here = cursor !== null && holdsKey(block, cursor);
  const shown = open ?? here;
  const Caret = shown ? ChevronDown : ChevronRight;
  return (
    <div className="ml-4">
      <button
        type="button"
        aria-expanded={shown}
        onClick={() => setOpen(!shown)}
        className="mono flex min-h-7 items-center gap-1.5 rounded-sm px-1 text-text-2 text-xs hover:bg-hover"
      >
        <Caret aria-hidden size={14} />
        {`${block.cidr} · ${block.subnets} subnets`}
      </button>
      {shown && <BlockMap {...props} />}
    </div>
  );
}

function holdsKey(block: AddressBlock, key: EntityKey): boolean {
  return block.stretches.some((each) =>
    each.kind === "subnet"
      ? subnetKey(each.placed.subnet.vnet, each.placed.subnet.cidr) === key
      : each.kind === "block" && holdsKey(each.block, key),
  );
}

interface PartProps extends BlockMapProps {
  readonly stretch: Stretch;
  /** Addresses of the whole bar. */
  readonly size: bigint;
  readonly tree: boolean;
}

function Part({ stretch, size, tree, block, cursor, marks, onSelect, onFree }: PartProps) {
  if (stretch.kind === "free") {
    const { first, last } = stretch;
    const text = stretchText(block.network.family, first, last);
    return (
      <button
        type="button"
        title={`Free: ${text}. Press to make a subnet there`}
        aria-label={`Free: ${text}`}
        onClick={() => onFree({ family: block.network.family, first, last })}
        style={tree ? undefined : grow(last - first + 1n, size)}
        className="flex min-h-11 min-w-9 items-center justify-center bg-bg px-1 text-text-3 text-xs hover:bg-hover hover:text-text max-[699px]:min-w-11"
      >
        <span aria-hidden className="mono">
          {tree ? `+ ${text}` : "+"}
        </span>
      </button>
    );
  }
  const { network } = stretch;
  if (stretch.kind === "block") {
    return (
      <div
        style={tree ? undefined : grow(network.last - network.first + 1n, size)}
        className="mono flex min-h-11 flex-col justify-center bg-sunken px-2 text-text-2 text-xs"
      >
        <span className="whitespace-nowrap">{stretch.block.cidr}</span>
        <span className="whitespace-nowrap text-text-3">{`${stretch.block.subnets} subnets`}</span>
      </div>
    );
  }
  return (
    <SubnetPart
      placed={stretch.placed}
      style={tree ? undefined : grow(network.last - network.first + 1n, size)}
      cursor={cursor}
      marks={marks}
      onSelect={onSelect}
    />
  );
}

interface SubnetPartProps {
  readonly placed: PlacedSubnet;
  readonly style: { readonly flexGrow: number } | undefined;
  readonly cursor: EntityKey | null;
  readonly marks: Marks;
  readonly onSelect: (key: EntityKey) => void;
}

function SubnetPart({ placed, style, cursor, marks, onSelect }: SubnetPartProps) {
  const { subnet, overlaps } = placed;
  const key = subnetKey(subnet.vnet, subnet.cidr);
  const wrong = overlaps.length > 0 || marks.get(key)?.severity === "error";
  const title = `${subnet.cidr} of ${subnet.vnet}${overlaps.length > 0 ? `, overlaps ${overlaps.slice(0, 3).join(", ")}` : ""}`;
  return (
    <button
      type="button"
      data-subnet={key}
      title={title}
      aria-label={title}
      aria-pressed={cursor === key}
      onClick={() => onSelect(key)}
      style={style}
      className={classNames(
        "flex min-h-11 flex-col justify-center px-2 text-left",
        cursor === key ? "bg-accent-soft outline-2 outline-accent -outline-offset-2" : "bg-surface hover:bg-hover",
        overlaps.length > 0 && "address-overlap",
      )}
    >
      <span className={classNames("mono whitespace-nowrap text-xs", wrong ? "text-destroy" : "text-text")}>
        {subnet.cidr}
      </span>
      <span className="whitespace-nowrap text-text-3 text-xs">{subnet.vnet}</span>
    </button>
  );
}

/** Wider for larger stretches, by their fourth root: a /24 in a /16 stays visible, and a /16 still looks larger. */
const grow = (part: bigint, whole: bigint): { flexGrow: number } => ({
  flexGrow: Math.round(1000 * (Number((part * 1_000_000n) / whole) / 1_000_000) ** 0.25),
});

function percent(part: bigint, whole: bigint): string {
  const share = Number((part * 10_000n) / whole) / 100;
  return share > 0 && share < 0.1 ? "under 0.1 %" : `${share.toFixed(share < 10 ? 1 : 0)} %`;
}
