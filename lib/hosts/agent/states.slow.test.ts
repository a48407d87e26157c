import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agentReason, folderNode, runAgent, withoutAgent } from "../testing/agent";
import { labState, labSubnet, labVnet } from "../testing/lab-state";

/** Whose state it is, which revision, what is kept: on a node that is only a folder. What runs is the namespace lab's. */
const WRAPPER = path.resolve("lib/hosts/agent/trunkline-host-ssh");
const STATE = "etc/trunkline/state.json";
const mgmt = labVnet("vnetmgmt", [labSubnet("10.10.0")]);
const dev = labVnet("vnetdev", [labSubnet("10.20.0", null)], { mac: "02:54:4c:00:00:14" });

describe.skipIf(withoutAgent)(`the agent's state${agentReason}`, () => {
  let node: ReturnType<typeof folderNode>;
  beforeEach(() => {
    node = folderNode();
  });
  afterEach(() => node.remove());

  it("without a state there is nothing to do, and that is no fault", async () => {
    for (const verb of ["plan", "status", "apply", "remove"]) {
      const said = await node.agent(verb);
      expect(said, verb).toMatchObject({ exit: 0, owner: null, revision: null, changes: [], error: null });
    }
    expect(Object.keys(node.tree()).filter((name) => name.startsWith("etc"))).toEqual([]);
  });

  it("put keeps the state for root's eyes alone and writes its files, and once more changes nothing", async () => {
    const put = await node.agent("put", labState(3, [dev, mgmt]));
    expect(put).toMatchObject({ exit: 0, owner: "trunkline-lab", revision: 3, error: null });
    expect(put.changes.map(({ what }) => what)).toEqual(["nft", "snippet", "dhcp", "unit"]);
    const kept = node.tree();
    expect(kept[STATE]).toMatch(/^600 /);
    expect(Object.keys(kept).filter((name) => name.startsWith("etc/trunkline/dhcp/"))).toHaveLength(2);
    expect(await node.agent("put", labState(3, [dev, mgmt]))).toMatchObject({ exit: 0, changes: [] });
    expect(await node.agent("plan")).toMatchObject({ exit: 0, revision: 3, changes: [] });
    expect(node.tree()).toEqual(kept);
  });

  it("a configuration that dnsmasq refuses is told with its VNet, and none is touched", async () => {
    await node.agent("put", labState(3, [mgmt]));
    const kept = node.tree();
    const long = ["a", "b", "c", "d", "e"].map((letter) => `${letter.repeat(60)}.${letter.repeat(60)}.example`);
    const many = labVnet("vnetlong", [labSubnet("10.30.0", { options: { search: long } })], {
      mac: "02:54:4c:00:00:1e",
    });
    const said = await node.agent("put", labState(4, [mgmt, many, dev]));
    expect(said).toMatchObject({ exit: 2, changes: [], error: { field: "vnets[1]" } });
    expect(said.error?.reason).toMatch(/dnsmasq does not take the configuration of vnetlong: .*too long/);
    expect(node.tree()).toEqual(kept);
  });

  it("an older revision, an equal one with other content, and another owner are refused with 3", async () => {
    await node.agent("put", labState(3, [mgmt]));
    const kept = node.tree();
    const other = labState(9, [mgmt], { owner: "trunkline-other" });
    expect(await node.agent("put", labState(2, []))).toMatchObject({ exit: 3, error: { field: "revision" } });
    expect(await node.agent("put", labState(3, []))).toMatchObject({ exit: 3, error: { field: "revision" } });
    const said = await node.agent("put", other);
    expect(said).toMatchObject({ exit: 3, changes: [], error: { field: "owner" } });
    expect(said.error?.reason).toContain("trunkline-lab");
    expect(node.tree()).toEqual(kept);
    expect((await node.agent("remove")).exit).toBe(0);
    expect(await node.agent("put", other)).toMatchObject({ exit: 0, owner: "trunkline-other" });
  });

  it("a damaged state stops the agent, not the services, and the next put mends it", async () => {
    await node.agent("put", labState(3, [mgmt]));
    const whole = node.read(STATE);
    for (const damaged of ["", whole.slice(0, 200), whole.replace("vnetmgmt", "vm;reboot"), "{}"]) {
      node.write(STATE, damaged);
      const kept = node.tree();
      for (const verb of ["plan", "status", "apply"]) {
        const said = await node.agent(verb);
        expect(said, damaged).toMatchObject({ exit: 2, changes: [], error: { field: "state" } });
      }
      expect(node.tree()).toEqual(kept);
    }
    // Whose it was and which revision is known all the same.
    const other = labState(9, [mgmt], { owner: "trunkline-other" });
    expect((await node.agent("put", other)).exit).toBe(3);
    expect((await node.agent("put", labState(2, [mgmt]))).exit).toBe(3);
    expect((await node.agent("put", labState(4, [mgmt]))).exit).toBe(0);
    expect(await node.agent("plan")).toMatchObject({ exit: 0, revision: 4, changes: [] });
  });

  it("a state that was deleted by hand is told, and remove still takes everything away", async () => {
    await node.agent("put", labState(3, [mgmt]));
    fs.rmSync(path.join(node.root, STATE));
    expect(await node.agent("apply")).toMatchObject({ exit: 2, changes: [], error: { field: "state" } });
    expect((await node.agent("remove")).exit).toBe(0);
    expect(Object.values(node.tree()).filter((content) => content !== "")).toEqual([]);
  });

  it("a VNet that leaves the state leaves nothing, and the others stay", async () => {
    await node.agent("put", labState(3, [dev, mgmt]));
    const put = await node.agent("put", labState(4, [dev], { repairSeconds: 20 }));
    expect(put.changes.map(({ what, action }) => `${what} ${action}`)).toEqual([
      ...["nft replace", "snippet replace", "dhcp remove", "unit replace"],
    ]);
    const kept = node.tree();
    expect(Object.entries(kept).filter(([name, content]) => `${name}${content}`.includes("vnetmgmt"))).toEqual([]);
    expect(kept["etc/network/interfaces.d/trunkline"]).toContain("iface vnetdev inet static");
    expect(kept["etc/systemd/system/trunkline-host.timer.d/interval.conf"]).toContain("OnUnitInactiveSec=20");
  });

  it("remove takes away what the agent wrote and nothing else, and twice is 0 changes", async () => {
    const foreign = {
      "etc/network/interfaces.d/sdn": "#version:1\n",
      "etc/network/interfaces.d/trunkline-mine": "auto x\n",
      "etc/systemd/system/trunkline-dhcp@vnetdev.service.d/mine.conf": "[Service]\n",
      "etc/systemd/system/sys-subsystem-net-devices-vnetmgmt.device.wants/dnsmasq@x.service": "",
      "etc/trunkline-other/state.json": "{}",
    };
    for (const [name, text] of Object.entries(foreign)) node.write(name, text);
    const before = node.tree();
    await node.agent("put", labState(3, [dev, mgmt], { repairSeconds: 20 }));
    expect((await node.agent("remove")).changes.length).toBeGreaterThan(3);
    const folders = ["etc/trunkline", "var/lib/trunkline", "run/trunkline"];
    expect(Object.keys(node.tree()).filter((name) => folders.some((one) => `${name}/`.startsWith(`${one}/`)))).toEqual(
      [],
    );
    expect(node.tree()).toMatchObject(before);
    const left = Object.entries(node.tree()).filter(([name]) => !(name in before));
    expect(left.filter(([, content]) => content !== "")).toEqual([]);
    expect(await node.agent("remove")).toMatchObject({ exit: 0, changes: [] });
  });

  it("a link where a file of the agent should be is replaced, and what it leads to stays as it is", async () => {
    const target = path.join(node.root, "secret");
    fs.writeFileSync(target, "secret");
    node.write("etc/network/interfaces.d/x", "");
    fs.symlinkSync(target, path.join(node.root, "etc/network/interfaces.d/trunkline"));
    expect((await node.agent("put", labState(1, [mgmt]))).exit).toBe(0);
    expect(fs.readFileSync(target, "utf8")).toBe("secret");
    expect(node.read("etc/network/interfaces.d/trunkline")).toContain("10.10.0.1/24");
  });

  it("an interface that the node's own configuration makes is never taken for a VNet", async () => {
    node.write("etc/network/interfaces", "auto lo\niface lo inet loopback\n\nauto vmbr0\niface vmbr0 inet manual\n");
    const said = await node.agent(
      "put",
      labState(1, [{ ...dev, vnet: "vmbr0", subnets: [labSubnet("10.20.0", null, { snat: null })] }]),
    );
    expect(said).toMatchObject({ exit: 2, error: { field: "vnets[0].vnet" } });
  });
});

