import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NodeState } from "@/lib/core/hosts/node-state";
import { createKeyPair } from "../ssh/key-pair";
import type { AgentFile } from "./agent-files";
import { bundleScript, installScript, type Script } from "./install-script";

/** Stands for the agent: keeps what `put` is given beside itself and ends with 4, as for a VNet that is not there yet. */
const FILES: readonly AgentFile[] = [
  {
    target: "/usr/local/sbin/trunkline-host",
    mode: "0755",
    content: Buffer.from('#!/bin/sh\ncat > "$0.$#.$1"\necho \'{"schema":1}\'\nexit 4\n'),
  },
  {
    target: "/etc/systemd/system/trunkline-host.timer",
    mode: "0644",
    content: Buffer.from("[Timer]\n# 'quotes' $(id) `id`\n"),
  },
  {
    target: "/usr/local/sbin/every-byte",
    mode: "0755",
    content: Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 256)),
  },
];
const STATE: NodeState = { schema: 1, owner: "trunkline-test", revision: 7, repairSeconds: 60, vnets: [], routes: [] };
const { publicKey } = createKeyPair("trunkline@test");
const install = (more = {}) => installScript({ node: "pve1", files: FILES, publicKey, from: [], ...more });
const bundle = (state = STATE) => bundleScript({ node: "pve1", files: FILES, state });

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-bundle-"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function run(text: string, ...options: string[]) {
  const file = path.join(root, "script.sh");
  fs.writeFileSync(file, text);
  return spawnSync("sh", [file, "--root", path.join(root, "node"), ...options], { encoding: "utf8" });
}
const at = (name: string): string => path.join(root, "node", name);
const listing = (): string[] =>
  fs
    .readdirSync(at(""), { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name).slice(at("").length))
    .sort();

describe("the scripts", () => {
  it.each<[string, () => Script]>([
    ["install", install],
    ["bundle", bundle],
  ])("%s: the shell can read it, its checksum is that of its text, the same input gives the same bytes", (_, make) => {
    const script = make();
    expect(spawnSync("sh", ["-n"], { input: script.text }).status).toBe(0);
    expect(script.sha256).toBe(createHash("sha256").update(script.text).digest("hex"));
    expect(make()).toEqual(script);
    expect(Math.max(...script.text.split("\n").map((line) => line.length))).toBeLessThan(160);
  });

  it("install puts every byte and mode in place, and lets the key in to its verbs only", () => {
    const done = run(install({ from: ["192.0.2.10", "2001:db8::/64"] }).text);
    expect(done.stderr).toContain("every-byte: written");
    expect(done.status).toBe(0);
    for (const { target, mode, content } of FILES) {
      expect(fs.readFileSync(at(target)).equals(content)).toBe(true);
      expect(`0${(fs.statSync(at(target)).mode & 0o7777).toString(8)}`).toBe(mode);
    }
    expect(fs.readFileSync(at("var/lib/trunkline-ssh/.ssh/authorized_keys"), "utf8")).toBe(
      `restrict,command="/usr/local/sbin/trunkline-host-ssh",from="192.0.2.10,2001:db8::/64" ${publicKey}\n`,
    );
    const sudoers = fs.readFileSync(at("etc/sudoers.d/trunkline-host"), "utf8");
    expect(sudoers).toMatch(/^trunkline ALL=\(root\) NOPASSWD: \S+ put, /m);
    expect(sudoers).not.toMatch(/render|--root|ALL$/m);
  });

  it("a second time changes nothing, and what somebody changed is put right", () => {
    const { text } = install();
    run(text);
    const before = listing();
    expect(run(text).stderr).not.toContain("written");
    fs.appendFileSync(at("usr/local/sbin/trunkline-host"), "# mine\n");
    fs.chmodSync(at("etc/sudoers.d/trunkline-host"), 0o644);
    expect(run(text).stderr.match(/^.*: written$/gm)).toEqual([
      "/usr/local/sbin/trunkline-host: written",
      "/etc/sudoers.d/trunkline-host: written",
    ]);
    expect(listing()).toEqual(before);
  });

  it("the bundle hands the state to the same put, and ends as it ends", () => {
    const done = run(bundle().text);
    expect(done.status).toBe(4);
    expect(JSON.parse(done.stdout)).toEqual({ schema: 1 });
    const given = listing().find((name) => name.startsWith("/usr/local/sbin/trunkline-host."));
    expect(JSON.parse(fs.readFileSync(at(given ?? ""), "utf8"))).toEqual(STATE);
    expect(listing().some((name) => /sudoers|authorized_keys/.test(name))).toBe(false);
  });

  it("uninstalling leaves no file behind", () => {
    run(install().text);
    fs.rmSync(at("usr/local/sbin/every-byte"));
    expect(run(install().text, "--uninstall").status).toBe(0);
    expect(listing()).toEqual([]);
  });

  it("a script that was damaged on the way writes nothing of the damaged file", () => {
    const { text } = install();
    const line = FILES[0]?.content.toString("base64").slice(0, 20) ?? "";
    const done = run(text.replace(line, `${line.slice(0, -2)}AA`));
    expect(done.status).toBe(1);
    expect(done.stderr).toContain("damaged");
    expect(listing()).toEqual([]);
  });

  it("runs on its own node only", () => {
    const file = path.join(root, "script.sh");
    fs.writeFileSync(file, install().text);
    const done = spawnSync("sh", [file], { encoding: "utf8" });
    expect(done.status).toBe(1);
    expect(done.stderr).toMatch(/made for pve1|as root/);
    expect(spawnSync("sh", [file, "--force"], { encoding: "utf8" }).status).toBe(2);
  });

  it.each([
    { publicKey: `${publicKey}\nssh-ed25519 AAAA evil` },
    { publicKey: 'ssh-ed25519 AAAA "; id' },
    { from: ['192.0.2.1",command="id'] },
    { node: "pve1; id" },
  ])("never takes text that is not of the form expected: %j", (more) => {
    expect(() => install(more)).toThrow("Broken invariant");
  });
});
