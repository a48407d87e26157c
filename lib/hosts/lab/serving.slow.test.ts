import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addGuest, type Lab, labReason, startLab, takeLease, withoutLab } from "../testing/lab";
import { labState, labSubnet, labVnet } from "../testing/lab-state";

const BASTION = "bc:24:11:00:00:01";
const BEHIND = "bc:24:11:00:00:02";
const DEV = "bc:24:11:00:00:03";
const reserved = [{ mac: BASTION, ip: "10.10.0.5", hostname: "bastion" }];
const options = { "ntp-servers": ["10.10.0.2"], search: ["a.example", "b.example"], mtu: 1400 };

/** Two zones on one node: vnetmgmt with two subnets, and vnetdev whose guests may not reach the others. */
const dev = labVnet(
  "vnetdev",
  [labSubnet("10.20.0", { reservations: [{ mac: DEV, ip: "10.20.0.5", hostname: null }] })],
  { mac: "02:54:4c:00:00:14", forward: "deny" },
);
const mgmt = (reservations = reserved, more = {}) =>
  labVnet(
    "vnetmgmt",
    [
      labSubnet("10.10.0", { reservations, options }),
      labSubnet("10.11.0", { ranges: [], domain: null }, { snat: { uplink: "vmbr0", exclude: ["203.0.113.0/24"] } }),
    ],
    more,
  );
const pinged = (to: string) => `ping -c 1 -W 1 ${to} >/dev/null`;
const connects = (to: string, port: number) =>
  `timeout 3 /usr/bin/python3 -c 'import socket; socket.create_connection(("${to}", ${port}), 1)'`;

