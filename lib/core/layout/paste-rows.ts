import { type EntityKey, subnetKey } from "@/lib/core/plan/entity";
import { freeIdAmong, highestTag, ID_LENGTH, sharesTags, suggestId } from "./free";
import type { Layout, Subnet, Vnet, Zone } from "./model";
import { type RowNetwork, type RowText, readFlags, readNetwork } from "./paste-cells";
import { type Served, setServed } from "./served";
import type { RowField } from "./table-text";

/** `ok` as written · `fixed` with a change that is told · `duplicate` is there already and left out · `invalid` is left out. */
export type RowState = "ok" | "fixed" | "duplicate" | "invalid";

/** What becomes of one row. */
export interface RowResult {
  readonly state: RowState;
  /** What was changed, or why nothing can be made of it; empty for `ok`. */
  readonly message: string;
  readonly vnet: Vnet | null;
  readonly subnet: Subnet | null;
}

export interface PastedRows {
  readonly results: readonly RowResult[];
  readonly layout: Layout;
  /** The first VNet that is added; null when none is. */
  readonly first: string | null;
}

export interface RowOptions {
  readonly fields: readonly RowField[];
  /** For rows that name no zone. */
  readonly zone: string | null;
  /** Whether networks without a gateway get their first host. */
  readonly gateway: boolean;
}

/**
 * Makes VNets and subnets of the rows of a table, each row judged with those before it. A row whose VNet exists with the
 * same tag adds its subnet; a missing tag is the next free one, a missing id is made from the tag. The layout that comes
 * out has every row that is `ok` or `fixed`.
 */
export function pasteRows(
  layout: Layout,
  rows: readonly (readonly string[])[],
  { fields, zone, gateway }: RowOptions,
): PastedRows {
  const table = new Adding(layout);
  const results = rows.map((row): RowResult => {
    const cell = (field: RowField): string => row[fields.indexOf(field)]?.trim() ?? "";
    return table.add({
      zone: cell("zone") || (zone ?? ""),
      tag: cell("tag"),
      id: cell("id"),
      alias: cell("alias"),
      cidr: cell("cidr"),
      gateway: cell("gateway"),
      snat: cell("snat"),
      dhcp: cell("dhcp"),
      dns: cell("dns"),
      vlanaware: cell("vlanaware"),
      isolate: cell("isolate"),
      firstHost: gateway,
    });
  });
  const first = results.find(({ state, vnet }) => vnet !== null && (state === "ok" || state === "fixed"))?.vnet?.id;
  return { results, layout: table.layout(), first: first ?? null };
}

/** The layout while rows are added to it, with what is taken at hand, so that a thousand rows take no time. */
class Adding {
  private readonly before: Layout;
  private readonly zones: ReadonlyMap<string, Zone>;
  private readonly vnets: Map<string, Vnet>;
  private readonly subnets: Set<string>;
  private readonly ids: Set<string>;
  /** Number space → tag → VNet that has it. */
  private readonly tags = new Map<string, Map<number, string>>();
  private readonly next = new Map<string, number>();
  private readonly added: { vnets: Vnet[]; subnets: Subnet[] } = { vnets: [], subnets: [] };
  private readonly served = new Map<EntityKey, Served>();

  constructor(before: Layout) {
    this.before = before;
    this.zones = new Map(before.zones.map((zone) => [zone.id, zone]));
    this.vnets = new Map(before.vnets.map((vnet) => [vnet.id, vnet]));
    this.subnets = new Set(before.subnets.map(({ vnet, cidr }) => `${vnet} ${cidr}`));
    this.ids = new Set([...this.zones.keys(), ...this.vnets.keys()]);
    for (const vnet of before.vnets) this.take(vnet);
  }

  layout(): Layout {
    const { vnets, subnets } = this.added;
    if (vnets.length + subnets.length === 0) return this.before;
    const next = {
      ...this.before,
      vnets: [...this.before.vnets, ...vnets],
      subnets: [...this.before.subnets, ...subnets],
    };
    return setServed(next, this.served);
  }

