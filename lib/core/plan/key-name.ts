import type { EntityKey } from "./entity";

/** An object in words, to begin a sentence with: "VNet vnetmgmt", "Subnet 10.10.0.0/24 of vnetmgmt". */
export function keyName(key: EntityKey): string {
  const [kind, id = "", ...rest] = key.split("/");
  if (kind === "zone") return `Zone ${id}`;
  return kind === "vnet" ? `VNet ${id}` : `Subnet ${rest.join("/")} of ${id}`;
}
