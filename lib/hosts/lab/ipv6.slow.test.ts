import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addGuest, type Lab, labReason, startLab, withoutLab } from "../testing/lab";
import { labState, labVnet } from "../testing/lab-state";

const MAC = "02:54:4c:00:00:0a";
const LINK_LOCAL = "fe80::54:4cff:fe00:a";
const GUEST = "bc:24:11:00:00:01";

/** 2001:db8:10::/64 with NAT66 and what a guest can be told, in one of the three ways. */
const served = (mode: "slaac" | "stateless" | "stateful") =>
  labVnet(
    "vnetsix",
    [
      {
        cidr: "2001:db8:10::/64",
        gateway: "2001:db8:10::1",
        snat: { uplink: "vmbr0", exclude: ["fd00::/8"] },
        dhcp: {
          ranges: [{ start: "2001:db8:10::1000", end: "2001:db8:10::1fff" }],
          lease: "7m",
          domain: "six.example",
          dnsServers: ["2001:db8:ffff::53"],
          reservations: [{ mac: GUEST, ip: "2001:db8:10::5", hostname: "bastion" }],
          options: { search: ["b.example"] },
        },
      },
    ],
    { mac: MAC, ra: { mode } },
  );

describe.skipIf(withoutLab)(`a node that serves IPv6${labReason}`, { timeout: 120_000 }, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
    // The node's own default route comes from an advertisement, which a forwarding node would stop hearing.
    lab.sh(`ip -n internet address add 2001:db8:ffff::1/64 dev eth0 nodad
      ip -n internet address add 2001:db8:fffe::1/128 dev lo
      cat >/run/up.conf <<'END'
port=0
interface=eth0
bind-interfaces
enable-ra
ra-param=eth0,0,1800
dhcp-range=2001:db8:ffff::,ra-only,64
END
      ip netns exec internet dnsmasq --conf-file=/run/up.conf --pid-file=/run/up.pid --user=root`);
    lab.sdn({ vnetsix: 60 });
    // ifupdown2 switches forwarding on for every bridge with an address, and the kernel then hears no advertisement there.
    await lab.until("echo 0 > /proc/sys/net/ipv6/conf/vmbr0/forwarding; rdisc6 -1 vmbr0");
    await lab.until("ip -6 route show default proto ra | grep -q vmbr0");
    addGuest(lab, { name: "guest", vnet: "vnetsix", id: 101, mac: GUEST });
    lab.inside(
      "guest",
      "echo 1 > /proc/sys/net/ipv6/conf/eth0/autoconf; echo 1 > /proc/sys/net/ipv6/conf/eth0/accept_ra",
    );
  }, 60_000);
  afterAll(() => lab?.stop());

  it("forwards for guests, and keeps its own default route that was advertised", async () => {
    const put = lab.agent("put", labState(1, [served("slaac")]));
    expect(put).toMatchObject({ exit: 0, pending: [] });
    const order = put.changes.map(({ object }) => object);
    expect(order.indexOf("ipv6/conf/vmbr0/accept_ra")).toBeLessThan(order.indexOf("ipv6/conf/all/forwarding"));
    expect(order).toContain("ipv6/conf/vmbr0/accept_ra");
    expect(lab.sh("cat /proc/sys/net/ipv6/conf/all/forwarding /proc/sys/net/ipv6/conf/vmbr0/accept_ra")).toBe("1\n2");
    expect(lab.sh("ip -6 route show default proto ra")).toContain("vmbr0");
    expect(lab.agent("apply")).toMatchObject({ exit: 0, changes: [] });
  });

  it("slaac: guests make their own address, and reach the internet through the router's pinned link-local address", async () => {
    await lab.until("ip netns exec guest ip -6 address show eth0 scope global | grep -q 2001:db8:10:");
    expect(lab.inside("guest", "ip -6 route show default")).toContain(LINK_LOCAL);
    await lab.until("ip netns exec guest ping -6 -c 1 -W 1 2001:db8:fffe::1");
    const heard = lab.inside("guest", "rdisc6 -1 -q -m eth0 || rdisc6 -1 eth0");
    expect(heard).toContain("2001:db8:10::/64");
  });

  it("stateless: and DHCPv6 tells them the rest", () => {
    expect(lab.agent("put", labState(2, [served("stateless")]))).toMatchObject({ exit: 0 });
    const heard = lab.inside("guest", "rdisc6 -1 eth0");
    expect(heard).toMatch(/Stateful other conf\.\s*:\s+Yes/);
    expect(heard).toMatch(/Autonomous address conf\.\s*:\s+Yes/);
    expect(heard).toContain("2001:db8:ffff::53");
    expect(heard).toContain("six.example");
  });

  it("stateful: DHCPv6 gives the reservation and the range, with DNS and search list", async () => {
    expect(lab.agent("put", labState(3, [served("stateful")]))).toMatchObject({ exit: 0 });
    expect(lab.inside("guest", "rdisc6 -1 eth0")).toMatch(/Stateful address conf\.\s*:\s+Yes/);
    lab.inside(
      "guest",
      `printf '#!/bin/sh\n[ "$reason" != BOUND6 ] || env >/run/six; exit 0\n' >/run/six-script; chmod 755 /run/six-script
      dhclient -6 -1 -d -D LL -lf /run/six.leases -pf /run/six.pid -sf /run/six-script eth0 >/dev/null 2>&1 &`,
    );
    await lab.until("grep -q new_dhcp6_domain_search /run/six");
    const env = lab.sh("cat /run/six");
    expect(env).toContain("new_ip6_address=2001:db8:10::5");
    expect(env).toContain("new_dhcp6_name_servers=2001:db8:ffff::53");
    expect(env).toMatch(/new_dhcp6_domain_search=six\.example\.? b\.example/);
    expect(lab.agent("status").leases).toContainEqual(
      expect.objectContaining({ vnet: "vnetsix", mac: GUEST, ip: "2001:db8:10::5" }),
    );
  });

  it("heals after a reload, and forgets everything with the last IPv6 subnet", async () => {
    lab.sh("ip -6 address flush dev vnetsix scope global; ifreload -a");
    await lab.until("trunkline-host plan");
    expect(lab.sh("ip -6 -o address show vnetsix")).toContain("2001:db8:10::1/64");
    expect(lab.sh("ip -6 -o address show vnetsix")).toContain(LINK_LOCAL);
    expect(lab.agent("put", labState(4, []))).toMatchObject({ exit: 0, pending: [] });
    expect(lab.sh("cat /proc/sys/net/ipv6/conf/all/forwarding /proc/sys/net/ipv6/conf/vmbr0/accept_ra")).toBe("0\n1");
    expect(lab.sh("ip -6 -o address show vnetsix")).not.toMatch(/2001:|54:4cff/);
  });
});