describe.skipIf(withoutLab)(`a node that serves${labReason}`, { timeout: 120_000 }, () => {
  let lab: Lab;
  const reaches = (name: string, script: string) => lab.works(`ip netns exec ${name} ${script}`);
  beforeAll(async () => {
    lab = await startLab();
    lab.sdn({ vnetmgmt: 10, vnetdev: 20 });
    addGuest(lab, { name: "bastion", vnet: "vnetmgmt", id: 101, mac: BASTION });
    addGuest(lab, { name: "behind", vnet: "vnetmgmt", id: 102, mac: BEHIND, firewall: true });
    addGuest(lab, { name: "dev", vnet: "vnetdev", id: 103, mac: DEV });
  }, 60_000);
  afterAll(() => lab?.stop());

  it("put makes everything there is to make, and the next apply has nothing to do", () => {
    expect(lab.agent("plan")).toMatchObject({ exit: 0, revision: null, changes: [], error: null });
    const put = lab.agent("put", labState(1, [dev, mgmt()]));
    expect(put).toMatchObject({ exit: 0, revision: 1, pending: [], error: null });
    const made = put.changes.map(({ what, object }) => `${what} ${object}`);
    expect(made).toContain("address vnetmgmt 10.10.0.1/24");
    expect(made).toContain("address vnetmgmt 10.11.0.1/24");
    expect(lab.agent("apply")).toMatchObject({ exit: 0, changes: [], pending: [] });
    expect(lab.agent("plan")).toMatchObject({ exit: 0, changes: [] });
    expect(lab.agent("put", labState(1, [dev, mgmt()]))).toMatchObject({ exit: 0, changes: [] });
  });

  it("a guest gets its reservation with router, DNS, domain, lease time and options", () => {
    const lease = takeLease(lab, "bastion", "-O search -O ntpsrv -O mtu");
    expect(lease).toMatchObject({ ip: "10.10.0.5", mask: "24", router: "10.10.0.1", hostname: "bastion" });
    expect(lease).toMatchObject({ dns: "9.9.9.9 8.8.8.8", domain: "lab.example", lease: "420" });
    expect(lease).toMatchObject({ ntpsrv: "10.10.0.2", search: "a.example b.example", mtu: "1400" });
  });

  it("each zone's guests get a lease of their own, and status tells who has which", () => {
    expect(takeLease(lab, "behind")["ip"]).toMatch(/^10\.10\.0\.(1[2-9]\d|2[01]\d|220)$/);
    expect(takeLease(lab, "dev")).toMatchObject({ ip: "10.20.0.5", router: "10.20.0.1" });
    const { leases } = lab.agent("status");
    expect(leases).toContainEqual(
      expect.objectContaining({ vnet: "vnetmgmt", mac: BASTION, ip: "10.10.0.5", hostname: "bastion" }),
    );
    expect(leases?.map(({ vnet }) => vnet).sort()).toEqual(["vnetdev", "vnetmgmt", "vnetmgmt"]);
  });

  it("guests reach the internet through the node's address, also behind a firewall bridge", () => {
    lab.sh("echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables");
    for (const guest of ["bastion", "dev", "behind"]) expect(reaches(guest, pinged("198.51.100.1")), guest).toBe(true);
  });

  it("it is the conntrack zone that makes the firewall bridge work, and a table somebody changed is put back", () => {
    lab.sh("nft flush chain inet trunkline raw_zone; conntrack -F 2>/dev/null");
    expect(reaches("behind", pinged("198.51.100.1"))).toBe(false);
    expect(lab.agent("plan")).toMatchObject({ exit: 10, changes: [{ what: "nft", action: "replace" }] });
    expect(lab.agent("apply")).toMatchObject({ exit: 0, changes: [{ what: "nft" }] });
    lab.sh("conntrack -F 2>/dev/null");
    expect(reaches("behind", pinged("198.51.100.1"))).toBe(true);
  });

  it("what is excluded from SNAT leaves with the guest's own address", () => {
    lab.inside("bastion", "ip address add 10.11.0.9/24 dev eth0; ip route add 203.0.113.1 via 10.11.0.1 src 10.11.0.9");
    expect(reaches("bastion", pinged("-I 10.11.0.9 203.0.113.1"))).toBe(false);
    lab.sh("ip -n internet route add 10.11.0.0/24 via 203.0.113.2");
    expect(reaches("bastion", pinged("-I 10.11.0.9 203.0.113.1"))).toBe(true);
  });

  it("the guard keeps guests off the node's services, not off its gateway, and exceptions open one port", async () => {
    for (const port of [8006, 2222, 53]) {
      const listen = `import socket, time; s = socket.create_server(("", ${port})); time.sleep(600)`;
      lab.sh(`/usr/bin/python3 -c '${listen}' >/dev/null 2>&1 &`);
      await lab.until(`ip netns exec internet ${connects("203.0.113.2", port)}`);
    }
    for (const to of ["10.10.0.1", "203.0.113.2", "10.20.0.1"]) {
      expect(reaches("bastion", connects(to, 8006)), to).toBe(false);
      expect(reaches("bastion", connects(to, 53)), to).toBe(false);
    }
    expect(reaches("bastion", pinged("10.10.0.1"))).toBe(true);
    const opened = mgmt(reserved, { guardExceptions: [{ protocol: "tcp", port: 2222 }] });
    expect(lab.agent("put", labState(2, [dev, opened]))).toMatchObject({ exit: 0, changes: [{ what: "nft" }] });
    expect(reaches("bastion", connects("10.10.0.1", 2222))).toBe(true);
    expect(reaches("bastion", connects("10.10.0.1", 8006))).toBe(false);
    // Guests that are told to ask the gateway may: a DNS server of the node's own answers there.
    const subnets = opened.subnets.map((one) => ({
      ...one,
      dhcp: one.dhcp && { ...one.dhcp, dnsServers: ["10.10.0.1"] },
    }));
    expect(lab.agent("put", labState(3, [dev, { ...opened, subnets }]))).toMatchObject({ exit: 0 });
    expect(reaches("bastion", connects("10.10.0.1", 53))).toBe(true);
    expect(reaches("bastion", connects("10.10.0.1", 8006))).toBe(false);
    expect(lab.agent("put", labState(4, [dev, opened]))).toMatchObject({ exit: 0 });
  });

  it("a firewall bridge is no way around the guard, and no gateway", () => {
    const gateway = lab.inside("behind", "ip neighbour show 10.10.0.1");
    expect(gateway).toContain("02:54:4c:00:00:0a");
    const mac = lab.sh("cat /sys/class/net/fwbr102i0/address");
    lab.inside("behind", `ip neighbour replace 10.10.0.1 lladdr ${mac} dev eth0 nud permanent`);
    expect(reaches("behind", connects("10.10.0.1", 8006))).toBe(false);
    lab.inside("behind", "ip neighbour delete 10.10.0.1 dev eth0");
    expect(reaches("behind", pinged("10.10.0.1"))).toBe(true);
  });

  it("a VNet that may not reach the others still answers them", () => {
    expect(reaches("dev", pinged("10.10.0.5"))).toBe(false);
    expect(reaches("bastion", pinged("10.20.0.5"))).toBe(true);
  });

  it("a reservation that is added serves at the next request, and the server was not restarted", () => {
    const pid = () => lab.sh("cat /run/systemctl/trunkline-dhcp@vnetmgmt.service.pid");
    const before = pid();
    const more = mgmt([...reserved, { mac: BEHIND, ip: "10.10.0.6", hostname: "behind" }]);
    const put = lab.agent("put", labState(5, [dev, more]));
    expect(put.changes.filter(({ what }) => what === "dhcp")).toHaveLength(2);
    expect(takeLease(lab, "behind")).toMatchObject({ ip: "10.10.0.6", hostname: "behind" });
    expect(pid()).toBe(before);
    expect(lab.agent("apply").changes).toEqual([]);
  });

  it("a guest of the second subnet of a VNet has that subnet's router", () => {
    const second = mgmt();
    second.subnets[1]?.dhcp?.reservations.push({ mac: BEHIND, ip: "10.11.0.6", hostname: null });
    expect(lab.agent("put", labState(6, [dev, second])).exit).toBe(0);
    expect(takeLease(lab, "behind")).toMatchObject({ ip: "10.11.0.6", router: "10.11.0.1" });
    expect(reaches("behind", pinged("198.51.100.1"))).toBe(true);
  });

  it("routes carry the agent's number; one whose next hop is nowhere waits and keeps nobody else waiting", () => {
    const routes = [
      { destination: "10.98.0.0/16", via: "192.0.2.77" },
      { destination: "10.99.0.0/16", via: "10.10.0.5" },
    ];
    lab.sh("ip route delete default; ip route add 10.97.0.0/16 via 203.0.113.1");
    const put = lab.agent("put", labState(7, [dev, mgmt()], { routes }));
    expect(put).toMatchObject({ exit: 4, pending: [{ object: "10.98.0.0/16 via 192.0.2.77" }] });
    expect(lab.sh("ip route show proto 250")).toBe("10.99.0.0/16 via 10.10.0.5 dev vnetmgmt");
    lab.sh("ip route add default via 203.0.113.1");
    expect(lab.agent("put", labState(8, [dev, mgmt()], { routes: routes.slice(1) }))).toMatchObject({ exit: 0 });
    expect(lab.agent("put", labState(9, [dev, mgmt()]))).toMatchObject({ exit: 0, changes: [{ what: "route" }] });
    expect(lab.sh("ip route show proto 250")).toBe("");
    expect(lab.sh("ip route show 10.97.0.0/16")).toContain("203.0.113.1");
  });
});
