import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

/** The units as systemd itself reads them, in a mount namespace where the agent is installed. */
const HERE = path.resolve("lib/hosts/agent");
const units = fs.readdirSync(HERE).filter((name) => /\.(service|timer)$/.test(name));
const PARCELS = {
  "/usr/bin/systemd-analyze": "systemd",
  "/usr/sbin/nft": "nftables",
  "/usr/sbin/dnsmasq": "dnsmasq-base",
};
const missing = Object.entries(PARCELS).flatMap(([program, parcel]) => (fs.existsSync(program) ? [] : [parcel]));
if (process.getuid?.() !== 0) missing.push("root");
const skipped = missing.length > 0 && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1";
const reason = missing.length > 0 ? ` (skipped: needs ${missing.join(", ")})` : "";

/** What systemd has to say against the units, after `change` was done to the copies. */
const verify = (change = "") =>
  spawnSync(
    "/usr/bin/unshare",
    [
      "-m",
      "sh",
      "-euc",
      `mount -t tmpfs t /usr/local/sbin; cp "$0/trunkline-host" /usr/local/sbin; mount -t tmpfs t /mnt
       cd "$0"; cp *.service *.timer /mnt; cd /mnt; ${change}
       exec systemd-analyze verify --man=no /mnt/*.service /mnt/*.timer 2>&1`,
      HERE,
    ],
    { encoding: "utf8" },
  );

describe.skipIf(skipped)(`the agent's units${reason}`, () => {
  it("are ones that systemd takes without a word", () => {
    expect(units).toHaveLength(4);
    const done = verify();
    expect(done.stdout).toBe("");
    expect(done.status).toBe(0);
  });

  it("are really looked at: a wrong path or a wrong key is told", () => {
    expect(verify("sed -i 's#/usr/sbin/nft#/usr/sbin/none#' trunkline-table.service").status).not.toBe(0);
    expect(verify("echo Afterwards=x >> trunkline-host.timer").stdout).toContain("Unknown key");
  });

  it("never carry a name that Proxmox stops at each SDN apply, and stand before the guests", () => {
    // PVE::Network::SDN::Dhcp::Dnsmasq, before_regenerate: systemctl stop 'dnsmasq@*'.
    expect(units.filter((name) => name.startsWith("dnsmasq"))).toEqual([]);
    const boot = fs.readFileSync(path.join(HERE, "trunkline-host.service"), "utf8");
    expect(boot).toMatch(/^Before=.*pve-guests\.service/m);
    expect(boot).toMatch(/^After=.*networking\.service.*pve-sdn-commit\.service/m);
    const table = fs.readFileSync(path.join(HERE, "trunkline-table.service"), "utf8");
    expect(table).toMatch(/^Before=.*networking\.service/m);
  });
});
