import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSeedReport, type SeedReport } from "@/lib/core/hosts/seed-report";

/** A node's; the first in the path may be somebody's wrapper, which takes longer than the program. */
const PYTHON = "/usr/bin/python3";
const PROGRAM = path.join(import.meta.dirname, "trunkline-seed");
const has = (name: string) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;
const missing = [
  ...(process.getuid?.() === 0 ? [] : ["root"]),
  ...[PYTHON, "unshare", "ip", "iptables", "iptables-save"].filter((name) => !has(name)),
];
const withoutParts = missing.length > 0 && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1";
const reason = missing.length > 0 ? ` (skipped: needs ${missing.join(", ")})` : "";

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-seed-"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function put(name: string, text = ""): void {
  const at = path.join(root, name);
  fs.mkdirSync(path.dirname(at), { recursive: true });
  fs.writeFileSync(at, text);
}
const there = (name: string): boolean => fs.existsSync(path.join(root, name));

const DHCP = (vnet: string, zone: string, net: string) => `hybridops-sdn-dhcp-${vnet}-${zone}-${net}`;
const gatewayFile = (vnet: string, zone: string, net: string) =>
  `var/lib/hybridops-sdn/gateway/hybridops-sdn-gateway-${vnet}-${zone}-${net}.env`;
const gatewayText = (vnet: string, zone: string, gateway: string) =>
  `ZONE_NAME="${zone}"\nVNET_ID="${vnet}"\nSUBNET_CIDR="${gateway.replace(/1$/, "0")}/24"\nGATEWAY="${gateway}"\nPREFIX="24"\n`;

/** What three uses of the module leave: zones lab and devlab, and VNet lab of zone core. */
function leftBehind(): void {
  for (const [vnet, zone, third] of [
    ["web", "lab", 10],
    ["web2", "devlab", 20],
    ["lab", "core", 30],
  ] as const) {
    const net = `10-${third}-0-0-24`;
    put(gatewayFile(vnet, zone, net), gatewayText(vnet, zone, `10.${third}.0.1`));
    put(`etc/dnsmasq.d/dhcp-${DHCP(vnet, zone, net)}.conf`);
    put(`etc/systemd/system/dnsmasq@${DHCP(vnet, zone, net)}.service`);
    put(`var/lib/misc/dnsmasq-${DHCP(vnet, zone, net)}.leases`);
  }
  put("var/lib/hybridops-sdn/route/hybridops-sdn-route-lab-10-60-0-0-16-via-10-10-0-9.env", "x");
  put("usr/local/bin/fix-sdn-status.sh", "#!/bin/bash\n# hybridops-sdn repair\npvesh set /cluster/sdn\n");
  put("etc/systemd/system/sdn-status-fix.service", "[Service]\nExecStart=/usr/local/bin/fix-sdn-status.sh\n");
  put("etc/systemd/system/sdn-config-watcher.path", "[Path]\nPathChanged=/etc/pve/sdn\nUnit=sdn-status-fix.service\n");
  put("etc/sysctl.d/99-hybridops-sdn.conf", "net.ipv4.ip_forward = 1\n");
}

/** Runs the program over the folder. `prepare` is sh run before it in a network namespace of its own, with a stub systemctl. */
function run(verb: "scan" | "remove", ids: readonly string[] = [], prepare: string | null = null, after = "true") {
  const bin = path.join(root, "bin");
  fs.mkdirSync(bin, { recursive: true });
  const log = path.join(root, "systemctl.log");
  fs.writeFileSync(path.join(bin, "systemctl"), `#!/bin/sh\necho "$@" >> ${log}\n`, { mode: 0o755 });
  const tools = prepare === null ? bin : `${bin}:${process.env["PATH"]}`;
  const list = path.join(root, "ids.json");
  fs.writeFileSync(list, JSON.stringify({ schema: 1, ids }));
  const words = `${prepare ?? "true"}\nPATH='${tools}' ${PYTHON} ${PROGRAM} --root ${root} ${verb} < ${list}; code=$?\n${after} >&2; exit $code`;
  const [file, ...argv] = prepare === null ? ["sh", "-c", words] : ["unshare", "-n", "sh", "-ec", `set +e\n${words}`];
  const { status, stdout, stderr } = spawnSync(file ?? "", argv, { encoding: "utf8" });
  const report = readSeedReport(stdout);
  if (!report) throw new Error(`no report: ${stdout} ${stderr}`);
  return { status, report, stderr, systemctl: fs.existsSync(log) ? fs.readFileSync(log, "utf8") : "" };
}
const ofZone = ({ leftovers }: SeedReport, zone: string) => leftovers.filter((each) => each.zone === zone);

