import type { EntityKey } from "./entity";

/**
 * An object in words, to begin a sentence with: "VNet vnetmgmt", "Subnet 10.10.0.0/24 of vnetmgmt", "Host services of
 * 10.10.0.0/24 in vnetmgmt". A key of another shape stands as it is.
 */
export function keyName(key: EntityKey): string {
  const [kind, id = "", ...rest] = key.split("/");
  switch (kind) {
    case "zone":
      return `Zone ${id}`;
    case "vnet":
      return `VNet ${id}`;
    case "subnet":
      return `Subnet ${rest.join("/")} of ${id}`;
    case "host":
      return `Host services of ${rest.join("/")} in ${id}`;
    default:
      return key;
  }
}
