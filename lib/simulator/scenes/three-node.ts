import { bridge, port } from "@/lib/simulator/scenes/build-interfaces";
import { auditorToken, demoToken } from "@/lib/simulator/scenes/demo-tokens";
import type { Scene, SceneGuest, SceneNode } from "@/lib/simulator/scenes/scene";

function node(index: number): SceneNode {
  const address = `192.0.2.${10 + index}`;
  const interfaces = [
    port("eno1", 3, true),
    port("eno2", 4, true),
    bridge("vmbr0", 5, "eno1", { vlanAware: true, address, live: true }),
  ];
  if (index < 3) interfaces.push(bridge("vmbr1", 6, "eno2", { vlanAware: false, live: true }));
  return { name: `pve${index}`, address, interfaces };
}

type Nic = readonly [bridge: string, tag?: number];

function guest(
  kind: "qemu" | "lxc",
  vmid: number,
  nodeNumber: number,
  name: string,
  state: "running" | "stopped" | "template",
  ...nics: Nic[]
): SceneGuest {
  const nets = nics.map(([on, tag], index): [string, string] => {
    const mac = `BC:24:11:${[vmid >> 8, vmid & 255, index].map((part) => part.toString(16).padStart(2, "0").toUpperCase()).join(":")}`;
    const vlan = tag === undefined ? "" : `,tag=${tag}`;
    const text =
      kind === "qemu"
        ? `virtio=${mac},bridge=${on},firewall=1${vlan}`
        : `name=eth${index},bridge=${on},hwaddr=${mac},ip=dhcp${vlan},type=veth`;
    return [`net${index}`, text];
  });
  const running = state === "running";
  return {
    kind,
    vmid,
    node: `pve${nodeNumber}`,
    name,
    running,
    template: state === "template",
    nets: Object.fromEntries(nets),
  };
}

/** A small, believable cluster: three nodes, a dozen guests, no SDN yet. */
export const threeNodeScene: Scene = {
  name: "three-node",
  clusterName: "demo",
  nodes: [1, 2, 3].map(node),
  guests: [
    guest("qemu", 100, 1, "fw-edge", "running", ["vmbr0"], ["vmbr1"]),
    guest("qemu", 101, 1, "dc01", "running", ["vmbr0"]),
    guest("qemu", 102, 2, "files", "running", ["vmbr0"]),
    guest("qemu", 103, 2, "mail", "stopped", ["vmbr0", 40]),
    guest("qemu", 104, 3, "build-runner", "running", ["vmbr0"]),
    guest("qemu", 105, 1, "lab-win11", "stopped", ["vmbr1"]),
    guest("qemu", 106, 2, "backup", "stopped", ["vmbr0"], ["vmbr1"]),
    guest("qemu", 900, 1, "debian-13-template", "template", ["vmbr0"]),
    guest("lxc", 200, 1, "dns1", "running", ["vmbr0"]),
    guest("lxc", 201, 2, "dns2", "running", ["vmbr0"]),
    guest("lxc", 202, 3, "proxy", "running", ["vmbr0", 30]),
    guest("lxc", 203, 3, "wiki", "stopped", ["vmbr0"]),
  ],
  accounts: { tokens: [demoToken, auditorToken], passwords: [] },
  defaults: { control: false, speed: "real" },
};
