import type { LayoutChange } from "@/lib/core/layout/changes";
import type { Layout } from "@/lib/core/layout/model";
import { type EntityKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import { plural } from "@/lib/core/plural";
import { boardColumns } from "./columns";
import { type Board, type BoardMetrics, type BoardZone, boardGeometry, boardMetrics } from "./geometry";
import { columnStart, lanePaths } from "./lanes";
import type { ZoneLook } from "./zone-look";

/**
 * The colours of a picture: of the page it stands in, or for a file that stands alone those of one theme, or of both and
 * then of whoever looks at it. Programs that know no style sheets show `both` in light colours.
 */
export type PictureColours = "page" | "light" | "dark" | "both";

export interface PictureOptions {
  /** Nodes to draw as columns; those the layout names are added. */
  readonly nodes?: readonly string[];
  /**
   * Size in pixels. The picture chooses what it can write there: small pictures lose words, never lanes. Without it the
   * picture is as large as the Board itself and has every word.
   */
  readonly size?: { readonly width: number; readonly height: number };
  readonly colours?: PictureColours;
  /** Replaces the sentence that says what the picture shows; empty for a picture that is decoration. */
  readonly label?: string;
  /** What changes, drawn as a sign beside the id; what is gone has to be in the layout. */
  readonly changes?: ReadonlyMap<EntityKey, LayoutChange>;
}

/** Tokens of app/globals.css, light and dark. A test holds them equal. */
export const PICTURE_TOKENS = {
  "--bg": ["#f7f8fa", "#0e1116"],
  "--surface": ["#ffffff", "#14181f"],
  "--text": ["#131820", "#eceff4"],
  "--text-2": ["#48525f", "#b3bcc8"],
  "--text-3": ["#626c79", "#8e99a7"],
  "--hairline": ["#d5dae1", "#2b323d"],
  "--add": ["#176c3a", "#5fce8b"],
  "--change": ["#8a5300", "#f0b45a"],
  "--destroy": ["#b3261e", "#ff8a80"],
  "--zone-blue": ["#3170bf", "#71aaf4"],
  "--zone-orange": ["#d77743", "#d06624"],
  "--zone-umber": ["#5a4209", "#efcb86"],
  "--zone-cyan": ["#04a3b3", "#88e1ee"],
  "--zone-plum": ["#933f6a", "#bc7b99"],
  "--zone-olive": ["#616714", "#b0ba33"],
  "--zone-indigo": ["#453c97", "#7774cb"],
  "--zone-rose": ["#a46c6f", "#e9989c"],
} as const satisfies Readonly<Record<string, readonly [light: string, dark: string]>>;
type Token = keyof typeof PICTURE_TOKENS;

const NO_NICS = new Map();
const NOTHING: ReadonlySet<string> = new Set();
const INSET = 1;
const COLUMN_HEAD = 22;

interface Pen {
  readonly colour: (token: Token) => string;
  readonly sans: string;
  readonly mono: string;
  readonly changes: ReadonlyMap<EntityKey, LayoutChange>;
}

/**
 * The Board as one static SVG document, drawn by the same geometry as the editor: for template cards, for plans and runs
 * before and after, and for files. The same layout and options give the same bytes.
 */
export function boardToSvg(layout: Layout, options: PictureOptions = {}): string {
  const { nodes = [], size, colours = "page", label, changes = new Map() } = options;
  const board = size ? fittingBoard(layout, nodes, size) : fullBoard(layout, nodes);
  const width = size?.width ?? Math.ceil(board.width + 2 * INSET);
  const height = Math.max(size?.height ?? 0, Math.ceil(board.height + COLUMN_HEAD + 2 * INSET));
  const pen = penOf(colours, changes);
  const words = label ?? pictureLabel(layout, board);
  const body =
    layout.zones.length === 0
      ? text(width / 2, (size?.height ?? height) / 2, "Nothing in it yet", {
          size: 12,
          fill: pen.colour("--text-3"),
          anchor: "middle",
        })
      : columnNames(board, pen) + board.zones.map((zone) => zonePicture(zone, pen)).join("");
  const ground = colours === "page" ? "" : `<rect width="${width}" height="${height}" fill="${pen.colour("--bg")}"/>`;
  const shown = size ? `width="${size.width}" height="${size.height}"` : `width="${width}" height="${height}"`;
  const role = words === "" ? 'aria-hidden="true"' : `role="img" aria-label="${escaped(words)}"`;
  const title = words === "" || colours === "page" ? "" : `<title>${escaped(words)}</title>`;
  const style = colours === "both" ? `<style>@media (prefers-color-scheme:dark){${darkRules()}}</style>` : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" ${role} viewBox="0 0 ${width} ${height}" ${shown} preserveAspectRatio="xMidYMin meet" font-family="${pen.sans}">${title}${style}${ground}${body}</svg>`;
}

function penOf(colours: PictureColours, changes: Pen["changes"]): Pen {
  const onPage = colours === "page";
  return {
    colour: (token) => (onPage ? `var(${token})` : PICTURE_TOKENS[token][colours === "dark" ? 1 : 0]),
    sans: onPage ? "var(--font-inter), system-ui, sans-serif" : "Inter, system-ui, sans-serif",
    mono: onPage ? "var(--font-jetbrains), ui-monospace, monospace" : "JetBrains Mono, ui-monospace, monospace",
    changes,
  };
}

/** Every light colour has its dark one, wherever it is used. A style rule wins over an attribute. */
const darkRules = (): string =>
  Object.values(PICTURE_TOKENS)
    .map(([light, dark]) => `[fill="${light}"]{fill:${dark}}[stroke="${light}"]{stroke:${dark}}`)
    .join("");

function columnNames(board: Board, pen: Pen): string {
  const { gutter, column } = board.metrics;
  const names = board.columns.length > 0 ? board.columns.map((each) => each.name) : ["every node"];
  return names
    .map((name, index) =>
      text(INSET + gutter + (index + 0.5) * column, 14, shorten(name, column - 4, 6.4), {
        size: 11,
        weight: 550,
        fill: pen.colour("--text-2"),
        anchor: "middle",
      }),
    )
    .join("");
}

const zoneToken = (look: ZoneLook): Token => `--zone-${look.colour}`;

function zonePicture(zone: BoardZone, pen: Pen): string {
  const { metrics, rows } = zone;
  const paths = lanePaths(zone, 0, rows.length);
  const colour = pen.colour(zoneToken(zone.look));
  const head =
    metrics.head < 14
      ? ""
      : `<text x="12" y="${round(metrics.head / 2 + 4)}" font-size="11" font-weight="650" fill="${pen.colour("--text")}">${escaped(zone.zone.id)}<tspan dx="6" font-weight="400" fill="${pen.colour("--text-3")}">${escaped(zone.zone.type)}</tspan></text>${signOf(pen, pen.changes.get(zoneKey(zone.zone.id)), 66 + 6.6 * (zone.zone.id.length + zone.zone.type.length), metrics.head / 2 + 4)}${zone.cells
          .map((cell, index) =>
            text(
              columnStart(zone, index) + metrics.column / 2,
              metrics.head / 2 + 3.5,
              cell.member ? shorten(cell.text, metrics.column - 4, 5.8) : "–",
              { size: 9.5, fill: pen.colour("--text-3"), anchor: "middle", family: pen.mono },
            ),
          )
          .join("")}`;
  const written = metrics.row >= 13 ? rows.map((row, index) => rowPicture(zone, index, row, pen)).join("") : "";
  return `<g transform="translate(${INSET} ${round(zone.y + COLUMN_HEAD)})"><rect width="${round(zone.width)}" height="${round(zone.height)}" rx="6" fill="${pen.colour("--surface")}" stroke="${pen.colour("--hairline")}"/><path d="M2 6V${round(zone.height - 6)}" stroke="${colour}" stroke-width="4" stroke-linecap="round"/>${head}<g fill="none"><path d="${paths.hair}" stroke="${pen.colour("--hairline")}" stroke-dasharray="1.5 3"/><path d="${paths.band}" stroke="${colour}" stroke-width="${paths.bandWidth}" opacity="0.22"/><path d="${paths.line}" stroke="${colour}" stroke-width="${paths.lineWidth}"/><path d="${paths.dots}" fill="${colour}"/></g>${written}</g>`;
}

const SIGNS: Readonly<Record<LayoutChange, readonly [sign: string, token: Token, words: string]>> = {
  new: ["+", "--add", "new"],
  changed: ["~", "--change", "changed"],
  gone: ["−", "--destroy", "removed"],
};

function rowPicture({ metrics }: BoardZone, index: number, row: BoardZone["rows"][number], pen: Pen): string {
  const y = metrics.head + index * metrics.row + metrics.row / 2 + 3.5;
  const wide = metrics.gutter >= 205;
  const change = changeOf(row, pen);
  const first = row.subnets[0];
  const more = row.subnets.length > 1 ? ` +${row.subnets.length - 1}` : "";
  const idWidth = (wide ? 108 : metrics.gutter) - 54;
  const parts = [
    text(40, y, String(row.vnet.tag ?? "–"), {
      size: 10,
      fill: pen.colour("--text-2"),
      anchor: "end",
      family: pen.mono,
    }),
    text(48, y, shorten(row.vnet.id, idWidth, 6.1), {
      size: 10,
      weight: 550,
      fill: pen.colour("--text"),
      ...(change === "gone" ? { struck: true } : {}),
    }),
  ];
  parts.push(signOf(pen, change, 8, y));
  if (wide && first) {
    const words = shorten(`${first.subnet.cidr}${more}`, metrics.gutter - 116, 6.1);
    parts.push(text(108, y, words, { size: 10, fill: pen.colour("--text-3"), family: pen.mono }));
  }
  if (metrics.gutter > 300 && row.vnet.alias) {
    parts.push(
      text(226, y, shorten(row.vnet.alias, metrics.gutter - 236, 5.2), { size: 10, fill: pen.colour("--text-3") }),
    );
  }
  return parts.join("");
}

/** A change of the VNet itself, or of something on it. */
function changeOf({ vnet, subnets }: BoardZone["rows"][number], pen: Pen): LayoutChange | undefined {
  const own = pen.changes.get(vnetKey(vnet.id));
  if (own || pen.changes.size === 0) return own;
  return subnets.some(({ subnet }) => pen.changes.has(subnetKey(subnet.vnet, subnet.cidr))) ? "changed" : undefined;
}

/** The sign of a change with its word; nothing for what stays. */
function signOf(pen: Pen, change: LayoutChange | undefined, x: number, y: number): string {
  if (!change) return "";
  const [sign, token, words] = SIGNS[change];
  const look = { size: 11, weight: 700, fill: pen.colour(token), family: pen.mono };
  return `<g><title>${words}</title>${text(x, y, sign, look)}</g>`;
}

interface TextLook {
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  readonly anchor?: "middle" | "end";
  readonly family?: string;
  readonly struck?: boolean;
}

function text(x: number, y: number, words: string, look: TextLook): string {
  if (words === "") return "";
  const { size, fill, weight, anchor, family, struck } = look;
  const rest = [
    weight === undefined ? "" : ` font-weight="${weight}"`,
    anchor === undefined ? "" : ` text-anchor="${anchor}"`,
    family === undefined ? "" : ` font-family="${family}"`,
    struck ? ' text-decoration="line-through"' : "",
  ].join("");
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"${rest}>${escaped(words)}</text>`;
}

/** As large as it is in the editor, without the lines for adding. */
function fullBoard(layout: Layout, nodes: readonly string[]): Board {
  const columns = boardColumns(layout, null, nodes);
  const metrics = { ...boardMetrics(layout.vnets.length), foot: 8, head: 32 };
  return boardGeometry({ layout, columns, nics: NO_NICS, collapsed: NOTHING, metrics });
}

/** Chooses the measures that fill the picture without scaling the words. */
function fittingBoard(
  layout: Layout,
  nodes: readonly string[],
  { width, height }: { width: number; height: number },
): Board {
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
  return boardGeometry({ layout, columns, nics: NO_NICS, collapsed: NOTHING, metrics });
}

function pictureLabel(layout: Layout, board: Board): string {
  const nodes = board.columns.length;
  const on = nodes === 0 ? "every node" : plural(nodes, "node");
  return `${plural(layout.zones.length, "zone")} with ${plural(layout.vnets.length, "VNet")} on ${on}`;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Shortens a text to a width in pixels at `advance` pixels per character. */
function shorten(words: string, width: number, advance: number): string {
  const room = Math.floor(width / advance);
  const letters = [...words];
  if (letters.length <= room) return words;
  return room < 3 ? "" : `${letters.slice(0, room - 1).join("")}…`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const UNKNOWN_TO_XML =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML 1.0 refuses
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text that is only text inside XML; characters that XML does not know become the replacement character. */
const escaped = (words: string): string =>
  words.replace(UNKNOWN_TO_XML, "\ufffd").replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