describe.skipIf(!has(PYTHON) && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1")(
  `leftovers of the module in files${has(PYTHON) ? "" : " (skipped: needs /usr/bin/python3)"}`,
  () => {
    it("finds nothing on a clean node, and says so", () => {
      expect(run("scan")).toMatchObject({ status: 0, report: { leftovers: [], left: [] } });
      expect(run("remove").status).toBe(0);
    });

    it("finds all of it, each with zone, VNet and network, and changes nothing", () => {
      leftBehind();
      const { status, report } = run("scan");
      expect(status).toBe(10);
      expect(report.left).toEqual([]);
      expect(ofZone(report, "lab").map(({ id }) => id)).toEqual([
        "unit:dnsmasq@hybridops-sdn-dhcp-web-lab-10-10-0-0-24.service",
        "file:/etc/dnsmasq.d/dhcp-hybridops-sdn-dhcp-web-lab-10-10-0-0-24.conf",
        "file:/var/lib/misc/dnsmasq-hybridops-sdn-dhcp-web-lab-10-10-0-0-24.leases",
        "file:/var/lib/hybridops-sdn/route/hybridops-sdn-route-lab-10-60-0-0-16-via-10-10-0-9.env",
        "file:/var/lib/hybridops-sdn/gateway/hybridops-sdn-gateway-web-lab-10-10-0-0-24.env",
      ]);
      expect(report.leftovers.filter(({ shared }) => shared).map(({ name }) => name)).toEqual([
        "sdn-status-fix.service",
        "sdn-config-watcher.path",
        "/usr/local/bin/fix-sdn-status.sh",
        "/etc/sysctl.d/99-hybridops-sdn.conf",
      ]);
      expect(there(gatewayFile("web", "lab", "10-10-0-0-24"))).toBe(true);
    });

    it("zone lab takes nothing of zone devlab, and nothing of VNet lab", () => {
      leftBehind();
      const ids = ofZone(run("scan").report, "lab").map(({ id }) => id);
      const { status, report, systemctl } = run("remove", ids);
      expect(status).toBe(0);
      expect(report.removed.map(({ id }) => id).sort()).toEqual([...ids].sort());
      expect(ofZone(report, "lab")).toEqual([]);
      expect(ofZone(report, "devlab")).toHaveLength(4);
      expect(ofZone(report, "core")).toHaveLength(4);
      expect(there("usr/local/bin/fix-sdn-status.sh")).toBe(true);
      expect(systemctl).toBe("disable --now dnsmasq@hybridops-sdn-dhcp-web-lab-10-10-0-0-24.service\ndaemon-reload\n");
    });

    it("all of it goes when all is chosen, and a second time there is nothing", () => {
      leftBehind();
      const ids = run("scan").report.leftovers.map(({ id }) => id);
      expect(run("remove", ids)).toMatchObject({ status: 0, report: { leftovers: [], failed: [] } });
      expect(there("var/lib/hybridops-sdn")).toBe(false);
      expect(run("remove", ids).report.removed).toEqual([]);
    });

    it.each([
      ["a file of the same folder", "etc/dnsmasq.d/dhcp-hybridops-sdn-dhcp-web-lab-10-10-0-0-24.conf.bak", ""],
      ["a name with more behind it", "etc/dnsmasq.d/dhcp-hybridops-sdn-dhcp-web-lab-10-10-0-0-24-old.conf", ""],
      ["a network that is none", "var/lib/hybridops-sdn/gateway/hybridops-sdn-gateway-web-lab-10-10-0-999-24.env", ""],
      [
        "a content of another zone",
        gatewayFile("web", "lab", "10-10-0-0-24"),
        gatewayText("web", "devlab", "10.10.0.1"),
      ],
      ["a script of the same name", "usr/local/bin/fix-sdn-status.sh", "#!/bin/sh\necho mine\n"],
      ["more settings beside", "etc/sysctl.d/99-hybridops-sdn.conf", "net.ipv4.ip_forward=1\nvm.swappiness=1\n"],
    ])("%s is left alone", (_, name, text) => {
      put(name, text);
      const { report } = run("scan");
      expect(report.leftovers).toEqual([]);
      run("remove", [`file:/${name}`, "file:/etc/passwd", "unit:ssh.service"]);
      expect(there(name)).toBe(true);
    });

    it("saved rules go line by line, and the file stays otherwise as it is", () => {
      const own =
        '-A POSTROUTING -s 10.10.0.0/24 -o vmbr0 -m comment --comment "proxmox-sdn-nat:lab:web:10.10.0.0/24" -j MASQUERADE';
      const other = own.replaceAll(":lab:", ":devlab:");
      put(
        "etc/iptables/rules.v4",
        `*nat\n:POSTROUTING ACCEPT [0:0]\n${own}\n${other}\n-A POSTROUTING -j ACCEPT\nCOMMIT\n`,
      );
      const ids = ofZone(run("scan").report, "lab").map(({ id }) => id);
      expect(run("remove", ids).status).toBe(0);
      expect(fs.readFileSync(path.join(root, "etc/iptables/rules.v4"), "utf8")).toBe(
        `*nat\n:POSTROUTING ACCEPT [0:0]\n${other}\n-A POSTROUTING -j ACCEPT\nCOMMIT\n`,
      );
    });

    it.each(["", "[]", '{"schema":2,"ids":[]}', '{"schema":1,"ids":[1]}', '{"schema":1,"ids":[],"more":1}'])(
      "refuses the list %j",
      (text) => {
        const done = spawnSync(PYTHON, [PROGRAM, "--root", root, "remove"], { input: text, encoding: "utf8" });
        expect(done.status).toBe(2);
        expect(readSeedReport(done.stdout)?.error?.reason).toBeTruthy();
      },
    );
  },
);

