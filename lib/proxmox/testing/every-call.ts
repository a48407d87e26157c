import type { Failure } from "@/lib/core/failure";
import type { Cluster, LockToken } from "@/lib/core/ports";
import type { Result } from "@/lib/core/result";
import { create, remove, subnet, update, vnet, zone } from "./steps";

const UPID = "UPID:pve1:0000130E:0004EFDD:6B04C6B3:srvreload:networking:root@pam:";
const ADDRESS = {
  zone: "lab",
  vnet: "bench",
  subnet: "10.20.0.0/24",
  ip: "10.20.0.5",
  mac: "BC:24:11:00:00:05",
  vmid: null,
  hostname: null,
  gateway: false,
};
const lan = zone("lan", { type: "vlan", bridge: "vmbr0" });
const web = vnet("web", { zone: "lan", tag: 10 });
const net = subnet("web", "lan", "10.10.0.0/24", { gateway: "10.10.0.1" });

type Ask = (cluster: Cluster, token: LockToken | null) => Promise<Result<unknown, Failure>>;

/** Every way to make the client speak, by name; the writes of steps once per kind. */
export const everyRead: Readonly<Record<string, Ask>> = {
  readConfig: (cluster) => cluster.readConfig(),
  readFacts: (cluster) => cluster.readFacts(),
  "readFacts without guests": (cluster) => cluster.readFacts({ guests: false }),
  readSnapshot: (cluster) => cluster.readSnapshot(),
  readNetwork: (cluster) => cluster.readNetwork("pve1"),
  readFirewalls: async (cluster) => {
    const { pve1 } = await cluster.readFirewalls(["pve1"]);
    if (!pve1) throw new Error("each node that was asked for has an answer");
    return pve1;
  },
  dryRun: (cluster) => cluster.dryRun("pve1"),
  readTask: (cluster) => cluster.readTask(UPID),
  readTaskLog: (cluster) => cluster.readTaskLog(UPID),
  readReloadTasks: (cluster) => cluster.readReloadTasks("pve1", 1_700_000_000),
  "readReloadTasks of parents": (cluster) => cluster.readReloadTasks("pve1", 1_700_000_000, "reloadnetworkall"),
  readZoneStatus: (cluster) => cluster.readZoneStatus("pve1", ["z1", "z2"]),
};

export const everyWrite: Readonly<Record<string, Ask>> = {
  lock: (cluster) => cluster.lock({ allowPending: false }),
  "lock over pending changes": (cluster) => cluster.lock({ allowPending: true }),
  unlock: (cluster, token) => cluster.unlock(token),
  "unlock by force": (cluster, token) => cluster.unlock(token, { force: true }),
  "create zone": (cluster, token) => cluster.write(create(lan), token),
  "change zone": (cluster, token) => cluster.write(update(lan, { ...lan.props, mtu: 1400 }), token),
  "remove zone": (cluster, token) => cluster.write(remove(lan), token),
  "create vnet": (cluster, token) => cluster.write(create(web), token),
  "change vnet": (cluster, token) => cluster.write(update(web, { ...web.props, tag: 11 }), token),
  "remove vnet": (cluster, token) => cluster.write(remove(web), token),
  "create subnet": (cluster, token) => cluster.write(create(net), token),
  "change subnet": (cluster, token) => cluster.write(update(net, { vnet: "web", zone: "lan" }), token),
  "remove subnet": (cluster, token) => cluster.write(remove(net), token),
  reserveAddress: (cluster) => cluster.reserveAddress(ADDRESS),
  "reserveAddress without mac": (cluster) => cluster.reserveAddress({ ...ADDRESS, mac: null }),
  releaseAddress: (cluster) => cluster.releaseAddress(ADDRESS),
  commit: (cluster, token) => cluster.commit(token),
  rollback: (cluster, token) => cluster.rollback(token),
  reloadNode: (cluster) => cluster.reloadNode("pve1"),
};
