import { demandAny, may } from "@/lib/simulator/access/check";
import { listPackages } from "@/lib/simulator/control/circumstances";
import type { Context, Handlers } from "@/lib/simulator/http/context";
import { badParameters, died } from "@/lib/simulator/http/refusal";
import { listInterfaces, readInterface } from "@/lib/simulator/nodes/network-list";
import { reloadOneNode } from "@/lib/simulator/nodes/reload";
import { nodeHealth } from "@/lib/simulator/nodes/zone-status";
import { text } from "@/lib/simulator/schema/parameters";
import { versions } from "@/lib/simulator/schema/releases";
import { committed } from "@/lib/simulator/sdn/sdn-config";
import { option } from "@/lib/simulator/sdn/section";

const gibibyte = 1024 ** 3;

function load() {
  return {
    cpu: 0.04,
    maxcpu: 8,
    mem: 6 * gibibyte,
    maxmem: 32 * gibibyte,
    disk: 9 * gibibyte,
    maxdisk: 94 * gibibyte,
    uptime: 864_000,
  };
}

const fingerprint = Array.from({ length: 32 }, (_, index) =>
  (index * 7 + 16).toString(16).toUpperCase().padStart(2, "0"),
).join(":");

function listNodes({ cluster, caller }: Context) {
  return cluster.scene.nodes.map(({ name }) => {
    const online = !cluster.isOffline(name);
    const seen = may(caller, `/nodes/${name}`, ["Sys.Audit"]);
    return {
      node: name,
      id: `node/${name}`,
      type: "node",
      status: online ? "online" : "offline",
      level: "",
      ssl_fingerprint: fingerprint,
      ...(seen && online ? load() : {}),
    };
  });
}

function clusterStatus({ cluster }: Context) {
  const { scene } = cluster;
  const online = scene.nodes.filter((node) => !cluster.isOffline(node.name)).length;
  const nodes = scene.nodes.map((node, index) => ({
    type: "node",
    id: `node/${node.name}`,
    name: node.name,
    nodeid: String(index + 1),
    ip: scene.statusAddress?.(index) ?? node.address,
    local: index === 0 ? 1 : 0,
    online: cluster.isOffline(node.name) ? 0 : 1,
    level: "",
  }));
  const quorate = online * 2 > scene.nodes.length && !cluster.flags.has("no-quorum") ? 1 : 0;
  const head = { type: "cluster", id: "cluster", name: scene.clusterName, nodes: nodes.length, quorate, version: 3 };
  return [head, ...nodes];
}

function zoneContent({ cluster, parameters }: Context) {
  const zone = text(parameters, "zone");
  const { vnets } = nodeHealth(cluster, cluster.node(text(parameters, "node")));
  return vnets.filter((one) => one.zone === zone).map(({ vnet, status, statusmsg }) => ({ vnet, status, statusmsg }));
}

function zoneBridges({ cluster, parameters }: Context) {
  const zone = text(parameters, "zone");
  const node = cluster.node(text(parameters, "node"));
  if (zone === "localnetwork")
    return node.interfaces
      .filter((one) => one.type === "bridge")
      .map((one) => ({
        name: one.iface,
        vlan_filtering: one.bridge_vlan_aware ?? 0,
        ports: (one.bridge_ports ?? "")
          .split(" ")
          .map((name) => (one.bridge_vlan_aware === 1 ? { name, vlans: [] } : { name })),
      }));
  if (!committed(cluster.running, "zones").has(zone)) throw badParameters({ zone: "zone does not exist" });
  const { vnets } = nodeHealth(cluster, node);
  return vnets.filter((one) => one.zone === zone).map((one) => ({ name: one.vnet, vlan_filtering: null, ports: [] }));
}

/** Routing tables need a running FRR; only the refusals for other zone types are simulated. */
function routes({ cluster, parameters }: Context) {
  const zone = text(parameters, "zone");
  if (option(committed(cluster.running, "zones").get(zone) ?? undefined, "type") !== "evpn")
    throw badParameters({ zone: "zone is not an EVPN zone" });
  return [];
}

function macRoutes({ cluster, caller, parameters }: Context) {
  const id = text(parameters, "vnet");
  const vnet = committed(cluster.running, "vnets").get(id);
  if (!vnet) throw died(`sdn vnet '${id}' does not exist`);
  const zone = option(vnet, "zone");
  demandAny(caller, `/sdn/zones/${zone}/${id}`, ["SDN.Audit"]);
  if (option(committed(cluster.running, "zones").get(zone) ?? undefined, "type") !== "evpn")
    throw badParameters({ zone: `zone ${zone} is not an EVPN zone.` });
  return [];
}

function nodeStatus({ cluster }: Context) {
  const { mem, maxmem, disk, maxdisk, cpu, uptime, maxcpu } = load();
  return {
    uptime,
    cpu,
    cpuinfo: { cpus: maxcpu, cores: maxcpu / 2, sockets: 1, model: "Simulated processor" },
    memory: { used: mem, total: maxmem, free: maxmem - mem },
    rootfs: { used: disk, total: maxdisk, free: maxdisk - disk, avail: maxdisk - disk },
    kversion: "Linux 6.17.2-1-pve",
    pveversion: `pve-manager/${versions[cluster.release].version}/${versions[cluster.release].repoid}`,
  };
}

/** Nodes, their interfaces and how the SDN does on them. */
export const nodeHandlers: Handlers = {
  "GET /version": ({ cluster }) => versions[cluster.release],
  "GET /nodes": listNodes,
  "GET /cluster/status": clusterStatus,
  "GET /nodes/{node}/status": nodeStatus,
  "GET /nodes/{node}/network": listInterfaces,
  "PUT /nodes/{node}/network": ({ cluster, caller, parameters }) =>
    reloadOneNode(cluster, cluster.node(text(parameters, "node")), caller.id),
  "GET /nodes/{node}/network/{iface}": readInterface,
  "GET /nodes/{node}/apt/versions": ({ cluster, parameters }) =>
    listPackages(cluster, cluster.node(text(parameters, "node"))),
  "GET /nodes/{node}/sdn": () => ["fabrics", "vnets", "zones"].map((name) => ({ name })),
  "GET /nodes/{node}/sdn/zones": ({ cluster, parameters }) =>
    [...nodeHealth(cluster, cluster.node(text(parameters, "node"))).zones].map(([zone, status]) => ({ zone, status })),
  "GET /nodes/{node}/sdn/zones/{zone}": () => ["content", "bridges", "ip-vrf"].map((subdir) => ({ subdir })),
  "GET /nodes/{node}/sdn/zones/{zone}/content": zoneContent,
  "GET /nodes/{node}/sdn/zones/{zone}/bridges": zoneBridges,
  "GET /nodes/{node}/sdn/zones/{zone}/ip-vrf": routes,
  "GET /nodes/{node}/sdn/vnets/{vnet}": () => [{ subdir: "mac-vrf" }],
  "GET /nodes/{node}/sdn/vnets/{vnet}/mac-vrf": macRoutes,
};
