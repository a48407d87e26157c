import {
  exceptionSchema,
  hostServiceSchema,
  type Layout,
  layoutSchema,
  subnetSchema,
  vnetSchema,
  zoneSchema,
} from "./model";

/** Names in the order in which the schema lists them, so that two equal layouts give the same bytes. */
const ORDER: ReadonlyMap<string, number> = new Map(
  [layoutSchema, zoneSchema, vnetSchema, subnetSchema, hostServiceSchema, exceptionSchema]
    .flatMap((schema) => Object.keys(schema.shape))
    .filter((name, at, all) => all.indexOf(name) === at)
    .map((name, at) => [name, at]),
);

/** The canonical text of a layout: JSON, two spaces, keys in a fixed order, a newline at the end. */
export function layoutToJson(layout: Layout): string {
  return `${JSON.stringify(ordered(layout), null, 2)}\n`;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const rank = (name: string) => ORDER.get(name) ?? ORDER.size;
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, ordered(inner)]));
}