describe.skipIf(withoutAgent)(`who may ask the agent what${agentReason}`, () => {
  it("knows its verbs, and no option but the one for a test's folder", async () => {
    expect(await runAgent(["version"])).toMatchObject({ exit: 0, agent: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    const wrong = [
      [],
      ["shell"],
      ["put", "--force"],
      ["put", "--root"],
      ["put", "--root", "/"],
      ["put", "--root=/tmp"],
    ];
    for (const argv of [
      ...wrong,
      ["plan", "apply"],
      ["--help"],
      ["put", "--root", "//"],
      ["put", "--root", "/tmp/.."],
    ]) {
      expect(await runAgent(argv), argv.join(" ")).toMatchObject({ exit: 2, changes: [], error: { field: "verb" } });
    }
  });

  it("the key's wrapper starts exactly its verbs", () => {
    const bin = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-wrapper-"));
    const wrapper = path.join(bin, "wrapper");
    const told = path.join(bin, "told");
    fs.writeFileSync(told, '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    // The same file with other places: what is compared and passed on is the shipped text.
    const text = fs.readFileSync(WRAPPER, "utf8").replaceAll("/usr/local/sbin/trunkline-host", told);
    fs.writeFileSync(wrapper, text.replace("set -- sudo -n", "set --"), { mode: 0o755 });
    const ask = (command?: string) => {
      const env = { ...process.env, ...(command === undefined ? {} : { SSH_ORIGINAL_COMMAND: command }) };
      const done = spawnSync(wrapper, ["--root", "/tmp"], { encoding: "utf8", env });
      return `${done.status} ${done.stdout.trim()}`.trim();
    };
    for (const verb of ["put", "plan", "apply", "status", "remove", "version"]) expect(ask(verb)).toBe(`0 ${verb}`);
    const refused = [
      "",
      "bash -i",
      "status; id",
      "put --root /tmp",
      "render",
      "put ",
      " put",
      "put\nid",
      "PUT",
      "$(id)",
    ];
    for (const command of [undefined, ...refused, "scan", "internal-sftp"]) expect(ask(command), command).toBe("126");
    fs.rmSync(bin, { recursive: true });
  });
});
