import { createHash } from "node:crypto";
import fs from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createKeyPair } from "@/lib/hosts/ssh/key-pair";
import { labState, labSubnet, labVnet } from "@/lib/hosts/testing/lab-state";
import { type SshNode, startSshNode } from "@/lib/hosts/testing/ssh-node";
import { sshdReason, withoutSshd } from "@/lib/hosts/testing/sshd";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import * as store from "@/lib/store/host-agents";
import { describeOnBoth } from "@/lib/store/testing/databases";
import { setRepairInterval } from "./agent-interval";
import { forgetAgent, removeAgent } from "./agent-removal";
import { repairAgent } from "./agent-repair";
import { addAgent, installAgent, loadInstallScript, probeHostKey, renewAgentKey, repinAgent } from "./agent-setup";
import { checkAgent, listAgents, listLeases, readAgent } from "./agents";
import { listAudit } from "./audit";
import { ensureCluster, listClusters } from "./clusters";
import type { Context } from "./context";
import { agentsOf, hostsOf, installationOwner } from "./host-agents";
import { readLeftovers, removeLeftovers } from "./leftovers";
import { must, mustFail, operator, owner, provideStore, viewer } from "./testing/harness";
import { withThisMachine } from "./testing/this-machine";

const TOKEN = { tokenId: "trunkline@pve!demo", secret: "7e3a1c52-90d4-4b7e-8c61-5f2d9b04a7e1" };
const OTHER_KEY = `SHA256:${"A".repeat(43)}`;

