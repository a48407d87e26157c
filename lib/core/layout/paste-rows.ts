import { parseAddress } from "@/lib/core/net/address";
import { contains, firstHost, networkOf, parseCidr, readCidr, renderCidr } from "@/lib/core/net/cidr";
import { freeIdAmong, highestTag, ID_LENGTH, sharesTags, suggestId } from "./free";
import type { Layout, Subnet, Vnet, Zone } from "./model";
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
      firstHost: gateway,
    });
  });
  const first = results.find(({ state, vnet }) => vnet !== null && (state === "ok" || state === "fixed"))?.vnet?.id;
  return { results, layout: table.layout(), first: first ?? null };
}

interface RowText {
  readonly zone: string;
  readonly tag: string;
  readonly id: string;
  readonly alias: string;
  readonly cidr: string;
  readonly gateway: string;
  readonly firstHost: boolean;
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
    return {
      ...this.before,
      vnets: [...this.before.vnets, ...vnets],
      subnets: [...this.before.subnets, ...subnets],
    };
  }

  add(row: RowText): RowResult {
    const zone = this.zones.get(row.zone);
    if (!zone)
      return invalid(row.zone === "" ? "No zone is named; choose one above." : `There is no zone ${row.zone}.`);
    const notes: string[] = [];
    const subnet = readSubnet(row, notes);
    if (typeof subnet === "string") return invalid(subnet);

    const known = row.id === "" ? undefined : this.vnets.get(row.id);
    if (known) return this.addTo(known, zone, row, subnet, notes);

    const tag = this.readTag(zone, row.tag, notes);
    if (typeof tag === "string") return invalid(tag);
    const id = this.readId(row.id, tag, notes);
    const vnet: Vnet = {
      id,
      zone: zone.id,
      ...(tag === null ? {} : { tag }),
      ...(row.alias === "" ? {} : { alias: row.alias }),
    };
    this.ids.add(id);
    this.vnets.set(id, vnet);
    this.take(vnet);
    this.added.vnets.push(vnet);
    const placed = subnet && { ...subnet, vnet: id };
    if (placed) this.place(placed);
    return { state: notes.length > 0 ? "fixed" : "ok", message: notes.join(" "), vnet, subnet: placed };
  }

  /** A row about a VNet that is there: one more subnet, or nothing new. */
  private addTo(known: Vnet, zone: Zone, row: RowText, subnet: NewSubnet | null, notes: readonly string[]): RowResult {
    if (known.zone !== zone.id) return invalid(`VNet ${known.id} is in zone ${known.zone} already.`);
    if (row.tag !== "" && row.tag !== String(known.tag ?? ""))
      return invalid(`VNet ${known.id} exists with ${known.tag === undefined ? "no tag" : `tag ${known.tag}`}.`);
    if (!subnet || this.subnets.has(`${known.id} ${subnet.cidr}`)) {
      return { state: "duplicate", message: `${known.id} is there already.`, vnet: known, subnet: null };
    }
    const placed = { ...subnet, vnet: known.id };
    this.place(placed);
    return { state: notes.length > 0 ? "fixed" : "ok", message: notes.join(" "), vnet: known, subnet: placed };
  }

  private place(subnet: Subnet): void {
    this.subnets.add(`${subnet.vnet} ${subnet.cidr}`);
    this.added.subnets.push(subnet);
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

type NewSubnet = Omit<Subnet, "vnet">;

/** The subnet of a row, null without one, or why it cannot be read. */
function readSubnet(row: RowText, notes: string[]): NewSubnet | null | string {
  if (row.cidr === "") return row.gateway === "" ? null : "A gateway needs a network.";
  const read = readCidr(row.cidr);
  if (!read) {
    const parsed = parseCidr(row.cidr);
    return parsed.ok ? `${row.cidr} is not a network.` : parsed.error;
  }
  const cidr = renderCidr(read.network);
  if (cidr !== row.cidr) notes.push(`Network ${row.cidr} became ${cidr}.`);
  if (row.gateway !== "") {
    const gateway = parseAddress(row.gateway);
    if (!gateway.ok) return `${row.gateway} is not an address.`;
    return contains(cidr, gateway.value)
      ? { cidr, gateway: gateway.value }
      : `Gateway ${row.gateway} is outside ${cidr}.`;
  }
  const { first, last } = networkOf(cidr);
  return row.firstHost && first !== last ? { cidr, gateway: firstHost(cidr) } : { cidr };
}

const invalid = (message: string): RowResult => ({ state: "invalid", message, vnet: null, subnet: null });
