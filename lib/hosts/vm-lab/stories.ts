import path from "node:path";
import type { HostReport } from "@/lib/core/hosts/host-report";
import type { Hosts } from "@/lib/core/ports";
import { readAgentFiles } from "../bundle/agent-files";
import { installScript } from "../bundle/install-script";
import { createHosts } from "../hosts";
import { createKeyPair, type KeyPair } from "../ssh/key-pair";
import { labState, labSubnet, labVnet } from "../testing/lab-state";
import type { Vm } from "./vm";

/** What the stories share: the machine as it runs now, and how to start it again. */
export interface VmLab {
  vm: Vm;
  readonly start: () => Promise<Vm>;
  readonly key: KeyPair;
}

/** A promise of the host services that only a whole machine can show. Gives what was measured; throws when it does not hold. */
export interface VmStory {
  readonly name: string;
  readonly run: (lab: VmLab) => Promise<string>;
}

export const newVmLab = (vm: Vm, start: () => Promise<Vm>): VmLab => ({
  vm,
  start,
  key: createKeyPair("trunkline@lab"),
});

const reservations = [{ mac: "bc:24:11:00:00:01", ip: "10.10.0.5", hostname: "bastion" }];
const routes = [{ destination: "10.99.0.0/16", via: "10.10.0.5" }];
const mgmt = labVnet("vnetmgmt", [
  labSubnet("10.10.0", { reservations }),
  { cidr: "2001:db8:10::/64", gateway: "2001:db8:10::1", snat: null, dhcp: null },
]);
const dev = labVnet("vnetdev", [labSubnet("10.20.0")], { mac: "02:54:4c:00:00:14" });
const state = (revision: number, vnets = [dev, mgmt]) =>
  labState(revision, vnets, { repairSeconds: 5, routes: vnets.includes(mgmt) ? routes : [] });

const IN_ORDER = "trunkline-host plan";
const SERVER = "trunkline-dhcp@vnetmgmt.service";
const lease = (guest: string) =>
  `LAB_GUEST=${guest} ip netns exec ${guest} udhcpc -i eth0 -n -q -f -t 4 -T 2 -A 1 -s /usr/local/sbin/udhcpc-script`;
const reaches = (guest: string) => `ip netns exec ${guest} ping -c 2 -i 0.3 -W 5 198.51.100.1`;

/** The node's agent as Trunkline asks it: over SSH, with the forced command, sudo and the pinned host key. */
const hosts = ({ vm, key }: VmLab): Hosts => {
  const { port, hostKey } = vm;
  const target = { host: "127.0.0.1", port, node: "pve1", user: "trunkline", privateKey: key.privateKey, hostKey };
  return createHosts(() => target, { connectMs: 60_000, readMs: 60_000, writeMs: 120_000 });
};

