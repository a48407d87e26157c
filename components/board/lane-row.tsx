"use client";

import { Route } from "lucide-react";
import { memo } from "react";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { selectThrough } from "@/components/designer/select-through";
import { classNames } from "@/components/ui/class-names";
import type { BoardRow, BoardZone } from "@/lib/core/board/geometry";
import { columnStart } from "@/lib/core/board/lanes";
import type { NicCount } from "@/lib/core/board/nic-counts";
import { gatewayNodeOf } from "@/lib/core/hosts/gateway-words";
import { vnetKey } from "@/lib/core/plan/entity";
import { plural } from "@/lib/core/plural";
import { ChangeMark } from "./change-mark";
import type { Level } from "./level";
import { MarkIcon } from "./mark-icon";
import { RenameBox } from "./rename-box";
import { SubnetChip } from "./subnet-chip";
import { useLaneDrag } from "./use-drags";

interface LaneRowProps {
  readonly zone: BoardZone;
  readonly row: BoardRow;
  readonly top: number;
  readonly level: Level;
}

/** One VNet: tag, id, alias, subnets and marks on the left; a bubble per node that has guests on it. */
export const LaneRow = memo(function LaneRow({ zone, row, top, level }: LaneRowProps) {
  const key = vnetKey(row.vnet.id);
  const cursor = useDesigner((state) => state.cursor === key);
  const selected = useDesigner((state) => state.selected.has(key));
  const gone = useBoard((state) => state.changes.get(key) === "gone");
  const found = useBoard((state) => (state.found === null ? undefined : state.found.has(key)));
  const { select, showInspector } = useDesignerActions();
  const designer = useDesignerParts();
  const { view } = designer;
  const { metrics } = zone;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard walks the grid beside the picture, not the picture
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      data-key={key}
      data-cursor={cursor || undefined}
      data-gone={gone || undefined}
      data-selected={selected || undefined}
      data-found={found}
      onClick={(event) => {
        if (event.shiftKey) selectThrough(designer, key);
        else select(key, event.metaKey || event.ctrlKey ? "toggle" : "only");
        showInspector(true);
        view.focus();
      }}
      className={classNames(
        "group/lane absolute inset-x-1 has-[input]:z-20",
        selected ? "bg-accent/10" : "hover:bg-text/4",
      )}
      style={{ top, height: metrics.row }}
    >
      <div
        className={classNames(
          "board-gutter absolute inset-y-0 left-0 flex items-center gap-2 overflow-hidden pr-2 has-[input]:overflow-visible",
          selected ? "bg-accent-soft" : "bg-surface group-hover/lane:bg-hover",
        )}
        style={{ width: metrics.gutter - 8 }}
      >
        {level === "near" ? (
          <NearLabel zone={zone} row={row} roomy={metrics.gutter > 300} />
        ) : (
          <MidLabel row={row} height={metrics.row} />
        )}
      </div>
      {level === "near" && <GatewayMark zone={zone} row={row} />}
      {level === "near" &&
        row.nics?.map(
          (nic, index) =>
            nic && (
              <NicBubble
                key={zone.cells[index]?.node}
                nic={nic}
                x={columnStart(zone, index) + metrics.column / 2 - 4}
                small={metrics.row < 28}
              />
            ),
        )}
    </div>
  );
});

/** On the column of the node whose agent is the gateway of the VNet. Its words are at the subnet, for everybody. */
function GatewayMark({ zone, row }: Pick<LaneRowProps, "zone" | "row">) {
  const node = gatewayNodeOf(zone.zone, row.subnets);
  const index = node === null ? -1 : zone.cells.findIndex((cell) => cell.node === node);
  if (index < 0) return null;
  const { column, row: height } = zone.metrics;
  return (
    <span
      aria-hidden
      title={`${node} is the gateway of ${row.vnet.id}`}
      className="absolute inline-flex -translate-y-1/2 items-center gap-0.5 rounded-xs bg-surface text-text-2 text-xs"
      style={{ left: columnStart(zone, index) + column / 2 + 14, top: height / 2 }}
    >
      <Route size={12} />
      {column >= 110 ? "gw" : ""}
    </span>
  );
}

