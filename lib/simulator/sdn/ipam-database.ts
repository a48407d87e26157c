import { died } from "@/lib/simulator/http/refusal";

/** One registered address. */
export interface RegisteredAddress {
  readonly gateway?: 1 | undefined;
  readonly mac?: string | undefined;
  readonly vmid?: number | undefined;
}

/** zone → CIDR → address → entry. */
export type IpamRecord = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, RegisteredAddress>>>>>
>;

/**
 * The addresses the built-in ipam knows. Changes take effect at once, at create and delete of a subnet;
 * neither apply nor rollback touches them.
 */
export class IpamDatabase {
  readonly #zones = new Map<string, Map<string, Map<string, RegisteredAddress>>>();

  addSubnet(zone: string, cidr: string): void {
    const subnets = this.#zones.get(zone) ?? new Map<string, Map<string, RegisteredAddress>>();
    this.#zones.set(zone, subnets);
    if (!subnets.has(cidr)) subnets.set(cidr, new Map());
  }

  /** Refuses (500) an unknown zone or subnet, and one with addresses besides the gateway. */
  removeSubnet(zone: string, cidr: string): void {
    const addresses = this.#addresses(zone, cidr);
    for (const entry of addresses.values())
      if (entry.gateway === undefined) throw died(`cannot delete subnet '${cidr}', not empty`);
    this.#zones.get(zone)?.delete(cidr);
  }

  /** Refuses (500) an address that is taken; a gateway may be registered again as gateway. */
  addAddress(zone: string, cidr: string, ip: string, entry: RegisteredAddress): void {
    const addresses = this.#addresses(zone, cidr);
    const before = addresses.get(ip);
    if (before !== undefined && (entry.gateway === undefined || before.gateway === undefined))
      throw died(`IP '${ip}' already exist`);
    addresses.set(ip, entry);
  }

  /** Refuses (500) an address that is not registered. */
  removeAddress(zone: string, cidr: string, ip: string): void {
    if (!this.#addresses(zone, cidr).delete(ip)) throw died(`IP '${ip}' does not exist in IPAM DB\n`);
  }

  /** Addresses of one subnet in order of registration; empty when unknown. */
  addressesOf(zone: string, cidr: string): readonly (readonly [string, RegisteredAddress])[] {
    return [...(this.#zones.get(zone)?.get(cidr) ?? [])];
  }

  /** The CIDRs known for a zone. */
  subnetsOf(zone: string): readonly string[] {
    return [...(this.#zones.get(zone)?.keys() ?? [])];
  }

  toRecord(): IpamRecord {
    const subnets = (of: Map<string, Map<string, RegisteredAddress>>) =>
      Object.fromEntries([...of].map(([cidr, addresses]) => [cidr, Object.fromEntries(addresses)]));
    return Object.fromEntries([...this.#zones].map(([zone, of]) => [zone, subnets(of)]));
  }

  restore(record: IpamRecord): void {
    this.#zones.clear();
    for (const [zone, subnets] of Object.entries(record))
      this.#zones.set(
        zone,
        new Map(Object.entries(subnets).map(([cidr, addresses]) => [cidr, new Map(Object.entries(addresses))])),
      );
  }

  #addresses(zone: string, cidr: string): Map<string, RegisteredAddress> {
    const subnets = this.#zones.get(zone);
    if (subnets === undefined) throw died(`zone '${zone}' doesn't exist in IPAM DB`);
    const addresses = subnets.get(cidr);
    if (addresses === undefined) throw died(`subnet '${cidr}' doesn't exist in IPAM DB`);
    return addresses;
  }
}