function hold(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

async function answered(call: ReturnType<Hosts["plan"]>): Promise<HostReport> {
  const said = await call;
  if (!said.ok) throw new Error(said.error.message);
  return said.value;
}

export const STORIES: readonly VmStory[] = [
  {
    name: "Before the agent a guest on a VLAN has no gateway",
    run: async ({ vm }) => {
      hold((await vm.sh("cat /var/log/lab-guests")).includes("no lease"), "somebody served the guest");
      hold((await vm.sh("bridge vlan show dev eno1")).includes("4094"), "the bridge is not VLAN-aware");
      return `up after ${vm.bootSeconds} s, VLAN-aware bridge`;
    },
  },
  {
    name: "Installed by the script; the first put, over SSH with the forced command, serves both VNets",
    run: async (lab) => {
      const files = await readAgentFiles(path.resolve("."));
      const script = installScript({ node: "pve1", files, publicKey: lab.key.publicKey, from: [] });
      await lab.vm.sh("cat >/root/install.sh; sh /root/install.sh 2>&1", script.text);
      const put = await answered(hosts(lab).put("pve1", state(1)));
      hold(
        put.pending.every(({ object }) => object.includes("10.99.")),
        JSON.stringify(put.pending),
      );
      return `${put.changes.length} changes`;
    },
  },
  {
    name: "A guest on the node and a machine behind the physical port, tagged, get leases and reach the internet",
    run: async ({ vm }) => {
      await vm.sh(`${lease("guest")}; ${reaches("guest")}`);
      await vm.sh(`${lease("tagged")}; ${reaches("tagged")}`);
      const got = await vm.sh("grep -E '^(ip|router|domain|lease)=' /run/lease.guest | sort | tr '\\n' ' '");
      hold(got === "domain=lab.example ip=10.10.0.5 lease=420 router=10.10.0.1", got);
      return got;
    },
  },
  {
    name: "Then there is nothing to do",
    run: async (lab) => {
      await answered(hosts(lab).apply("pve1"));
      const apply = await answered(hosts(lab).apply("pve1"));
      hold(apply.changes.length === 0 && apply.pending.length === 0, JSON.stringify(apply));
      const status = await answered(hosts(lab).status("pve1"));
      hold(status.leases.length === 2, JSON.stringify(status.leases));
      return "0 changes, 2 leases listed";
    },
  },
  {
    name: "ifreload and an SDN apply that stops dnsmasq@* take nothing away",
    run: async ({ vm }) => {
      const pid = `systemctl show -P MainPID ${SERVER}`;
      const before = await vm.sh(pid);
      await vm.sh(`ip netns exec guest ping -i 0.1 -w 60 -c 200 198.51.100.1 >/tmp/pings & ping=$!
        sed -i s/#version:1/#version:2/ /etc/network/interfaces.d/sdn
        systemctl stop "dnsmasq@*"; ifreload -a; ifreload -a; ifreload -a; wait $ping`);
      await vm.until(IN_ORDER);
      hold((await vm.sh(pid)) === before, "the DHCP server was restarted");
      const received = await vm.sh("grep -o '[0-9]* received' /tmp/pings");
      hold(received === "200 received", received);
      return `${received} of 200, the same DHCP process`;
    },
  },
  {
    name: "A VNet that is made anew has its DHCP server again",
    run: async ({ vm }) => {
      await vm.sh(`ip link delete vnetmgmt`);
      await vm.until(`! systemctl is-active ${SERVER}`);
      await vm.sh("ifreload -a; ip link set tap101i0 master vnetmgmt");
      const seconds = await vm.until(`systemctl is-active ${SERVER} && ${IN_ORDER}`);
      await vm.sh(`${lease("guest")}; ${reaches("guest")}`);
      return `stopped with the device, back within ${seconds} s`;
    },
  },
  {
    name: "By timer and systemd alone, what somebody took away is repaired",
    run: async (lab) => {
      const { vm } = lab;
      await vm.sh(`nft flush ruleset; ip address delete 10.10.0.1/24 dev vnetmgmt
        systemctl kill --signal=KILL ${SERVER}; ip route flush proto 250`);
      const seconds = await vm.until(`${IN_ORDER} && systemctl is-active ${SERVER}`);
      await vm.sh(reaches("guest"));
      const { repairs } = await answered(hosts(lab).status("pve1"));
      hold(repairs.length > 0, "no repair was noted");
      return `within ${seconds} s, noted in the status`;
    },
  },
  {
    name: "After a reboot the guests that start by themselves are served at once",
    run: async (lab) => {
      await lab.vm.sh("rm /var/log/lab-guests");
      await lab.vm.shutDown();
      lab.vm = await lab.start();
      const { vm } = lab;
      hold((await vm.sh("cat /var/log/lab-guests")).includes("reached the internet"), "the guest was not served");
      hold((await vm.sh(`systemctl is-active ${SERVER}`)) === "active", "DHCP does not run");
      const plan = await answered(hosts(lab).plan("pve1"));
      hold(plan.changes.length === 0, JSON.stringify(plan.changes));
      const at = (unit: string) => vm.sh(`systemctl show -P ExecMainExitTimestampMonotonic ${unit}.service`);
      const [table, network] = [Number(await at("trunkline-table")), Number(await at("networking"))];
      hold(table > 0 && table < network, `the table was loaded at ${table}, the network was up at ${network}`);
      await vm.sh(`${lease("tagged")}; ${reaches("tagged")}`);
      return `up after ${vm.bootSeconds} s, plan 0; rules ${((network - table) / 1e6).toFixed(1)} s before the network`;
    },
  },
  {
    name: "A power cut in the middle of a put leaves a whole state, and the next boot goes on with it",
    run: async (lab) => {
      // Watched from within the machine, so that the plug is out as soon as the state is written and before it is applied.
      const written = lab.vm.until("grep -q '\"revision\": 2' /etc/trunkline/state.json");
      const put = hosts(lab).put("pve1", state(2, [mgmt]));
      await written;
      await lab.vm.cutPower();
      hold(!(await put).ok, "the put had ended already");
      lab.vm = await lab.start();
      await lab.vm.until(IN_ORDER);
      const plan = await answered(hosts(lab).plan("pve1"));
      hold(plan.revision === 2 && plan.changes.length === 0, JSON.stringify(plan));
      hold((await lab.vm.sh("cat /var/log/lab-guests")).includes("reached the internet"), "the guest was not served");
      hold(
        !(await lab.vm.sh("ls /etc/network/interfaces.d -a /etc/network")).includes(".trunkline-"),
        "a rest is left",
      );
      return `revision ${plan.revision} in force after ${lab.vm.bootSeconds} s, plan 0`;
    },
  },
  {
    name: "No unit failed, and systemd has nothing to say against them",
    run: async ({ vm }) => {
      const failed = await vm.sh("systemctl --failed --plain --no-legend");
      hold(failed === "", failed);
      const said = await vm.sh(
        "systemd-analyze verify --man=no /etc/systemd/system/trunkline-*.service /etc/systemd/system/trunkline-*.timer 2>&1",
      );
      hold(said === "", said);
      return "none";
    },
  },
  {
    name: "remove leaves nothing behind, and twice is 0 changes",
    run: async (lab) => {
      await answered(hosts(lab).remove("pve1"));
      const again = await answered(hosts(lab).remove("pve1"));
      hold(again.changes.length === 0, JSON.stringify(again.changes));
      const left =
        await lab.vm.sh(`ls -d /etc/trunkline /var/lib/trunkline /etc/network/interfaces.d/trunkline 2>&1 | grep -v 'No such' || true
        nft list tables | grep trunkline || true; ip route show proto 250; ip -4 -o address show vnetmgmt
        systemctl list-units --plain --no-legend "trunkline-dhcp@*"; ls /etc/systemd/system | grep device.wants || true`);
      hold(left === "", left);
      await lab.vm.sh("ifreload -a");
      return "nothing";
    },
  },
];
