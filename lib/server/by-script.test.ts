import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Layout } from "@/lib/core/layout/model";
import { agentReason, withoutAgent } from "@/lib/hosts/testing/agent";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { insertImported } from "@/lib/store/recorded";
import { describeOnBoth } from "@/lib/store/testing/databases";
import { makeBundle } from "./agent-bundle";
import { forgetAgent } from "./agent-removal";
import { enterReport } from "./agent-report";
import { addAgent } from "./agent-setup";
import { checkAgent, listAgents, listLeases } from "./agents";
import { listAudit } from "./audit";
import { ensureCluster, listClusters } from "./clusters";
import type { Context } from "./context";
import { loadDraft, saveDraft } from "./layouts";
import { createPlan, loadPlan } from "./plans";
import { must, mustFail, operator, owner, provideStore, viewer } from "./testing/harness";
import { THIS_MACHINE as node, withThisMachine } from "./testing/this-machine";

const TOKEN = { tokenId: "trunkline@pve!demo", secret: "7e3a1c52-90d4-4b7e-8c61-5f2d9b04a7e1" };

describeOnBoth(`nodes by script${agentReason}`, (open) => {
  let root: string;
  let simulator: Simulator;
  let ctx: Context;
  let place: { clusterId: string; node: string };

  beforeAll(async () => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-by-script-"));
    simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant" });
    ctx = provideStore(await open(), { proxmox: withThisMachine });
    await ensureCluster(ctx, { name: "demo", policy: "direct", endpoint: simulator.url, ...TOKEN });
    place = { clusterId: must(await listClusters(viewer))[0]?.id ?? "", node };
  });
  afterAll(async () => {
    await simulator?.close();
    fs.rmSync(root, { recursive: true, force: true });
  });

  it.skipIf(withoutAgent)(
    "a node that is not reached gets one script with agent and state, the same until the state changes",
    async () => {
      const served: Layout = {
        ...{ version: 1, name: "Served", zones: [{ id: "corp", type: "vlan", bridge: "vmbr0" }] },
        vnets: [{ id: "vnetmgmt", zone: "corp", tag: 10 }],
        subnets: [{ vnet: "vnetmgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1" }],
        hostServices: [{ vnet: "vnetmgmt", cidr: "10.10.0.0/24", gatewayNode: node, uplink: "vmbr0", snat: true }],
      };
      const made = { clusterId: place.clusterId, name: "Served", by: "test", at: new Date(), note: "" };
      const layoutId = await insertImported(ctx.db, { ...made, draft: served, recorded: served, keys: [] });
      expect(must(await listAgents(viewer, place)).wanted).toEqual([{ node: node, vnets: ["vnetmgmt"], agent: false }]);
      must(await addAgent(owner, { mode: "bundle", ...place }));
      expect(mustFail(await checkAgent(operator, place)).message).toContain("not reached over SSH");
      const script = must(await makeBundle(operator, place));
      const ran = spawnSync("sh", ["-s", "--", "--root", root], {
        input: script.text,
        encoding: "utf8",
      });
      expect(ran.status, ran.stderr).toBe(0);
      expect(fs.readFileSync(`${root}/etc/network/interfaces.d/trunkline`, "utf8")).toContain("address 10.10.0.1/24");
      expect(must(await makeBundle(operator, place))).toEqual(script);
      const planned = async () => {
        const { planId } = must(await createPlan(operator, { layoutId: layoutId ?? "" }));
        return must(await loadPlan(viewer, planId));
      };
      const { rev } = must(await loadDraft(operator, layoutId ?? ""));
      const longer = { ...served, hostServices: served.hostServices?.map((one) => ({ ...one, snat: false })) };
      must(await saveDraft(operator, { id: layoutId ?? "", baseRev: rev, layout: longer }));
      // The objects are not in this cluster, so there are steps; what is told here is only that the declaration counts.
      expect((await planned()).plan.records).toBe(true);
      must(await saveDraft(operator, { id: layoutId ?? "", baseRev: rev + 1, layout: served }));
      expect((await planned()).plan.records).toBe(false);
      const { planId } = must(await createPlan(operator, { layoutId: layoutId ?? "" }));
      const { notProvided, checks } = must(await loadPlan(viewer, planId)).plan;
      expect(notProvided).toEqual([expect.stringContaining("by script")]);
      expect(checks).toContainEqual(expect.objectContaining({ id: "firewall" }));
      expect(must(await listAgents(viewer, place)).agents).toMatchObject([{ mode: "bundle", put: { vnets: 1 } }]);
    },
  );

  it.skipIf(withoutAgent)(
    "what such a node says of itself is entered by hand: whole, its own, and never an older one after a newer",
    async () => {
      const asked = (verb: string): string =>
        spawnSync(`${root}/usr/local/sbin/trunkline-host`, [verb, "--root", root], { encoding: "utf8" }).stdout;
      const wrong = async (text: string) => mustFail(await enterReport(operator, { ...place, text })).fields?.["text"];
      const leases = { ...must(await listLeases(viewer, place)).sources[0] };
      expect(leases).toEqual({ node, mode: "bundle", at: null, reason: expect.stringContaining("does not reach") });

      fs.mkdirSync(`${root}/var/lib/trunkline/leases`, { recursive: true });
      fs.writeFileSync(`${root}/var/lib/trunkline/leases/vnetmgmt.leases`, "0 bc:24:11:00:00:01 10.10.0.9 printer *\n");
      const first = asked("status");
      expect(await wrong("")).toContain("not a whole answer");
      expect(await wrong(first.slice(0, -20))).toContain("not a whole answer");
      expect(await wrong(asked("plan"))).toContain('answer to "plan"');
      expect(await wrong(first.replace(`"node": "${node}"`, '"node": "pve9"'))).toContain("report of pve9");
      expect(await wrong(`${first}${" ".repeat(9 * 1024 * 1024)}`)).toContain("8 MB");
      expect(must(await listAgents(viewer, place)).agents).toMatchObject([{ report: null }]);

      const { atMs } = JSON.parse(first);
      const entered = must(await enterReport(operator, { ...place, text: `# trunkline-host status\n${first}#` }));
      const at = new Date(atMs).toISOString();
      expect(entered).toMatchObject({
        contactAt: at,
        report: { at, changes: [], pending: [], revision: entered.put?.revision },
      });
      expect(must(await listLeases(viewer, place))).toMatchObject({
        leases: [{ node: node, vnet: "vnetmgmt", ip: "10.10.0.9", hostname: "printer" }],
        sources: [{ at }],
      });

      fs.appendFileSync(`${root}/etc/network/interfaces.d/trunkline`, "# by hand\n");
      const second = must(await enterReport(operator, { ...place, text: asked("status") }));
      expect(second.report?.changes).toMatchObject([{ what: "snippet" }]);
      expect(await wrong(first)).toContain("a newer one");
      // A clock that is ahead must not keep the next one out.
      const ahead = asked("status").replace(/"atMs": \d+(?=\}\s*$)/, `"atMs": ${ctx.clock.now() + 86_400_000}`);
      must(await enterReport(operator, { ...place, text: ahead }));
      expect(must(await enterReport(operator, { ...place, text: asked("status") })).report?.changes).toHaveLength(1);
      expect(must(await listAudit(owner)).entries.map(({ action }) => action)).toContain("agent.report");
    },
  );

  it("a node that is asked over SSH has no reports by hand", async () => {
    must(await forgetAgent(owner, { ...place, confirm: node }));
    must(
      await addAgent(owner, { mode: "ssh", ...place, host: "127.0.0.1", port: 9, hostKey: `SHA256:${"A".repeat(43)}` }),
    );
    const refusal = mustFail(await enterReport(operator, { ...place, text: "{}" }));
    expect(refusal).toMatchObject({ kind: "refused", message: expect.stringContaining("over SSH") });
  });
});
