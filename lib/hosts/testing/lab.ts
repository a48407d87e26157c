import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { readAgentFiles } from "../bundle/agent-files";
import { installScript } from "../bundle/install-script";
import { createKeyPair } from "../ssh/key-pair";

/** The namespace lab: one node with real ifupdown2, nftables and dnsmasq, and real DHCP clients around it. */

const HERE = path.resolve("lib/hosts/lab");
const PATH = "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin";
const ENV = { ...process.env, PATH };
const NEEDED: Readonly<Record<string, string>> = {
  ifreload: "ifupdown2",
  nft: "nftables",
  dnsmasq: "dnsmasq-base",
  ip: "iproute2",
  bridge: "iproute2",
  udhcpc: "udhcpc",
  dhclient: "isc-dhcp-client",
  ping: "iputils-ping",
  rdisc6: "ndisc6",
  conntrack: "conntrack",
  iptables: "iptables",
  ps: "procps",
  sudo: "sudo",
  unshare: "util-linux",
};

const NAMESPACES = "unshare --net --mount --uts --pid --fork --kill-child --propagation private";

/** What is missing here for the lab; empty when it can run. */
function missingParts(): string[] {
  const missing = process.getuid?.() === 0 ? [] : ["root"];
  for (const [program, parcel] of Object.entries(NEEDED)) {
    if (!PATH.split(":").some((folder) => fs.existsSync(path.join(folder, program)))) missing.push(parcel);
  }
  if (!fs.existsSync("/usr/bin/python3")) missing.push("/usr/bin/python3");
  if (missing.length > 0) return [...new Set(missing)];
  const tried =
    "mount -t tmpfs t /mnt && mkdir /mnt/u /mnt/w && mount -t overlay o -o lowerdir=/etc,upperdir=/mnt/u,workdir=/mnt/w /etc && mount -t sysfs s /sys && ip link add br0 type bridge && nft add table inet t";
  const done = spawnSync("sh", ["-c", `${NAMESPACES} sh -c '${tried}'`], { encoding: "utf8", env: ENV });
  return done.status === 0 ? [] : [`namespaces with overlays, bridges and nftables (${done.stderr.trim()})`];
}

const missing = missingParts();
/** For `describe.skipIf`: a missing part is a skip, unless everything must be there. */
export const withoutLab = missing.length > 0 && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1";
export const labReason =
  missing.length > 0 ? ` (skipped: needs ${missing.join(", ")})` : " (VLANs emulated, systemd stood in for)";

/** What the agent prints, as far as the lab looks at it. */
export interface AgentAnswer {
  readonly exit: number;
  readonly revision: number | null;
  readonly changes: readonly { what: string; object: string; action: string; detail: string }[];
  readonly pending: readonly { object: string; reason: string }[];
  readonly leases?: readonly {
    vnet: string;
    mac: string;
    ip: string;
    hostname: string | null;
    expires: number | null;
  }[];
  readonly repairs?: readonly { atMs: number; changes: number; what: readonly string[] }[];
  readonly error: { readonly field: string; readonly reason: string; readonly fix: string } | null;
}

export interface Lab {
  /** What starts a program on the node: the words before its own. */
  readonly enter: readonly string[];
  /** Runs sh on the node; throws with what it said when it fails. Gives its output, trimmed. */
  readonly sh: (script: string, input?: string) => string;
  /** The same in a guest or in "internet". */
  readonly inside: (name: string, script: string) => string;
  /** Whether it succeeds. */
  readonly works: (script: string) => boolean;
  /** Starts the agent's verb as root would. */
  readonly agent: (verb: string, state?: unknown) => AgentAnswer;
  /** Until the script succeeds, at most 10 s; then it throws with what it says. */
  readonly until: (script: string) => Promise<void>;
  /** Does what Proxmox does on an SDN apply: writes its file anew and reloads. Each VNet gets a fake VLAN port. */
  readonly sdn: (vnets: Readonly<Record<string, number>>) => void;
  /** Ends it, with everything in it. */
  readonly stop: () => void;
}

/** Starts a node as a Proxmox installation would be, with the agent on it, put there by the real install script. */
export async function startLab(): Promise<Lab> {
  const unshare = NAMESPACES.split(" ");
  const holder = spawn("/usr/bin/unshare", [...unshare.slice(1), "sh", path.join(HERE, "node.sh"), HERE], {
    stdio: ["pipe", "pipe", "pipe"],
    env: ENV,
  });
  try {
    await readyLine(holder);
    const [init] = fs.readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, "utf8").trim().split(" ");
    const lab = controls(holder, Number(init));
    await install(lab);
    return lab;
  } catch (error) {
    holder.kill("SIGKILL");
    throw error;
  }
}

function readyLine(holder: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`the lab does not start: ${said}`)), 20_000);
    const end = (how: () => void) => {
      clearTimeout(timer);
      how();
    };
    holder.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    holder.stdout?.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("ready")) end(resolve);
    });
    holder.once("exit", () => end(() => reject(new Error(`the lab ended: ${said}`))));
  });
}