  add(row: RowText): RowResult {
    const zone = this.zones.get(row.zone);
    if (!zone)
      return invalid(row.zone === "" ? "No zone is named; choose one above." : `There is no zone ${row.zone}.`);
    const notes: string[] = [];
    const network = readNetwork(row, zone, notes);
    if (!network.ok) return invalid(network.error);
    const flags = readFlags(row);
    if (!flags.ok) return invalid(flags.error);

    const known = row.id === "" ? undefined : this.vnets.get(row.id);
    if (known) return this.addTo(known, zone, row, network.value, notes);

    const tag = this.readTag(zone, row.tag, notes);
    if (typeof tag === "string") return invalid(tag);
    const id = this.readId(row.id, tag, notes);
    const vnet: Vnet = {
      id,
      zone: zone.id,
      ...(tag === null ? {} : { tag }),
      ...(row.alias === "" ? {} : { alias: row.alias }),
      ...flags.value,
    };
    this.ids.add(id);
    this.vnets.set(id, vnet);
    this.take(vnet);
    this.added.vnets.push(vnet);
    const placed = network.value && this.place(id, network.value);
    return { state: notes.length > 0 ? "fixed" : "ok", message: notes.join(" "), vnet, subnet: placed };
  }

  /** A row about a VNet that is there: one more subnet, or nothing new. */
  private addTo(
    known: Vnet,
    zone: Zone,
    row: RowText,
    network: RowNetwork | null,
    notes: readonly string[],
  ): RowResult {
    if (known.zone !== zone.id) return invalid(`VNet ${known.id} is in zone ${known.zone} already.`);
    if (row.tag !== "" && row.tag !== String(known.tag ?? ""))
      return invalid(`VNet ${known.id} exists with ${known.tag === undefined ? "no tag" : `tag ${known.tag}`}.`);
    if (!network || this.subnets.has(`${known.id} ${network.subnet.cidr}`)) {
      return { state: "duplicate", message: `${known.id} is there already.`, vnet: known, subnet: null };
    }
    const placed = this.place(known.id, network);
    return { state: notes.length > 0 ? "fixed" : "ok", message: notes.join(" "), vnet: known, subnet: placed };
  }

  private place(vnet: string, { subnet, served }: RowNetwork): Subnet {
    const placed = { vnet, ...subnet };
    this.subnets.add(`${vnet} ${subnet.cidr}`);
    this.added.subnets.push(placed);
    if (Object.keys(served).length > 0) this.served.set(subnetKey(vnet, subnet.cidr), served);
    return placed;
  }

  private spaceOf(zone: Zone): string {
    return sharesTags(zone.type) ? "vni" : zone.id;
  }

  private take({ id, zone: home, tag }: Vnet): void {
    const zone = this.zones.get(home);
    if (!zone || tag === undefined) return;
    const space = this.spaceOf(zone);
    const taken = this.tags.get(space) ?? new Map<number, string>();
    if (!taken.has(tag)) taken.set(tag, id);
    this.tags.set(space, taken);
  }

  /** The tag, null where the zone takes none, or why not. */
  private readTag(zone: Zone, text: string, notes: string[]): number | null | string {
    const most = highestTag(zone.type);
    if (zone.type === "simple") {
      if (text !== "") notes.push(`Tag ${text} left out: VNets of a simple zone have none.`);
      return null;
    }
    if (text === "") {
      const free = this.freeTag(zone, most);
      if (free === null) return `Zone ${zone.id} has no free tag left.`;
      notes.push(`Next free tag ${free}.`);
      return free;
    }
    const tag = /^[0-9]{1,8}$/.test(text) ? Number(text) : 0;
    if (tag < 1 || tag > most) return `${text} is not a tag from 1 to ${most}.`;
    const owner = this.tags.get(this.spaceOf(zone))?.get(tag);
    return owner === undefined ? tag : `Tag ${tag} is taken by ${owner}.`;
  }

  private freeTag(zone: Zone, most: number): number | null {
    const space = this.spaceOf(zone);
    const taken = this.tags.get(space);
    for (let tag = this.next.get(space) ?? 2; tag <= most; tag += 1) {
      this.next.set(space, tag + 1);
      if (!taken?.has(tag)) return tag;
    }
    return null;
  }

  private readId(text: string, tag: number | null, notes: string[]): string {
    const base = text === "" ? (tag === null ? "vnet" : `vnet${tag}`) : text;
    const fits = /^[a-zA-Z][a-zA-Z0-9]+$/.test(base) && base.length <= ID_LENGTH && !this.ids.has(base);
    const id = fits ? base : freeIdAmong(this.ids, suggestId(base));
    if (text !== "" && id !== text) notes.push(`Id ${text} became ${id}.`);
    return id;
  }
}

const invalid = (message: string): RowResult => ({ state: "invalid", message, vnet: null, subnet: null });
