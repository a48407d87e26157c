import type { ClusterFacts, IpamAddress } from "../../ports";
import type { Difference } from "../diff";
import { type Entity, subnetKey } from "../entity";
import type { Check } from "../plan";
import { type CheckInput, check } from "./check";

/** Addresses other than the gateway keep a subnet from being removed (PVE::Network::SDN::Ipams::PVEPlugin). */
export function ipamCheck({ differences, facts, releases }: CheckInput): Check {
  const title = "Addresses in the IPAM";
  const removed = differences.filter(isRemoval).map(({ before }) => before);
  if (removed.length === 0) return check("ipam", title, "pass", "No subnet is removed.");
  if (facts.ipam === null)
    return check("ipam", title, "unknown", "Not checked: the addresses of the IPAM are not readable.");
  const free = new Set(releases);
  const held = facts.ipam.filter(
    (address) => !free.has(address) && !address.gateway && removed.some((subnet) => isIn(address, subnet)),
  );
  if (held.length === 0) {
    const count = releases.length;
    return count > 0
      ? check("ipam", title, "warn", `${count} stale ${count === 1 ? "address is" : "addresses are"} released first.`)
      : check("ipam", title, "pass", "No listed address keeps a subnet that is removed.");
  }
  const named = held.slice(0, 6).map(({ ip, mac, vnet }) => `${ip} (${vnet}${mac ? `, ${mac}` : ""})`);
  const more = held.length > named.length ? ` and ${held.length - named.length} more` : "";
  const stale = staleAddresses(held, facts);
  const offer = stale.length > 0 ? ` ${stale.length} of them belong to no guest and can be released.` : "";
  return check(
    "ipam",
    title,
    "block",
    `Proxmox refuses to remove a subnet with addresses: ${named.join(", ")}${more}.${offer}`,
  );
}

type Removal = Extract<Difference, { op: "delete" | "replace" }>;
const isRemoval = (difference: Difference): difference is Removal =>
  (difference.op === "delete" || difference.op === "replace") && difference.before.kind === "subnet";

const isIn = (address: IpamAddress, subnet: Entity): boolean => subnetKey(address.vnet, address.subnet) === subnet.key;

/** Addresses whose guest is gone; none when the guests are not known. */
export function staleAddresses(
  addresses: readonly IpamAddress[],
  { guests }: Pick<ClusterFacts, "guests">,
): IpamAddress[] {
  if (!guests) return [];
  const vmids = new Set(guests.map(({ vmid }) => vmid));
  const macs = new Set(guests.flatMap(({ mac }) => (mac ? [mac.toUpperCase()] : [])));
  return addresses.filter(({ vmid, mac }) => {
    if (vmid !== null) return !vmids.has(vmid);
    return mac !== null && !macs.has(mac.toUpperCase());
  });
}

/** The stale addresses that keep these subnets from being removed. */
export function releasable(differences: readonly Difference[], facts: ClusterFacts): IpamAddress[] {
  const removed = differences.filter(isRemoval).map(({ before }) => before);
  const held = (facts.ipam ?? []).filter(
    (address) => !address.gateway && removed.some((subnet) => isIn(address, subnet)),
  );
  return staleAddresses(held, facts);
}
