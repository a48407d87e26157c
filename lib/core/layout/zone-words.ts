import type { ZoneType } from "./model";

/** A zone of each type in a sentence, named as Proxmox names it. */
export const A_ZONE: Readonly<Record<ZoneType, string>> = {
  simple: "a simple zone",
  vlan: "a VLAN zone",
  qinq: "a QinQ zone",
  vxlan: "a VXLAN zone",
  evpn: "an EVPN zone",
};