function controls(holder: ChildProcess, init: number): Lab {
  const enter = ["/usr/bin/nsenter", "--target", String(init), "--net", "--mount", "--uts", "--pid", "--wd=/", "--"];
  const run = (argv: readonly string[], input = "") =>
    spawnSync(String(enter[0]), [...enter.slice(1), ...argv], { input, encoding: "utf8", env: ENV, timeout: 25_000 });
  const checked = (argv: readonly string[], input?: string): string => {
    const done = run(argv, input);
    if (done.status !== 0) throw new Error(`${argv.at(-1)}\nended with ${done.status}: ${done.stdout}${done.stderr}`);
    return done.stdout.trim();
  };
  const sh: Lab["sh"] = (script, input) => checked(["sh", "-euc", script], input);
  return {
    ...{ enter, sh },
    inside: (name, script) => checked(["ip", "netns", "exec", name, "sh", "-euc", script]),
    works: (script) => run(["sh", "-euc", script]).status === 0,
    agent: (verb, state) => {
      const done = run(["/usr/local/sbin/trunkline-host", verb], state === undefined ? "" : JSON.stringify(state));
      try {
        return { exit: done.status ?? -1, ...JSON.parse(done.stdout) };
      } catch {
        throw new Error(`${verb}: no answer; ${done.stdout}${done.stderr}`);
      }
    },
    until: async (script) => {
      const limit = Date.now() + 10_000;
      for (;;) {
        const done = run(["sh", "-euc", script]);
        if (done.status === 0) return;
        if (Date.now() > limit) throw new Error(`${script}\nnever came true: ${done.stdout}${done.stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    sdn: (vnets) => {
      // ifupdown2 deletes a VLAN with its VNet and cannot make the stand-in again. Its far end is a cable, no machine: it
      // must not take an address from what is advertised.
      const wires = Object.values(vnets).map(
        (tag) => `[ -e /sys/class/net/vmbr0.${tag} ] || {
            ip link add vmbr0.${tag} type veth peer name wire${tag}
            echo 1 > /proc/sys/net/ipv6/conf/wire${tag}/disable_ipv6
          }
          ip link set wire${tag} up`,
      );
      sh(
        `${wires.join("\n")}\ncat > /etc/network/interfaces.d/.sdn-new
        mv /etc/network/interfaces.d/.sdn-new /etc/network/interfaces.d/sdn; ifreload -a
        ${Object.keys(vnets).map(awaitLink).join("\n")}`,
        sdnFile(vnets),
      );
    },
    stop: () => {
      holder.kill("SIGKILL");
    },
  };
}

/** Until the kernel has noticed that a link is up, at most 5 s: it tells routes and bridges a moment later. */
const awaitLink = (link: string): string =>
  `n=0; until grep -qx up /sys/class/net/${link}/operstate; do n=$((n + 1)); [ $n -lt 250 ]; sleep 0.02; done`;

let version = 0;
/** What Proxmox writes for a VLAN zone (PVE::Network::SDN::Zones::VlanPlugin), with what its own ifupdown2 does by itself. */
function sdnFile(vnets: Readonly<Record<string, number>>): string {
  version += 1;
  const stanzas = Object.entries(vnets).map(
    ([vnet, tag]) => `auto ${vnet}
iface ${vnet}
\tbridge_ports vmbr0.${tag}
\tbridge_stp off
\tbridge_fd 0
\tbridge-ports-condone-regex ^(tap|veth|fwpr).*
`,
  );
  return `#version:${version}\n\n${stanzas.join("\n")}`;
}

async function install(lab: Lab): Promise<void> {
  const files = await readAgentFiles(path.resolve("."));
  const { publicKey } = createKeyPair("trunkline@lab");
  const script = installScript({ node: "pve1", files, publicKey, from: [] });
  lab.sh("cat > /run/install.sh; sh /run/install.sh 2>&1", script.text);
}

/** A guest on a VNet of the node, as a network namespace with one interface; `firewall` puts a bridge between, as Proxmox does. */
export function addGuest(
  { sh }: Lab,
  guest: { name: string; vnet: string; id: number; mac: string; firewall?: boolean },
): void {
  const { name, vnet, id, mac } = guest;
  sh(`ip netns add ${name}; ip -n ${name} link set lo up
    ip link add tap${id}i0 type veth peer name eth0 netns ${name}
    ip -n ${name} link set eth0 address ${mac} up; ip link set tap${id}i0 up`);
  if (guest.firewall) {
    sh(`ip link add fwbr${id}i0 type bridge; echo 1 > /proc/sys/net/ipv6/conf/fwbr${id}i0/disable_ipv6
      ip link set fwbr${id}i0 up
      ip link add fwln${id}i0 type veth peer name fwpr${id}p0
      ip link set tap${id}i0 master fwbr${id}i0; ip link set fwln${id}i0 master fwbr${id}i0 up
      ip link set fwpr${id}p0 master ${vnet} up`);
  } else sh(`ip link set tap${id}i0 master ${vnet}`);
}

/** Asks for a lease and sets it; gives what the server told, by udhcpc's names. Throws when there is no answer. */
export function takeLease({ sh, inside }: Lab, guest: string, ask = ""): Readonly<Record<string, string>> {
  inside(
    guest,
    `rm -f /run/lease.${guest}; LAB_GUEST=${guest} udhcpc -i eth0 -n -q -f -t 6 -T 1 -A 1 -s /usr/local/sbin/udhcpc-script ${ask} 2>&1`,
  );
  const lines = sh(`cat /run/lease.${guest}`).split("\n");
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}
