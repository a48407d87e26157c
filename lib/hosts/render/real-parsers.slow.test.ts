import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDhcpOptions } from "@/lib/core/hosts/dhcp-options";
import { labSubnet, labVnet } from "../testing/lab-state";
import { stateArbitrary } from "../testing/state-arbitrary";
import { needsDnsmasq, renderDnsmasqConf, renderDnsmasqHosts } from "./dnsmasq";
import { renderNftTable } from "./nft-table";

const ENV = { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` };
const sh = (script: string, input = "", argument = "") =>
  spawnSync("sh", ["-c", script, argument], { input, encoding: "utf8", env: ENV });
const has = (name: string) => sh(`command -v ${name}`).status === 0;
const without = (...names: string[]) =>
  names.filter((name) => !has(name) || (name === "nft" && process.getuid?.() !== 0));
const skip = (missing: readonly string[]) => missing.length > 0 && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1";
const why = (missing: readonly string[]) =>
  missing.length > 0 ? ` (skipped: needs ${missing.join(", ")}, nft as root)` : "";

/** Without the names of /etc/protocols and /etc/services, which a small node does not have. */
const NFT_CHECK =
  "unshare -nm sh -c 'for each in protocols services; do [ ! -e /etc/$each ] || mount --bind /dev/null /etc/$each; done; exec nft -c -f -'";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-render-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const nft = without("nft", "unshare");
describe.skipIf(skip(nft))(`the table${why(nft)}`, () => {
  it("is one that nft takes, whatever the state", () => {
    void fc.assert(
      fc.property(stateArbitrary, (state) => {
        const text = renderNftTable(state);
        const done = sh(NFT_CHECK, text);
        expect(`${done.stdout}${done.stderr}`, text).toBe("");
        expect(done.status).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

const dnsmasq = without("dnsmasq");
describe.skipIf(skip(dnsmasq))(`the DHCP configuration${why(dnsmasq)}`, () => {
  it("is one that dnsmasq takes, whatever the state", () => {
    void fc.assert(
      fc.property(stateArbitrary, (state) => {
        for (const vnet of state.vnets.filter(needsDnsmasq)) {
          const text = renderDnsmasqConf(vnet);
          const conf = path.join(folder, "vnet.conf");
          const hosts = path.join(folder, "vnet.hosts");
          fs.writeFileSync(conf, text);
          fs.writeFileSync(hosts, renderDnsmasqHosts(vnet));
          const done = sh('dnsmasq --test --conf-file="$0"', "", conf);
          expect(done.stderr, text).toContain("syntax check OK");
          const lines = sh('dnsmasq --test --conf-file=/dev/null --dhcp-hostsfile="$0"', "", hosts);
          expect(lines.status).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is one that dnsmasq takes when the designer takes the options, however long they are", () => {
    // Half of the lists are longer than an option holds.
    const label = fc.integer({ min: 1, max: 40 }).map((length) => "a".repeat(length));
    const name = fc.array(label, { minLength: 1, maxLength: 4, size: "max" }).map((labels) => labels.join("."));
    const routes = fc.array(fc.nat(255), { minLength: 1, maxLength: 16 });
    const raw = fc.record({
      search: fc.array(name, { minLength: 1, maxLength: 8, size: "max" }),
      "ntp-servers": fc.array(fc.nat(255), { minLength: 1, maxLength: 16 }).map((all) => all.map((n) => `10.0.0.${n}`)),
      "static-routes": routes.map((all) => all.map((n) => ({ destination: `10.0.${n}.0/24`, via: "10.0.0.9" }))),
      "tftp-server": name,
      "boot-file": fc.stringMatching(/^[A-Za-z0-9._/-]{1,127}$/),
    });
    const taken = { yes: 0, no: 0 };
    void fc.assert(
      fc.property(raw, (values) => {
        const { options, faults } = readDhcpOptions(values, 4);
        taken[options.search ? "yes" : "no"] += 1;
        expect(faults.map(({ name: of }) => of)).toEqual(options.search ? [] : ["search"]);
        const text = renderDnsmasqConf(labVnet("vnet", [labSubnet("10.0.0", { options })]));
        expect(sh("dnsmasq --test --conf-file=-", text).stderr, text).toContain("syntax check OK");
      }),
      { numRuns: 80 },
    );
    expect(Math.min(taken.yes, taken.no)).toBeGreaterThan(10);
  });
});