describeOnBoth(`host agents${sshdReason}`, (open) => {
  let node: SshNode;
  let simulator: Simulator;
  let ctx: Context;
  let place: { clusterId: string; node: string };

  beforeAll(async () => {
    if (withoutSshd) return;
    node = await startSshNode();
    simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant" });
    ctx = provideStore(await open(), { proxmox: withThisMachine });
    await ensureCluster(ctx, { name: "demo", policy: "direct", endpoint: simulator.url, ...TOKEN });
    place = { clusterId: must(await listClusters(viewer))[0]?.id ?? "", node: node.name };
  });
  afterAll(async () => {
    await node?.stop();
    await simulator?.close();
  });

  const address = () => ({ host: "127.0.0.1", port: node.port });
  const actions = async () => must(await listAudit(owner)).entries.map(({ action }) => action);

  it.skipIf(withoutSshd)(
    "an agent is added with a compared host key, installed with a key used once, and checked",
    async () => {
      const seen = must(await probeHostKey(owner, address()));
      expect(seen.fingerprint).toBe(node.fingerprint);
      const wrong = mustFail(await addAgent(owner, { mode: "ssh", ...place, host: "a b", port: 0, hostKey: "x" }));
      expect(Object.keys(wrong.fields ?? {}).sort()).toEqual(["host", "hostKey", "port"]);
      const added = must(await addAgent(owner, { mode: "ssh", ...place, ...address(), hostKey: seen.fingerprint }));
      expect(added).toMatchObject({ node: node.name, user: "trunkline", put: null, contactAt: null, report: null });
      const again = await addAgent(owner, { mode: "ssh", ...place, ...address(), hostKey: seen.fingerprint });
      expect(mustFail(again).fields).toHaveProperty("node");
      // The test's server knows only the user it runs as.
      await store.updateAgent(ctx.db, place, { user: node.user });

      const script = must(await loadInstallScript(owner, { ...place, from: ["10.0.0.5"] }));
      expect(script.name).toBe(`trunkline-install-${node.name}.sh`);
      expect(script.sha256).toBe(createHash("sha256").update(script.text).digest("hex"));
      expect(mustFail(await loadInstallScript(owner, { ...place, from: ["; rm"] })).fields).toHaveProperty("from.0");

      expect(mustFail(await checkAgent(operator, place))).toMatchObject({ kind: "unauthorized" });
      const refusedKey = { privateKey: createKeyPair("somebody").privateKey };
      const notIn = mustFail(await installAgent(owner, { ...place, user: node.user, signIn: refusedKey }));
      expect(notIn.message).toContain("Nothing was sent");
      const signIn = { privateKey: node.key.privateKey.trim() };
      expect(must(await installAgent(owner, { ...place, user: node.user, signIn })).log).toContain(
        "trunkline-host: written",
      );
      node.letIn();
      expect(must(await checkAgent(operator, place))).toMatchObject({
        report: { agent: "1.0.0", owner: null },
        failure: null,
      });
      expect(await actions()).toEqual(expect.arrayContaining(["agent.add", "agent.install", "agent.check"]));
    },
  );

  it.skipIf(withoutSshd)("what an agent finds is shown to everybody and put right by operators", async () => {
    const ours = await installationOwner(ctx);
    const vnets = [labVnet("vnetlab", [labSubnet("10.9.0")])];
    must(await (await hostsOf(ctx, place.clusterId)).put(node.name, labState(5, vnets, { owner: ours })));
    fs.appendFileSync(node.at("etc/network/interfaces.d/trunkline"), "# by hand\n");
    const found = must(await checkAgent(operator, place));
    expect(found).toMatchObject({ put: { revision: 5, vnets: 1 }, report: { owner: ours, revision: 5 } });
    expect(found.report?.changes).toMatchObject([{ what: "snippet", action: "replace" }]);
    expect(must(await readAgent(viewer, place)).report?.changes).toHaveLength(1);
    expect(must(await repairAgent(operator, place)).report?.changes).toEqual([]);
    expect(fs.readFileSync(node.at("etc/network/interfaces.d/trunkline"), "utf8")).not.toContain("by hand");
    expect(must(await listAgents(viewer, place))).toMatchObject({
      agents: [{ node: node.name }],
      owner: ours,
      version: "1.0.0",
    });
  });

  it.skipIf(withoutSshd)(
    "the repair interval is put at once with the services it has, and stays with plans and scripts",
    async () => {
      for (const seconds of [4, 3601, 7.5, "often"]) {
        const wrong = mustFail(await setRepairInterval(owner, { ...place, seconds }));
        expect(wrong.fields?.["seconds"]).toContain("from 5 to 3600");
      }
      const { put } = must(await readAgent(viewer, place));
      const changed = must(await setRepairInterval(owner, { ...place, seconds: "300" }));
      expect(changed).toMatchObject({
        repairSeconds: 300,
        put: { revision: (put?.revision ?? 0) + 1, vnets: put?.vnets },
      });
      const onNode = JSON.parse(fs.readFileSync(node.at("etc/trunkline/state.json"), "utf8"));
      expect(onNode).toMatchObject({ repairSeconds: 300, vnets: [{ vnet: "vnetlab" }] });
      const [agent] = await agentsOf(ctx, place.clusterId);
      expect(agent).toMatchObject({ repairSeconds: 300, state: { repairSeconds: 300 } });
      expect(await actions()).toContain("agent.interval");

      // The agent refuses: nothing is another then.
      await store.updateAgent(ctx.db, place, { port: 9 });
      expect(mustFail(await setRepairInterval(owner, { ...place, seconds: 30 })).kind).toBe("unreachable");
      await store.updateAgent(ctx.db, place, { port: node.port });
      expect(must(await readAgent(viewer, place)).repairSeconds).toBe(300);
      // That put counts as sent. The node says which state it has, so the next one is put all the same.
      must(await setRepairInterval(owner, { ...place, seconds: 45 }));
      const now = JSON.parse(fs.readFileSync(node.at("etc/trunkline/state.json"), "utf8"));
      expect(now).toMatchObject({ repairSeconds: 45, vnets: [{ vnet: "vnetlab" }] });
    },
  );

  it.skipIf(withoutSshd)("a node whose state file is damaged or gone is given its state again", async () => {
    const file = node.at("etc/trunkline/state.json");
    for (const spoil of [() => fs.writeFileSync(file, "{"), () => fs.rmSync(file)]) {
      spoil();
      const broken = mustFail(await checkAgent(operator, place));
      expect(broken.fields).toHaveProperty("state");
      const repaired = must(await repairAgent(operator, place));
      expect(repaired).toMatchObject({ failure: null, report: { changes: [], revision: repaired.put?.revision } });
      expect(JSON.parse(fs.readFileSync(file, "utf8"))).toMatchObject({ vnets: [{ vnet: "vnetlab" }] });
    }
  });

  it.skipIf(withoutSshd)("leases of an agent that does not answer are what it last told, with the reason", async () => {
    const ends = Math.floor(Date.now() / 1000) + 3600;
    fs.mkdirSync(node.at("var/lib/trunkline/leases"), { recursive: true });
    const line = `${ends} bc:24:11:00:00:01 10.9.0.130 bastion *\n`;
    fs.writeFileSync(node.at("var/lib/trunkline/leases/vnetlab.leases"), line);
    ctx = provideStore(ctx.store, { ...ctx, clock: { ...ctx.clock, now: () => Date.now() + 6_000 } });
    const lease = { node: node.name, vnet: "vnetlab", ip: "10.9.0.130", mac: "bc:24:11:00:00:01", hostname: "bastion" };
    const read = must(await listLeases(viewer, place));
    expect(read).toMatchObject({ leases: [{ ...lease, expires: new Date(ends * 1000).toISOString() }] });
    expect(read.sources).toMatchObject([{ node: node.name, reason: null }]);
    await store.updateAgent(ctx.db, place, { port: 9 });
    ctx = provideStore(ctx.store, { ...ctx, clock: { ...ctx.clock, now: () => Date.now() + 12_000 } });
    const stale = must(await listLeases(viewer, place));
    expect(stale.leases).toMatchObject([lease]);
    expect(stale.sources).toMatchObject([
      { reason: expect.stringContaining("cannot be reached"), at: read.sources[0]?.at },
    ]);
    await store.updateAgent(ctx.db, place, { port: node.port });
  });

  it.skipIf(withoutSshd)("another host key stops everything until somebody pins it on purpose", async () => {
    expect(must(await checkAgent(operator, place)).failure).toBeNull();
    await store.updateAgent(ctx.db, place, { hostKey: OTHER_KEY });
    expect(mustFail(await checkAgent(operator, place))).toMatchObject({ kind: "certificate" });
    expect(must(await listAgents(viewer, place)).agents[0]?.failure).toMatchObject({ kind: "certificate" });
    const pin = { ...place, ...address(), hostKey: node.fingerprint };
    expect(mustFail(await repinAgent(owner, { ...pin, confirm: "pve9" })).fields).toHaveProperty("confirm");
    must(await repinAgent(owner, { ...pin, confirm: node.name }));
    // At once: the good answer of a moment ago is not taken for how it is now.
    expect(must(await readAgent(viewer, place)).failure).toBeNull();
    expect(must(await checkAgent(operator, place)).failure).toBeNull();
    expect(await actions()).toContain("agent.repin");
  });

  it.skipIf(withoutSshd)("a new key is let in once the script was run again, and never leaves the server", async () => {
    const before = await store.findAgent(ctx.db, place);
    must(await renewAgentKey(owner, place));
    expect(mustFail(await checkAgent(operator, place)).kind).toBe("unauthorized");
    const after = await store.findAgent(ctx.db, place);
    expect(after?.publicKey).not.toBe(before?.publicKey);
    node.letIn(after?.publicKey ?? "");
    must(await checkAgent(operator, place));
    const shown = [must(await listAgents(viewer, place)), must(await listAudit(owner, { limit: 500 }))];
    const text = JSON.stringify([shown, await ctx.db.hostAgent.findMany()]);
    expect(text).not.toContain("PRIVATE KEY");
    expect(text).not.toContain(node.key.privateKey.split("\n")[1]);
    expect(JSON.stringify(shown)).not.toContain(after?.sealedKey);
  });

  it.skipIf(withoutSshd)(
    "leftovers of the Terraform module are listed, and removed by those who are chosen",
    async () => {
      const zoneFile = (zone: string) =>
        `var/lib/hybridops-sdn/gateway/hybridops-sdn-gateway-web-${zone}-10-5-0-0-24.env`;
      for (const zone of ["lab", "dev"]) {
        fs.mkdirSync(node.at("var/lib/hybridops-sdn/gateway"), { recursive: true });
        const text = `ZONE_NAME="${zone}"\nVNET_ID="web"\nSUBNET_CIDR="10.5.0.0/24"\nGATEWAY="10.5.0.1"\nPREFIX="24"\n`;
        fs.writeFileSync(node.at(zoneFile(zone)), text);
      }
      const found = must(await readLeftovers(operator, place)).leftovers;
      expect(found.filter(({ kind }) => kind === "file").map(({ zone }) => zone)).toEqual(
        expect.arrayContaining(["lab", "dev"]),
      );
      const ids = found.filter(({ zone }) => zone === "lab").map(({ id }) => id);
      expect(mustFail(await removeLeftovers(owner, { ...place, ids, confirm: "no" })).fields).toHaveProperty("confirm");
      const done = must(await removeLeftovers(owner, { ...place, ids, confirm: node.name }));
      expect(done.removed.map(({ zone }) => zone)).toEqual(ids.map(() => "lab"));
      expect([fs.existsSync(node.at(zoneFile("lab"))), fs.existsSync(node.at(zoneFile("dev")))]).toEqual([false, true]);
    },
  );

  it.skipIf(withoutSshd)("an agent that serves another installation is not ours to check", async () => {
    await ctx.db.installation.update({ where: { id: 1 }, data: { owner: "another-installation" } });
    expect(mustFail(await checkAgent(operator, place)).message).toContain("serves another Trunkline installation");
  });

  it.skipIf(withoutSshd)(
    "removing takes the services off the node first; an agent that does not answer can only be forgotten",
    async () => {
      await store.updateAgent(ctx.db, place, { port: 9 });
      const confirmed = { ...place, confirm: node.name };
      expect(mustFail(await removeAgent(owner, { ...place, confirm: "" })).fields).toHaveProperty("confirm");
      expect(mustFail(await removeAgent(owner, confirmed)).kind).toBe("unreachable");
      expect(must(await listAgents(viewer, place)).agents).toHaveLength(1);
      await store.updateAgent(ctx.db, place, { port: node.port });
      expect(must(await removeAgent(owner, confirmed)).changes).toBeGreaterThan(0);
      expect(fs.existsSync(node.at("etc/network/interfaces.d/trunkline"))).toBe(false);
      expect(must(await listAgents(viewer, place)).agents).toEqual([]);
      must(await addAgent(owner, { mode: "bundle", ...place }));
      must(await forgetAgent(owner, confirmed));
      expect(mustFail(await forgetAgent(owner, confirmed)).message).toMatch(/does not exist/);
      expect(await actions()).toEqual(expect.arrayContaining(["agent.remove", "agent.forget"]));
    },
  );
});
