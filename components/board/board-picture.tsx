import type { Layout } from "@/lib/core/layout/model";
import { boardColumns } from "./columns";
import { type Board, type BoardMetrics, type BoardZone, boardGeometry } from "./geometry";
import { columnStart, lanePaths } from "./lanes";
import { zoneColour } from "./zone-look";

export interface BoardPictureProps {
  readonly layout: Layout;
  /** Nodes to draw as columns; those the layout names are added. */
  readonly nodes?: readonly string[];
  /** Size in pixels. The picture chooses what it can write at this size: small pictures lose words, never lanes. */
  readonly width: number;
  readonly height: number;
  /** Replaces the sentence that says what the picture shows. */
  readonly label?: string;
  readonly className?: string;
}

const NO_NICS = new Map();
const NONE: ReadonlySet<string> = new Set();
const INSET = 1;
const COLUMN_HEAD = 22;

/** The Board as one static SVG, drawn by the same geometry: for template cards and for runs, before and after. */
export function BoardPicture({ layout, nodes = [], width, height, label, className }: BoardPictureProps) {
  const board = pictureBoard(layout, nodes, width, height);
  const full = Math.max(height, board.height + COLUMN_HEAD + 2 * INSET);
  return (
    <svg
      role="img"
      aria-label={label ?? pictureLabel(layout, board)}
      viewBox={`0 0 ${width} ${full}`}
      width={width}
      height={height}
      className={className}
      preserveAspectRatio="xMidYMin meet"
      style={{
        fontFamily: "var(--font-inter), system-ui, sans-serif",
        maxWidth: "100%",
        height: "auto",
        display: "block",
      }}
    >
      {layout.zones.length === 0 ? (
        <text x={width / 2} y={height / 2} textAnchor="middle" fontSize={12} fill="var(--text-3)">
          Nothing in it yet
        </text>
      ) : (
        <>
          <ColumnNames board={board} />
          {board.zones.map((zone) => (
            <PictureZone key={zone.zone.id} zone={zone} />
          ))}
        </>
      )}
    </svg>
  );
}

function ColumnNames({ board }: { board: Board }) {
  const { gutter, column } = board.metrics;
  const names = board.columns.length > 0 ? board.columns.map((each) => each.name) : ["every node"];
  return (
    <g fontSize={11} fontWeight={550} fill="var(--text-2)" textAnchor="middle">
      {names.map((name, index) => (
        <text key={name} x={INSET + gutter + (index + 0.5) * column} y={14}>
          {shorten(name, column - 4, 6.4)}
        </text>
      ))}
    </g>
  );
}

function PictureZone({ zone }: { zone: BoardZone }) {
  const { metrics, rows } = zone;
  const paths = lanePaths(zone, 0, rows.length);
  const colour = zoneColour(zone.look);
  const written = metrics.row >= 13;
  const wide = metrics.gutter >= 205;
  return (
    <g transform={`translate(${INSET} ${zone.y + COLUMN_HEAD})`}>
      <rect width={zone.width} height={zone.height} rx={6} fill="var(--surface)" stroke="var(--hairline)" />
      <path d={`M2 6V${zone.height - 6}`} stroke={colour} strokeWidth={4} strokeLinecap="round" />
      {metrics.head >= 14 && (
        <>
          <text x={12} y={metrics.head / 2 + 4} fontSize={11} fontWeight={650} fill="var(--text)">
            {zone.zone.id}
            <tspan dx={6} fontWeight={400} fill="var(--text-3)">
              {zone.zone.type}
            </tspan>
          </text>
          {zone.cells.map((cell, index) => (
            <text
              key={cell.node}
              x={columnStart(zone, index) + metrics.column / 2}
              y={metrics.head / 2 + 3.5}
              fontSize={9.5}
              textAnchor="middle"
              fill="var(--text-3)"
              fontFamily="var(--font-jetbrains), ui-monospace, monospace"
            >
              {cell.member ? shorten(cell.text, metrics.column - 4, 5.8) : "–"}
            </text>
          ))}
        </>
      )}
      <g fill="none">
        <path d={paths.hair} stroke="var(--hairline)" strokeDasharray="1.5 3" />
        <path d={paths.band} stroke={colour} strokeWidth={paths.bandWidth} opacity={0.22} />
        <path d={paths.line} stroke={colour} strokeWidth={paths.lineWidth} />
        <path d={paths.dots} fill={colour} />
      </g>
      {written &&
        rows.map((row, index) => {
          const y = metrics.head + index * metrics.row + metrics.row / 2 + 3.5;
          const first = row.subnets[0];
          return (
            <g
              key={row.vnet.id}
              fontSize={10}
              fontFamily="var(--font-jetbrains), ui-monospace, monospace"
              fill="var(--text-3)"
            >
              <text x={40} y={y} textAnchor="end" fill="var(--text-2)">
                {row.vnet.tag ?? "–"}
              </text>
              <text x={48} y={y} fill="var(--text)" fontFamily="inherit" fontWeight={550}>
                {shorten(row.vnet.id, (wide ? 108 : metrics.gutter) - 54, 6.1)}
              </text>
              {wide && first && (
                <text x={108} y={y}>
                  {shorten(first.subnet.cidr, metrics.gutter - 116, 6.1)}
                </text>
              )}
            </g>
          );
        })}
    </g>
  );
}

/** Chooses the measures that fill the picture without scaling the words. */
function pictureBoard(layout: Layout, nodes: readonly string[], width: number, height: number): Board {
  const columns = boardColumns(layout, null, nodes);
  const gutter = Math.round(Math.min(260, Math.max(width * 0.46, 90)));
  const zones = Math.max(1, layout.zones.length);
  const room = height - COLUMN_HEAD - 2 * INSET;
  const gap = zones > 8 ? 2 : 6;
  const head = Math.min(24, Math.max(6, (room / zones) * 0.3));
  const forRows = room - zones * (head + 4) - (zones - 1) * gap;
  const metrics: BoardMetrics = {
    gutter,
    column: (width - gutter - 8 - 2 * INSET) / Math.max(1, columns.length),
    head,
    row: Math.min(24, Math.max(0.25, forRows / Math.max(1, layout.vnets.length))),
    band: 0,
    foot: 4,
    gap,
  };
  return boardGeometry({ layout, columns, nics: NO_NICS, collapsed: NONE, metrics });
}

function pictureLabel(layout: Layout, board: Board): string {
  const nodes = board.columns.length;
  const on = nodes === 0 ? "every node" : plural(nodes, "node");
  return `${plural(layout.zones.length, "zone")} with ${plural(layout.vnets.length, "VNet")} on ${on}`;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Shortens a text to a width in pixels at `advance` pixels per character. */
function shorten(text: string, width: number, advance: number): string {
  const room = Math.floor(width / advance);
  if (text.length <= room) return text;
  return room < 3 ? "" : `${text.slice(0, room - 1)}…`;
}
