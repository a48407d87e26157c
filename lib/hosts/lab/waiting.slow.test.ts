import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addGuest, type Lab, labReason, startLab, takeLease, withoutLab } from "../testing/lab";
import { labState, labSubnet, labVnet } from "../testing/lab-state";

/** Gateways that cannot be had at once, because the VNet is not there yet or somebody else is the router; and none lost. */
const GUEST = "bc:24:11:00:00:01";
const inOrder = "trunkline-host plan";
const mgmt = (more = {}) =>
  labVnet(
    "vnetmgmt",
    [labSubnet("10.10.0", { reservations: [{ mac: GUEST, ip: "10.10.0.5", hostname: null }] })],
    more,
  );

const forwards = "bridge link show dev vmbr0.50 | grep 'state forwarding'";

describe.skipIf(withoutLab)(`a gateway that has to wait${labReason}`, { timeout: 120_000 }, () => {
  let lab: Lab;
  let revision = 0;
  const put = (vnets = [mgmt()]) => lab.agent("put", labState(++revision, vnets));
  beforeAll(async () => {
    lab = await startLab();
    lab.sdn({ vnetmgmt: 10 });
    addGuest(lab, { name: "guest", vnet: "vnetmgmt", id: 101, mac: GUEST });
    expect(put()).toMatchObject({ exit: 0, pending: [] });
  }, 60_000);
  afterAll(() => lab?.stop());

  it("a VNet that is not there yet waits, and is served when it appears", async () => {
    const late = labVnet("vnetlate", [labSubnet("10.40.0")], { mac: "02:54:4c:00:00:28" });
    expect(put([late, mgmt()])).toMatchObject({ exit: 4, pending: [{ object: "vnetlate" }] });
    lab.sdn({ vnetmgmt: 10, vnetlate: 40 });
    await lab.until(inOrder);
    expect(lab.sh("ip -4 -o address show vnetlate")).toContain("10.40.0.1/24");
    expect(lab.works("systemctl is-active trunkline-dhcp@vnetlate.service")).toBe(true);
    expect(put()).toMatchObject({ exit: 0 });
    expect(lab.works("systemctl is-active trunkline-dhcp@vnetlate.service")).toBe(false);
    expect(lab.sh("ip -4 -o address show vnetlate; ls /etc/trunkline/dhcp /var/lib/trunkline/leases")).not.toMatch(
      /late|10\.40/,
    );
    lab.sdn({ vnetmgmt: 10 });
  });

  it("a gateway that somebody else has is not taken, and is taken once it is free", async () => {
    lab.sdn({ vnetmgmt: 10, vnetdup: 50 });
    lab.sh(`ip netns add rival; ip link set wire50 netns rival; ip -n rival link set wire50 up
      ip -n rival address add 10.50.0.1/24 dev wire50; ip -n rival address add 2001:db8:50::1/64 dev wire50 nodad`);
    // The cable is new: the kernel lets packets through it a moment later.
    await lab.until(forwards);
    const six = { cidr: "2001:db8:50::/64", gateway: "2001:db8:50::1", snat: null, dhcp: null };
    const dup = (subnet: typeof six | ReturnType<typeof labSubnet>) =>
      labVnet("vnetdup", [subnet], { mac: "02:54:4c:00:00:32" });
    const mac = lab.sh("ip netns exec rival cat /sys/class/net/wire50/address");
    for (const subnet of [labSubnet("10.50.0"), six]) {
      const taken = put([dup(subnet), mgmt()]);
      expect(taken).toMatchObject({ exit: 4, pending: [{ object: "vnetdup" }] });
      expect(taken.pending[0]?.reason).toContain(mac);
      expect(lab.sh("ip -o address show vnetdup; cat /etc/network/interfaces.d/trunkline")).not.toContain(
        subnet.gateway,
      );
      expect(lab.works("systemctl is-active trunkline-dhcp@vnetdup.service")).toBe(false);
      expect(lab.agent("status").pending[0]?.reason).toContain(mac);
      lab.sh(`ip -n rival address flush dev wire50 to ${subnet.gateway}`);
      expect(lab.agent("apply")).toMatchObject({ exit: 0, pending: [] });
      expect(lab.sh("ip -o address show vnetdup")).toContain(subnet.gateway);
    }
    expect(put()).toMatchObject({ exit: 0 });
    lab.sdn({ vnetmgmt: 10 });
  });

  it("a gateway that another node brought up too, with the same MAC, is told after a boot and goes on being told", async () => {
    lab.sdn({ vnetmgmt: 10, vnetdup: 50 });
    const dup = labVnet("vnetdup", [labSubnet("10.50.0")], { mac: "02:54:4c:00:00:32" });
    expect(put([dup, mgmt()])).toMatchObject({ exit: 0 });
    lab.sh(`ip netns add double; ip link set wire50 netns double
      ip -n double link set wire50 address 02:54:4c:00:00:32 up; ip -n double address add 10.50.0.1/24 dev wire50`);
    await lab.until(forwards);
    expect(lab.agent("apply")).toMatchObject({ exit: 0, changes: [] });
    lab.sh("rm -r /run/trunkline");
    expect(lab.agent("apply").pending[0]).toMatchObject({ object: "vnetdup" });
    expect(lab.agent("status").pending[0]?.reason).toContain("02:54:4c:00:00:32");
    expect(lab.agent("apply").pending[0]).toMatchObject({ object: "vnetdup" });
    lab.sh("ip -n double address flush dev wire50");
    expect(lab.agent("apply")).toMatchObject({ exit: 0, changes: [], pending: [] });
    expect(put()).toMatchObject({ exit: 0 });
    lab.sdn({ vnetmgmt: 10 });
  });

  it("not one ping is lost through three reloads and twenty applies that replace the table", async () => {
    expect(takeLease(lab, "guest")["ip"]).toBe("10.10.0.5");
    lab.sh("ip netns exec guest ping -i 0.02 198.51.100.1 >/run/ping.log 2>&1 & echo $! >/run/ping.pid");
    for (let at = 0; at < 20; at += 1) {
      if (at % 7 === 3) lab.sh("ifreload -a");
      const guardExceptions = [{ protocol: "tcp" as const, port: 1000 + at }];
      expect(put([mgmt({ guardExceptions })])).toMatchObject({ exit: 0 });
    }
    await lab.until("grep -q icmp_seq=200 /run/ping.log");
    lab.sh("kill -INT $(cat /run/ping.pid)");
    const seen = [...lab.sh("cat /run/ping.log").matchAll(/icmp_seq=(\d+) ttl/g)].map((match) => Number(match[1]));
    expect(seen.length).toBeGreaterThanOrEqual(200);
    expect(seen).toEqual(seen.map((_, at) => at + 1));
  });
});