interface NearLabelProps {
  readonly zone: BoardZone;
  readonly row: BoardRow;
  readonly roomy: boolean;
}

function NearLabel({ zone, row, roomy }: NearLabelProps) {
  const { vnet, subnets } = row;
  const key = vnetKey(vnet.id);
  const renaming = useDesigner((state) => state.renaming === key);
  const mark = useBoard((state) => state.marks.get(key));
  const { startRenaming } = useDesignerActions();
  const shown = subnets.slice(0, roomy ? 2 : 1);
  const hidden = subnets.length - shown.length;
  return (
    <>
      {roomy && <Grip id={vnet.id} />}
      <span className={classNames("mono shrink-0 text-right text-text text-xs", roomy ? "w-9" : "w-8 pl-1")}>
        {vnet.tag ?? "–"}
      </span>
      {renaming ? (
        <RenameBox of={key} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: F2 is the keyboard's way
        <span
          className="lane-id shrink-0 font-medium text-sm"
          onDoubleClick={(event) => {
            event.stopPropagation();
            startRenaming(key);
          }}
        >
          {vnet.id}
        </span>
      )}
      <ChangeMark of={key} />
      {mark && <MarkIcon mark={mark} />}
      {roomy && shown.map((entry) => <SubnetChip key={entry.subnet.cidr} zone={zone} entry={entry} />)}
      {hidden > 0 && roomy && <span className="shrink-0 text-text-3 text-xs">+{hidden}</span>}
      {!roomy && subnets[0] && (
        <span className="mono min-w-0 flex-1 truncate text-text-3 text-xs">{subnets[0].subnet.cidr}</span>
      )}
      {vnet.alias && subnets.length < (roomy ? 2 : 1) && (
        <span className="min-w-0 flex-1 truncate text-text-3 text-xs" title={vnet.alias}>
          {vnet.alias}
        </span>
      )}
    </>
  );
}

function MidLabel({ row, height }: { readonly row: BoardRow; readonly height: number }) {
  const mark = useBoard((state) => state.marks.get(vnetKey(row.vnet.id)));
  const size = Math.min(26, height * 0.62);
  return (
    <span className="flex items-center gap-2 pl-3 leading-none" style={{ fontSize: size }}>
      <span className="mono w-[3.2em] text-right text-text-2">{row.vnet.tag ?? "–"}</span>
      <span className="font-medium">{row.vnet.id}</span>
      <ChangeMark of={vnetKey(row.vnet.id)} size={size} />
      {mark && <MarkIcon mark={mark} size={size} />}
    </span>
  );
}

/** Where a lane is taken hold of to carry it to another zone; "Move to zone…" does the same without dragging. */
function Grip({ id }: { readonly id: string }) {
  const start = useLaneDrag(id);
  const locked = useDesigner((state) => state.locked !== null);
  if (locked) return <span className="w-4 shrink-0" />;
  return (
    <span
      aria-hidden
      onPointerDown={start}
      className="board-grip nopan -mr-1 h-6 w-4 shrink-0 cursor-grab touch-none text-text-3 opacity-0 group-hover/lane:opacity-100"
    />
  );
}

function NicBubble({ nic, x, small }: { readonly nic: NicCount; readonly x: number; readonly small: boolean }) {
  const running = nic.running > 0;
  return (
    <span
      title={`${plural(nic.total, "guest interface")}, ${nic.running} of running guests`}
      className={classNames(
        "mono absolute top-1/2 flex min-w-7 -translate-x-1/2 -translate-y-1/2 items-center justify-center rounded-full border bg-surface px-1.5 text-xs leading-none",
        small ? "h-4.5" : "h-5.5",
        running ? "border-text font-medium text-text" : "border-control border-dashed text-text-3",
      )}
      style={{ left: x }}
    >
      {nic.total}
    </span>
  );
}
