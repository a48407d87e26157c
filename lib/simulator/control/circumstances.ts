import type { Cluster } from "@/lib/simulator/cluster/cluster";
import type { SceneGuest, SceneInterface, SceneNode } from "@/lib/simulator/scenes/scene";

/**
 * What flags change about a scene while it runs; each goes with the next reset:
 * - `guest-300` = `qemu pve1 running vnetdev [MAC]` (or `lxc`, `stopped`, `template`): one more guest with one interface.
 * - `interfaces-new-pve2` = a diff: the node has network edits of its own waiting.
 * - `interface-pve1-vmbr0.10` = `192.0.2.50/24` (or nothing): one more VLAN interface with an address.
 * - `mtu-pve1-vmbr0` = `9000`.
 * - `without-frr-pythontools-pve3`: the package is not installed there.
 * - `no-quorum`.
 */

const kinds = { qemu: "qemu", lxc: "lxc" } as const;

function guestFrom(vmid: number, text: string): SceneGuest | undefined {
  const [kind = "", node = "", state = "", bridge = "", mac = "BC:24:11:00:00:99"] = text.split(" ");
  const known = Object.entries(kinds).find(([name]) => name === kind)?.[1];
  if (known === undefined || bridge === "") return undefined;
  const net =
    known === "qemu" ? `virtio=${mac},bridge=${bridge}` : `name=eth0,bridge=${bridge},hwaddr=${mac},type=veth`;
  return {
    vmid,
    node,
    kind: known,
    name: `guest${vmid}`,
    running: state === "running",
    template: state === "template",
    nets: { net0: net },
  };
}

/** The scene's guests and those a flag has added. */
export function guestsOf(cluster: Cluster): readonly SceneGuest[] {
  const added = [...cluster.flags].flatMap(([flag, text]) => {
    const vmid = /^guest-(\d+)$/.exec(flag)?.[1];
    return vmid === undefined ? [] : (guestFrom(Number(vmid), text) ?? []);
  });
  return [...cluster.scene.guests, ...added];
}

/** A node's interfaces with what flags say about them. */
export function interfacesOf(cluster: Cluster, node: SceneNode): readonly SceneInterface[] {
  const own = node.interfaces.map((one): SceneInterface => {
    const mtu = cluster.flags.get(`mtu-${node.name}-${one.iface}`);
    return mtu === undefined ? one : { ...one, mtu };
  });
  const start = `interface-${node.name}-`;
  const added = [...cluster.flags].flatMap(([flag, text], index): SceneInterface[] => {
    if (!flag.startsWith(start)) return [];
    const address = text.includes("/") ? { cidr: text, method: "static" } : { method: "manual" };
    return [{ iface: flag.slice(start.length), type: "vlan", priority: 20 + index, active: 1, exists: 1, ...address }];
  });
  return [...own, ...added];
}

/** The diff of a node's own waiting edits; nothing when there are none. */
export const waitingEdits = (cluster: Cluster, node: SceneNode): string | undefined =>
  cluster.flags.get(`interfaces-new-${node.name}`);

const packages: Readonly<Record<string, string>> = {
  "pve-manager": "9.2.11",
  "libpve-network-perl": "1.3.0",
  ifupdown2: "3.3.0-1+pmx11",
  "frr-pythontools": "10.4.1-1+pve1",
  dnsmasq: "2.91-1",
};

/** GET /nodes/{node}/apt/versions, as far as it concerns networks. From the documentation, not recorded. */
export function listPackages(cluster: Cluster, node: SceneNode): readonly unknown[] {
  return Object.entries(packages).map(([name, version]) => {
    const missing = cluster.flags.has(`without-${name}-${node.name}`);
    const state = missing ? { CurrentState: "NotInstalled" } : { CurrentState: "Installed", OldVersion: version };
    return { Package: name, Title: name, Version: version, Origin: "Proxmox", ...state };
  });
}
