import { expect, test } from "vitest";
import { toNics } from "./guest-nics";

const guest = { vmid: 100, type: "qemu" as const, node: "pve1", name: "fw", status: "running", template: false };

test("interfaces in order, with bridge and tag; what is no interface or has no bridge is left out", () => {
  const config = {
    net10: "virtio=BC:24:11:00:00:0A,bridge=web",
    net2: "e1000=BC:24:11:00:00:02,bridge=vmbr0,firewall=1,tag=40,trunks=2;3",
    net0: "name=eth0,bridge=vnetmgmt,hwaddr=BC:24:11:00:00:01,ip=dhcp,type=veth",
    net3: "virtio=BC:24:11:00:00:03",
    netdev: "x",
    description: "bridge=vmbr9",
  };
  expect(toNics(guest, config).map(({ nic, bridge, tag }) => [nic, bridge, tag])).toEqual([
    ["net0", "vnetmgmt", null],
    ["net2", "vmbr0", 40],
    ["net10", "web", null],
  ]);
});

test("a guest without a name goes by its number", () => {
  const [nic] = toNics({ ...guest, name: undefined, status: "stopped" }, { net0: "virtio=x,bridge=a" });
  expect(nic).toMatchObject({ name: "100", running: false });
});
