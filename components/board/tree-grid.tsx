// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, aria-activedescendant names the row
// biome-ignore-all lint/a11y/useSemanticElements: rows come and go with the cursor; a table element would not help
"use client";

import { type KeyboardEvent, type Ref, useId } from "react";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { keyParts } from "@/components/designer/keys";
import type { BoardRow, BoardSubnet, BoardZone } from "@/lib/core/board/geometry";
import { gatewayWords } from "@/lib/core/hosts/gateway-words";
import { subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import { plural } from "@/lib/core/plural";
import type { BoardState } from "./board-store";
import type { TreeRow } from "./tree-rows";

const AROUND = 30;
const PAGE = 20;

/**
 * The Board for keyboards and screen readers: one tab stop beside the picture, with the rows around the cursor in the
 * document. The picture follows the cursor and draws the focus ring.
 */
export function TreeGrid({ ref }: { readonly ref: Ref<HTMLDivElement> }) {
  const state = useBoard((all) => all);
  const cursor = useDesigner((all) => all.cursor);
  const selected = useDesigner((all) => all.selected);
  const name = useDesigner((all) => all.layout.name);
  const { store } = useDesignerParts();
  const { select } = useDesignerActions();
  const onKeyDown = useGridKeys();
  const base = useId();
  const { rows } = state;
  const at = cursor === null ? -1 : (state.rowOf.get(cursor) ?? -1);
  const from = Math.max(0, at - AROUND);
  return (
    <div
      ref={ref}
      role="treegrid"
      tabIndex={0}
      aria-label={`Zones and VNets of ${name}`}
      aria-rowcount={rows.length}
      aria-multiselectable
      aria-activedescendant={at < 0 ? undefined : `${base}-${at}`}
      aria-describedby={`${base}-keys`}
      onKeyDown={onKeyDown}
      onFocus={() => {
        const first = rows[0];
        // Asked anew: a press on the picture selects and gives the focus in one go.
        if (store.getState().cursor === null && first) select(first.key);
      }}
      className="pointer-events-none absolute inset-x-1 top-1 z-10 h-0.5 outline-offset-0"
    >
      <p id={`${base}-keys`} className="sr-only">
        Arrow keys move, Enter edits, N adds a VNet, question mark shows all keys.
      </p>
      <div className="sr-only">
        {rows.slice(from, Math.max(at, 0) + AROUND).map((row, index) => (
          <div
            key={row.key}
            id={`${base}-${from + index}`}
            role="row"
            aria-level={row.level}
            aria-rowindex={from + index + 1}
            aria-posinset={row.position}
            aria-setsize={row.siblings}
            aria-selected={selected.has(row.key)}
            {...(row.open === null ? {} : { "aria-expanded": row.open })}
          >
            <span role="gridcell">{describe(state, row)}</span>
          </div>
        ))}
        {rows.length === 0 && (
          <div role="row">
            <span role="gridcell">No zones yet. Shift N adds one.</span>
          </div>
        )}
      </div>
    </div>
  );
}

function useGridKeys(): (event: KeyboardEvent) => void {
  const { store, board, view } = useDesignerParts();
  return (event) => {
    const { cursor, openVnet, actions } = store.getState();
    const { rows, rowOf } = board.getState();
    const at = cursor === null ? -1 : (rowOf.get(cursor) ?? -1);
    const row = rows[at];
    const goTo = (index: number) => {
      const next = rows[Math.max(0, Math.min(rows.length - 1, index))];
      if (!next) return;
      if (openVnet !== null && keyParts(next.key)?.kind !== "subnet" && next.key !== vnetKey(openVnet)) {
        actions.openSubnets(null);
      }
      if (event.shiftKey && next.kind === "vnet") actions.extend(next.key);
      else actions.select(next.key);
      view.reveal(next.key);
    };
    const moves: Partial<Record<string, () => void>> = {
      ArrowDown: () => goTo(at + 1),
      ArrowUp: () => goTo(at - 1),
      PageDown: () => goTo(at + PAGE),
      PageUp: () => goTo(at - PAGE),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      ArrowRight: () => row && open(row),
      ArrowLeft: () => row && close(row),
      Enter: () => focusInspector(),
    };
    const move = event.metaKey || event.ctrlKey || event.altKey ? undefined : moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();

    function open({ kind, key, open: isOpen, zone }: TreeRow) {
      if (isOpen) return goTo(at + 1);
      const home = board.getState().board.zones[zone];
      if (isOpen === null || !home) return;
      if (kind === "zone") return actions.setCollapsed(home.zone.id, false);
      const vnet = key.slice("vnet/".length);
      actions.openSubnets(vnet);
      const cidr = home.rows.find((each) => each.vnet.id === vnet)?.subnets[0]?.subnet.cidr;
      if (cidr !== undefined) actions.select(subnetKey(vnet, cidr));
    }

    function close({ kind, key, open: isOpen, zone }: TreeRow) {
      const home = board.getState().board.zones[zone]?.zone.id ?? "";
      const parts = keyParts(key);
      if (parts?.kind === "subnet") {
        actions.openSubnets(null);
        actions.select(vnetKey(parts.vnet));
      } else if (kind === "vnet") {
        actions.select(zoneKey(home));
        view.reveal(zoneKey(home));
      } else if (isOpen) actions.setCollapsed(home, true);
    }

    function focusInspector() {
      actions.showInspector(true);
      setTimeout(() => document.querySelector<HTMLElement>("[data-inspector] input")?.focus());
    }
  };
}

/** "VLAN 10, prod, zone corp, 3 nodes, subnet 10.10.10.0/24, 12 NICs, 1 problem". */
function describe(state: BoardState, row: TreeRow): string {
  const { changes, drifted, found } = state;
  const change = changes.get(row.key);
  return words(
    describeRow(state, row),
    change ? `${change === "gone" ? "removed" : change} since the last apply` : null,
    drifted.has(row.key) ? "drifted in the cluster" : null,
    found?.has(row.key) ? "matches" : null,
  );
}

function describeRow({ board, marks }: BoardState, row: TreeRow): string {
  const zone = board.zones[row.zone];
  if (!zone) return "";
  const mark = marks.get(row.key);
  const problems = mark ? plural(mark.count, "problem") : null;
  const line = zone.rows[row.row];
  if (row.kind === "zone" || !line) {
    return words(`Zone ${zone.zone.id}`, zone.zone.type, nodesOf(zone), `${zone.rows.length} VNets`, problems);
  }
  if (row.kind === "vnet") return words(...vnetWords(zone, line), problems);
  const entry = line.subnets[row.position - 1];
  return entry ? words(...subnetWords(zone, entry), problems) : "";
}

function vnetWords(zone: BoardZone, { vnet, subnets, nics }: BoardRow): Words {
  const guests = nics?.reduce((sum, nic) => sum + (nic?.total ?? 0), 0) ?? 0;
  return [
    vnet.tag === undefined ? "No tag" : `${zone.zone.type === "vlan" ? "VLAN" : "Tag"} ${vnet.tag}`,
    vnet.id,
    vnet.alias ?? null,
    `zone ${zone.zone.id}`,
    nodesOf(zone),
    ...subnets.map(({ subnet }) => `subnet ${subnet.cidr}`),
    guests > 0 ? `${guests} NICs` : null,
  ];
}

const subnetWords = ({ zone }: BoardZone, { subnet, service, snat, dhcp }: BoardSubnet): Words => [
  `Subnet ${subnet.cidr}`,
  subnet.gateway ? `gateway ${subnet.gateway}` : null,
  gatewayWords(zone, subnet, service),
  snat ? "SNAT" : null,
  dhcp ? "DHCP" : null,
];

const nodesOf = ({ cells }: BoardZone): string =>
  cells.length === 0 ? "every node" : plural(cells.filter((cell) => cell.member).length, "node");

type Words = readonly (string | null)[];

const words = (...parts: Words): string => parts.filter((part) => part !== null).join(", ");
