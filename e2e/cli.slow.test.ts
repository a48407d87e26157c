import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bundleCommand } from "@/lib/scripts/bundle.mjs";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";

/** The command as a clone has it; everything but one test calls the one that is packed, which starts at once. */
const OF_A_CLONE = path.resolve("lib/cli/trunkline.mjs");
const LAYOUT = `version: 1
name: homelab
zones:
  - { id: hybzone, type: vlan, bridge: vmbr0, ipam: pve }
vnets:
  - { id: vnetmgmt, zone: hybzone, tag: 10 }
subnets:
  - { vnet: vnetmgmt, cidr: 10.10.0.0/24, gateway: 10.10.0.1 }
`;

let simulator: Simulator;
let folder: string;
let packed: string;
beforeAll(async () => {
  packed = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-packed-"));
  await bundleCommand(path.join(packed, "trunkline.cjs"));
  simulator = await startSimulator({ scene: "three-node", port: 0, control: true, speed: "instant" });
});
afterAll(async () => {
  await simulator.close();
  fs.rmSync(packed, { recursive: true });
});
beforeEach(() => {
  simulator.reset();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-cli-"));
  fs.writeFileSync(path.join(folder, "lab.yaml"), LAYOUT);
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const startedAs = (command: string, words: readonly string[]) =>
  spawn(process.execPath, [command, ...words], {
    cwd: folder,
    env: { ...process.env, TRUNKLINE_TOKEN: `${demoToken.id}=${demoToken.secret}`, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
const started = (...words: string[]) => startedAs(path.join(packed, "trunkline.cjs"), words);

function ended(child: ReturnType<typeof started>): Promise<Ended> {
  let out = "";
  let err = "";
  child.stdout.on("data", (part) => {
    out += part;
  });
  child.stderr.on("data", (part) => {
    err += part;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

const trunkline = (...words: string[]) => ended(started(...words));
const onCluster = (...words: string[]) => trunkline(...words, "--endpoint", simulator.url);
const state = () => JSON.parse(fs.readFileSync(path.join(folder, "lab.state.json"), "utf8"));
const writes = () => simulator.requests().filter(({ method }) => method !== "GET");
const edit = (from: string, to: string) => fs.writeFileSync(path.join(folder, "lab.yaml"), LAYOUT.replace(from, to));

describe("without a cluster", () => {
  it("validate tells problems with their codes, and a broken file with line and column", async () => {
    expect((await trunkline("validate", "lab.yaml")).code).toBe(0);
    edit("tag: 10", "tag: 4095");
    expect(await trunkline("validate", "lab.yaml")).toMatchObject({
      code: 1,
      out: expect.stringMatching(/error VNet vnetmgmt: .*\[tag-out-of-range\]/),
    });
    edit("tag: 10", "vlan: 10");
    expect(await trunkline("validate", "lab.yaml")).toMatchObject({
      code: 2,
      err: expect.stringContaining("lab.yaml:6:36"),
    });
    expect(await ended(startedAs(OF_A_CLONE, ["validate", "none.yaml"]))).toEqual(
      await trunkline("validate", "none.yaml"),
    );
    expect((await trunkline("validate", "none.yaml")).code).toBe(2);
    expect(await trunkline("validate", "lab.yaml", "--colour")).toMatchObject({
      code: 2,
      err: expect.stringContaining("--colour"),
    });
  });

  it("convert writes JSON and back, CSV and Markdown, and says what comes later", async () => {
    const json = await trunkline("convert", "lab.yaml", "--to", "json");
    fs.writeFileSync(path.join(folder, "lab.json"), json.out);
    const back = await trunkline("convert", "lab.json", "--to", "layout");
    expect([json.code, back.code]).toEqual([0, 0]);
    expect(back.out).toContain("id: vnetmgmt");
    expect((await trunkline("convert", "lab.yaml", "--to", "csv")).out).toMatch(
      /\r\nhybzone,vlan,vmbr0,,vnetmgmt,10,.*\r\n$/,
    );
    expect((await trunkline("convert", "lab.yaml", "--to", "md", "-o", "lab.md")).code).toBe(0);
    expect(fs.readFileSync(path.join(folder, "lab.md"), "utf8")).toContain("## Zone hybzone (vlan)");
    expect((await trunkline("convert", "lab.yaml", "--to", "svg")).out).toMatch(/^<svg [^>]*>.*vnetmgmt.*<\/svg>\n$/);
    expect(await trunkline("convert", "lab.yaml", "--to", "terraform")).toMatchObject({
      code: 2,
      err: expect.stringContaining("comes later"),
    });
  });
});

describe("with a cluster", () => {
  it("plans, applies, plans to nothing, and owns what it made", async () => {
    const planned = await onCluster("plan", "lab.yaml", "-o", "plan.json");
    expect(planned).toMatchObject({ code: 2, out: expect.stringContaining("+ vnet vnetmgmt") });
    expect(writes()).toEqual([]);
    expect((await onCluster("apply", "lab.yaml")).code).toBe(2);
    expect(writes()).toEqual([]);
    const applied = await onCluster("apply", "plan.json", "--yes", "--state", "lab.state.json");
    expect(applied).toMatchObject({ code: 0, out: expect.stringContaining("verified on 3 of 3 nodes") });
    expect(applied.out + applied.err).not.toContain(demoToken.secret);
    expect(state()).toMatchObject({ cluster: "demo", run: null, owned: expect.arrayContaining(["vnet/vnetmgmt"]) });
    expect((await onCluster("plan", "lab.yaml")).code).toBe(0);
    expect((await onCluster("drift", "lab.yaml")).code).toBe(0);
    expect(writes().filter(({ path: at, method }) => at === "/cluster/sdn" && method === "PUT")).toHaveLength(1);
  });

  it("deletes nothing without a state file, and says so", async () => {
    await onCluster("apply", "lab.yaml", "--yes");
    fs.rmSync(path.join(folder, "lab.state.json"));
    fs.writeFileSync(path.join(folder, "lab.yaml"), "version: 1\nname: homelab\nzones: []\nvnets: []\nsubnets: []\n");
    const planned = await onCluster("plan", "lab.yaml");
    expect(planned).toMatchObject({ code: 0, err: expect.stringContaining("nothing is owned") });
  });

  it("imports a cluster so that the next plan is empty, and sees drift afterwards", async () => {
    await onCluster("apply", "lab.yaml", "--yes");
    simulator.clearRequests();
    expect((await onCluster("import", "-o", "taken.yaml")).code).toBe(0);
    expect(writes()).toEqual([]);
    expect((await onCluster("plan", "taken.yaml")).code).toBe(0);
    edit("tag: 10", "tag: 11");
    expect((await onCluster("apply", "lab.yaml", "--yes")).code).toBe(0);
    const drifted = await onCluster("drift", "taken.yaml");
    expect(drifted).toMatchObject({ code: 2, out: expect.stringContaining("tag 10 → 11") });
  });

  it("ends 3 when a node is not proven, and 0 once it was tried again", async () => {
    simulator.control("fail-ifreload-pve2", "1");
    expect((await onCluster("apply", "lab.yaml", "--yes")).code).toBe(3);
    simulator.control("fail-ifreload-pve2");
    const again = await onCluster("apply", "lab.yaml", "--retry-node", "pve2");
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining("3 of 3") });
    expect(state().run).toBeNull();
  });

  it("is taken up after a kill: rolled back or continued, with one commit at most", async () => {
    for (const [flag, code] of [
      ["--roll-back", 1],
      ["--continue", 0],
    ] as const) {
      simulator.reset();
      fs.rmSync(path.join(folder, "lab.state.json"), { force: true });
      simulator.addFault({ match: { method: "POST", path: "/subnets$" }, how: "slow", milliseconds: 60_000 });
      const child = started("apply", "lab.yaml", "--yes", "--endpoint", simulator.url);
      const gone = ended(child);
      await expect.poll(() => writes().length, { timeout: 100_000 }).toBeGreaterThanOrEqual(3);
      child.kill("SIGKILL");
      await gone;
      simulator.clearFaults();
      expect(await onCluster("apply", "lab.yaml")).toMatchObject({
        code: 4,
        err: expect.stringContaining("--roll-back"),
      });
      expect((await onCluster("apply", "lab.yaml", flag)).code).toBe(code);
      expect(state().run).toBeNull();
    }
  });

  it("stops honestly on Ctrl-C: everything staged is undone", async () => {
    simulator.addFault({ match: { method: "POST", path: "/vnets$" }, how: "slow", milliseconds: 1500 });
    const child = started("apply", "lab.yaml", "--yes", "--endpoint", simulator.url);
    const gone = ended(child);
    await expect.poll(() => writes().length, { timeout: 100_000 }).toBeGreaterThanOrEqual(2);
    child.kill("SIGINT");
    expect(await gone).toMatchObject({ code: 1, out: expect.stringContaining("unchanged") });
    expect((await onCluster("plan", "lab.yaml")).out).toContain("+ vnet vnetmgmt");
  });

  it("refuses what it cannot begin, and sends nothing", async () => {
    fs.writeFileSync(path.join(folder, "lab.state.json"), "{}");
    const kept = await onCluster("apply", "lab.yaml", "--yes");
    expect(kept).toMatchObject({ code: 2, err: expect.stringContaining("left as it is") });
    expect(fs.readFileSync(path.join(folder, "lab.state.json"), "utf8")).toBe("{}");
    fs.rmSync(path.join(folder, "lab.state.json"));
    fs.writeFileSync(path.join(folder, "lab.state.json.lock"), String(process.pid));
    expect(await onCluster("apply", "lab.yaml", "--yes")).toMatchObject({
      code: 2,
      err: expect.stringContaining("Another trunkline"),
    });
    fs.rmSync(path.join(folder, "lab.state.json.lock"));
    const nowhere = ["--endpoint", "http://127.0.0.1:1", "--endpoint", simulator.url] as const;
    expect((await trunkline("plan", "lab.yaml", ...nowhere)).code).toBe(2);
    expect((await trunkline("plan", "lab.yaml", "--endpoint", "http://127.0.0.1:1")).code).toBe(1);
    expect(writes()).toEqual([]);
  });
});
