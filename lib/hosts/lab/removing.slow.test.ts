import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addGuest, type Lab, labReason, startLab, withoutLab } from "../testing/lab";
import { labState, labSubnet, labVnet } from "../testing/lab-state";

/** Two zones, two subnets on one VNet, both families, routes: everything the agent can leave somewhere. */
const six = { cidr: "2001:db8:10::/64", gateway: "2001:db8:10::1", snat: null, dhcp: null };
const one = labVnet("vnetone", [labSubnet("10.10.0"), labSubnet("10.11.0"), six], { ra: { mode: "slaac" } });
const two = labVnet("vnettwo", [labSubnet("10.20.0")], { mac: "02:54:4c:00:00:14", forward: "deny" });
const full = labState(1, [one, two], {
  repairSeconds: 15,
  routes: [{ destination: "10.99.0.0/16", via: "10.10.0.5" }],
});

/** Everything on the node that could differ, without what the kernel counts. */
const LOOK = `cat /sys/class/net/vnetone/address /sys/class/net/vnettwo/address
  ip -o address show | sed 's/ *valid_lft.*//' | grep -v 'tap\\|fe80'
  ip route; ip -6 route | grep -v fe80 || true
  nft -s list ruleset; iptables-save | grep -v '^#'
  sysctl -a 2>/dev/null | grep -E 'forwarding|accept_ra ' | sort
  find /etc /var/lib /run -newer /run/mark -type f ! -path '/run/systemctl/*' | sort
  find /etc /usr/local /var/lib /run -name '*trunkline*' ! -path '/run/systemctl/*' | sort
  ps -eo args | grep '[d]nsmasq --' || true`;

describe.skipIf(withoutLab)(`a node that is left${labReason}`, { timeout: 120_000 }, () => {
  let lab: Lab;
  let before: string;
  beforeAll(async () => {
    lab = await startLab();
    lab.sdn({ vnetone: 10, vnettwo: 20 });
    addGuest(lab, { name: "guest", vnet: "vnetone", id: 101, mac: "bc:24:11:00:00:01" });
    // What belongs to others, as like ours as may be.
    lab.sh(`nft add table inet trunkline2; nft add chain inet trunkline2 input '{ type filter hook input priority 5; }'
      nft add rule inet trunkline2 input iifname vnetone counter accept
      iptables -t nat -A POSTROUTING -s 10.10.0.0/24 -o vmbr0 -j MASQUERADE
      ip address add 10.12.0.1/24 dev vnetone; ip route add 10.98.0.0/16 via 203.0.113.1
      ip route add 10.97.0.0/16 via 203.0.113.1 proto 251
      printf 'iface vnetone\\n\\tmtu 1500\\n' > /etc/network/interfaces.d/others
      mkdir -p /etc/dnsmasq.d; echo '# mine' > /etc/dnsmasq.d/vnetone.conf
      ip netns exec guest true; touch /run/mark`);
    before = lab.sh(LOOK);
  }, 60_000);
  afterAll(() => lab?.stop());

  it("removal leaves nothing behind and everything of others, and a second one finds nothing", () => {
    expect(lab.agent("put", full)).toMatchObject({ exit: 0, pending: [] });
    expect(lab.sh(LOOK)).not.toBe(before);
    const removed = lab.agent("remove");
    expect(removed).toMatchObject({ exit: 0, revision: null, pending: [], error: null });
    expect(removed.changes.length).toBeGreaterThan(10);
    expect(lab.sh(LOOK)).toBe(before);
    expect(lab.agent("remove")).toMatchObject({ exit: 0, changes: [], pending: [], error: null });
    expect(lab.sh(LOOK)).toBe(before);
  });

  it("a VNet that leaves the state takes all of its own and nothing of its neighbour", () => {
    expect(lab.agent("put", full)).toMatchObject({ exit: 0 });
    const put = lab.agent("put", { ...full, revision: 2, vnets: [two], routes: [] });
    expect(put).toMatchObject({ exit: 0, pending: [] });
    const objects = put.changes.map(({ object }) => object);
    expect(objects).toContain("vnetone 10.11.0.1/24");
    expect(objects.join()).not.toMatch(/vnettwo|10\.20/);
    // The node would listen to the last advertisement of its own server, and have an address among the guests.
    expect(objects.indexOf("vnetone")).toBeLessThan(objects.indexOf("ipv6/conf/all/forwarding"));
    expect(lab.sh("ip -6 -o address show vnetone")).not.toContain("2001:");
    expect(lab.sh("ip -o -4 address show vnetone")).toContain("10.12.0.1/24");
    expect(lab.works("systemctl is-active trunkline-dhcp@vnettwo.service")).toBe(true);
    expect(lab.agent("apply")).toMatchObject({ exit: 0, changes: [] });
  });

  it("removal works with a damaged state, and without what was noted as applied", () => {
    expect(lab.agent("put", { ...full, revision: 3 })).toMatchObject({ exit: 0 });
    lab.sh("echo '{' > /etc/trunkline/state.json");
    expect(lab.agent("remove")).toMatchObject({ exit: 0, pending: [] });
    expect(lab.sh(LOOK)).toBe(before);
    expect(lab.agent("put", full)).toMatchObject({ exit: 0 });
    lab.sh("rm /var/lib/trunkline/applied.json");
    expect(lab.agent("remove")).toMatchObject({ exit: 0, pending: [] });
    expect(lab.sh("find /etc /var/lib -name 'state.json'; nft list tables; ip route show proto 250")).not.toMatch(
      /trunkline\n|proto 250|state\.json/,
    );
    expect(lab.sh("ip -o address show dev vnetone")).not.toContain("10.10.0.1/24");
  });

  it("the uninstaller takes the services off first, then the agent", () => {
    expect(lab.agent("put", full)).toMatchObject({ exit: 0 });
    lab.sh("sh /run/install.sh --uninstall 2>&1");
    expect(
      lab.sh("find /etc /usr/local /var/lib -name '*trunkline*'; nft list tables | grep -v trunkline2"),
    ).not.toContain("trunkline");
  });
});
