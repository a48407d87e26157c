import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addGuest, type Lab, labReason, startLab, takeLease, withoutLab } from "../testing/lab";
import { labState, labSubnet, labVnet } from "../testing/lab-state";

const GUEST = "bc:24:11:00:00:01";
const reservations = [{ mac: GUEST, ip: "10.10.0.5", hostname: "bastion" }];
const mgmt = (more = {}) =>
  labVnet("vnetmgmt", [labSubnet("10.10.0", { reservations }), labSubnet("10.11.0", null)], more);
const routes = [{ destination: "10.99.0.0/16", via: "10.10.0.5" }];
const SERVER = "/run/systemctl/trunkline-dhcp@vnetmgmt.service.pid";
const inOrder = "trunkline-host plan";

describe.skipIf(withoutLab)(`a node that heals${labReason}`, { timeout: 120_000 }, () => {
  let lab: Lab;
  let revision = 0;
  const put = (more = {}, vnets = [mgmt()]) => lab.agent("put", labState(++revision, vnets, { routes, ...more }));
  const pings = () => lab.works("ip netns exec guest ping -c 1 -W 1 198.51.100.1");
  beforeAll(async () => {
    lab = await startLab();
    lab.sdn({ vnetmgmt: 10 });
    addGuest(lab, { name: "guest", vnet: "vnetmgmt", id: 101, mac: GUEST });
    expect(put()).toMatchObject({ exit: 0, pending: [] });
    expect(takeLease(lab, "guest")["ip"]).toBe("10.10.0.5");
  }, 60_000);
  afterAll(() => lab?.stop());
  beforeEach(() => lab.until(inOrder));

  it("ifreload takes nothing away, and no rule is there twice", async () => {
    const before = lab.sh("nft -s list table inet trunkline; ip -4 -o address show vnetmgmt; ip route");
    lab.sh("ifreload -a; ifreload -a");
    await lab.until(inOrder);
    expect(lab.sh("nft -s list table inet trunkline; ip -4 -o address show vnetmgmt; ip route")).toBe(before);
    expect(lab.sh("cat /proc/sys/net/ipv4/conf/vnetmgmt/forwarding")).toBe("1");
    expect(pings()).toBe(true);
  });

  it("an SDN apply that writes Proxmox's file anew takes nothing away, and its file stays Proxmox's", async () => {
    lab.sdn({ vnetmgmt: 10, vnetnew: 30 });
    const file = lab.sh("cat /etc/network/interfaces.d/sdn");
    await lab.until(inOrder);
    expect(lab.sh("cat /etc/network/interfaces.d/sdn")).toBe(file);
    expect(pings()).toBe(true);
  });

  it.each([
    ["an address", "ip address delete 10.10.0.1/24 dev vnetmgmt"],
    ["the second address of a VNet", "ip address delete 10.11.0.1/24 dev vnetmgmt"],
    ["the route", "ip route delete 10.99.0.0/16"],
    ["the whole ruleset", "nft flush ruleset"],
    ["a rule", "nft flush chain inet trunkline input"],
    ["a rule more", "nft add rule inet trunkline input accept"],
    ["forwarding", "echo 0 > /proc/sys/net/ipv4/conf/vnetmgmt/forwarding"],
    ["the pinned MAC", "ip link set vnetmgmt address 02:00:00:00:00:99"],
    ["the snippet", "rm /etc/network/interfaces.d/trunkline"],
    ["the DHCP server", `kill -9 $(cat ${SERVER})`],
    ["the DHCP server's configuration", "echo '# mine' >> /etc/trunkline/dhcp/vnetmgmt.conf"],
    ["a reservation", ": > /etc/trunkline/dhcp/vnetmgmt.hosts"],
    ["the server's start link", "rm /etc/systemd/system/sys-subsystem-net-devices-vnetmgmt.device.wants/*"],
  ])("%s that is lost or changed is listed, then put right, and then there is nothing to do", (_, harm) => {
    lab.sh(harm);
    const plan = lab.agent("plan");
    expect(plan).toMatchObject({ exit: 10, error: null });
    expect(plan.changes.length).toBeGreaterThan(0);
    expect(lab.agent("apply")).toMatchObject({ exit: 0, pending: [] });
    expect(lab.agent("plan")).toMatchObject({ exit: 0, changes: [] });
    expect(takeLease(lab, "guest")["ip"]).toBe("10.10.0.5");
    expect(pings()).toBe(true);
  });

  it("repairs are remembered with what was done", () => {
    lab.sh("nft flush ruleset");
    lab.agent("apply");
    const last = lab.agent("status").repairs?.at(-1);
    expect(last).toMatchObject({ changes: 1, what: ["nft inet trunkline"] });
  });

  it("a bridge that was made anew gets everything back, with a server that hears", async () => {
    lab.sh("ip link delete vnetmgmt; ifreload -a; ip link set tap101i0 master vnetmgmt");
    await lab.until(inOrder);
    expect(lab.sh("cat /sys/class/net/vnetmgmt/address")).toBe("02:54:4c:00:00:0a");
    expect(takeLease(lab, "guest")["ip"]).toBe("10.10.0.5");
    expect(pings()).toBe(true);
  });

  it("ports that come and go do not change the gateway's MAC", () => {
    lab.sh(
      "ip link add tap999i0 type veth peer name far999; ip link set tap999i0 address 00:00:00:00:00:05 master vnetmgmt up",
    );
    expect(lab.sh("cat /sys/class/net/vnetmgmt/address")).toBe("02:54:4c:00:00:0a");
    lab.sh("ip link delete tap999i0");
    expect(lab.agent("apply").changes).toEqual([]);
  });

  it("a state that is damaged on the node is refused with nothing touched, until a new one comes", () => {
    expect(put()).toMatchObject({ exit: 0, changes: [] });
    // An address is tentative for a second, whoever looks.
    const look = "nft list ruleset; ip address | sed 's/ tentative//'; ip route";
    const before = lab.sh(look);
    lab.sh("cp /etc/trunkline/state.json /run/state; head -c 300 /run/state > /etc/trunkline/state.json");
    for (const verb of ["apply", "plan", "status"]) {
      expect(lab.agent(verb)).toMatchObject({ exit: 2, error: { field: "state" } });
    }
    expect(lab.sh(look)).toBe(before);
    expect(lab.agent("put", labState(revision - 1, [mgmt()]))).toMatchObject({ exit: 3, error: { field: "revision" } });
    expect(put()).toMatchObject({ exit: 0 });
  });
});
