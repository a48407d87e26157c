import * as fc from "fast-check";
import { layoutArbitrary } from "@/lib/core/layout/arbitrary";
import type { Layout, Zone } from "@/lib/core/layout/model";
import type { Entity } from "@/lib/core/plan/entity";
import { clearStage, readLive, type Stage, send } from "./engine";

/** The same cases every time, so that a build does not fail by chance; another seed is a search for more. */
export const SEED = Number(process.env["TRUNKLINE_SEED"] ?? 20_261_126);

/** The simulated cluster has vmbr1 on two nodes only. Host services are no objects of the cluster, so they are left out. */
const fitting = ({ hostServices: _, ...layout }: Layout): Layout => ({
  ...layout,
  zones: layout.zones.map((zone) => (zone.bridge === "vmbr1" ? { ...zone, nodes: ["pve1", "pve2"] } : zone)),
});

/** Some VLAN zones become QinQ and some overlays EVPN, so that every type of zone turns into every other. */
function varied(layout: Layout, choices: readonly boolean[]): Layout {
  if (layout.zones.some(({ type }) => type === "qinq" || type === "evpn")) return layout;
  const vary = (zone: Zone, index: number): Zone => {
    if (!choices[index % choices.length]) return zone;
    if (zone.type === "vlan") return { ...zone, type: "qinq", tag: 100 + index };
    const { peers: _, ...rest } = zone;
    return zone.type === "vxlan" ? { ...rest, type: "evpn", controller: "evpn1", "vrf-vxlan": 20_000 + index } : zone;
  };
  return { ...layout, zones: layout.zones.map(vary) };
}

/** Few ids and few tags, so that two layouts have much in common: moves, swaps and replacements, not only news. */
export const related = fc
  .tuple(layoutArbitrary, fc.array(fc.boolean(), { minLength: 2, maxLength: 4 }))
  .map(([layout, choices]) => varied(fitting(layout), choices));

/** A cluster on which others live too: a controller, and a zone, a VNet and a subnet that no layout of ours made. */
export async function furnish(stage: Stage): Promise<readonly Entity[]> {
  clearStage(stage);
  const peers = "192.0.2.11,192.0.2.12,192.0.2.13";
  await send(stage, "POST", "/cluster/sdn/controllers", { controller: "evpn1", type: "evpn", asn: "65000", peers });
  await send(stage, "POST", "/cluster/sdn/zones", { zone: "theirs", type: "simple", ipam: "pve", nodes: "pve1" });
  await send(stage, "POST", "/cluster/sdn/vnets", { vnet: "their1", zone: "theirs" });
  await send(stage, "POST", "/cluster/sdn/vnets/their1/subnets", {
    type: "subnet",
    subnet: "172.30.0.0/24",
    gateway: "172.30.0.1",
  });
  await send(stage, "PUT", "/cluster/sdn", {});
  return (await readLive(stage)).running;
}