describe.skipIf(withoutParts)(`leftovers of the module in a running node${reason}`, () => {
  const RULE = (zone: string, vnet: string, net: string) => {
    const comment = `-m comment --comment proxmox-sdn-nat:${zone}:${vnet}:${net}`;
    return [
      `iptables -t nat -A POSTROUTING -s ${net} -o vmbr0 ${comment} -j MASQUERADE`,
      `iptables -A FORWARD -s ${net} ${comment} -j ACCEPT`,
      `iptables -A FORWARD -d ${net} ${comment} -j ACCEPT`,
    ].join("\n");
  };
  const PREPARE = `
ip link set lo up
ip link add web type bridge && ip link set web up
ip addr add 10.10.0.1/24 dev web
ip addr add 10.11.0.1/24 dev web
ip route add 10.60.0.0/16 via 10.10.0.9
ip route add 10.61.0.0/16 via 10.10.0.9 proto 250
iptables -A FORWARD -s 192.0.2.0/24 -j DROP
${RULE("lab", "web", "10.10.0.0/24")}
${RULE("lab", "web", "10.10.0.0/24")}
${RULE("devlab", "web2", "10.20.0.0/24")}`;

  it("finds rules, routes and addresses, and removes exactly those", () => {
    leftBehind();
    const first = run("scan", [], PREPARE).report;
    const live = ofZone(first, "lab").filter(({ kind }) => ["rule", "route", "address"].includes(kind));
    expect(live.map(({ kind, detail }) => `${kind} ${detail}`)).toEqual([
      "rule nat rule of 10.10.0.0/24",
      "rule filter rule of 10.10.0.0/24",
      "rule filter rule of 10.10.0.0/24",
      "route route 10.60.0.0/16 via 10.10.0.9",
      "address gateway address 10.10.0.1/24 on web",
    ]);
    const ids = ofZone(first, "lab").map(({ id }) => id);
    const shown = "{ iptables-save; ip -4 route; ip -4 -o addr show dev web; }";
    const { status, report, stderr } = run("remove", ids, PREPARE, shown);
    expect(report.failed).toEqual([]);
    expect(status).toBe(0);
    expect(stderr).not.toContain("proxmox-sdn-nat:lab:");
    expect(stderr.match(/proxmox-sdn-nat:devlab:/g)).toHaveLength(3);
    expect(stderr).toContain("-s 192.0.2.0/24 -j DROP");
    expect(stderr).not.toContain("10.10.0.1/24");
    expect(stderr).toContain("10.11.0.1/24");
  });

  it("leaves an address that the agent keeps", () => {
    leftBehind();
    put("etc/trunkline/state.json", JSON.stringify({ vnets: [{ vnet: "web", subnets: [{ gateway: "10.10.0.1" }] }] }));
    const kinds = run("scan", [], PREPARE).report.leftovers.map(({ kind }) => kind);
    expect(kinds).not.toContain("address");
  });

  it("leaves a route that has a protocol of its own", () => {
    put("var/lib/hybridops-sdn/route/hybridops-sdn-route-lab-10-61-0-0-16-via-10-10-0-9.env", "x");
    expect(run("scan", [], PREPARE).report.leftovers.map(({ kind }) => kind)).not.toContain("route");
  });
});
