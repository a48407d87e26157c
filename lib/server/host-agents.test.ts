import fs from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { NodeState } from "@/lib/core/hosts/node-state";
import { labState, labSubnet, labVnet } from "@/lib/hosts/testing/lab-state";
import { type SshNode, startSshNode } from "@/lib/hosts/testing/ssh-node";
import { sshdReason, withoutSshd } from "@/lib/hosts/testing/sshd";
import * as store from "@/lib/store/host-agents";
import { describeOnBoth } from "@/lib/store/testing/databases";
import { ensureCluster, listClusters, removeCluster } from "./clusters";
import type { Context } from "./context";
import { agentsOf, hostsOf, installationOwner, keyPurpose } from "./host-agents";
import { owner as installer, must, mustFail, provideStore, viewer } from "./testing/harness";

describeOnBoth(`what is remembered of the agents of nodes${sshdReason}`, (open) => {
  let node: SshNode;
  let ctx: Context;
  let clusterId: string;
  let owner: string;

  beforeAll(async () => {
    if (withoutSshd) return;
    node = await startSshNode();
    ctx = provideStore(await open());
    const connection = { endpoint: "http://127.0.0.1:9", tokenId: "a@b!c", secret: "s" };
    await ensureCluster(ctx, { name: "lab", policy: "review", ...connection });
    clusterId = must(await listClusters(viewer))[0]?.id ?? "";
    owner = await installationOwner(ctx);
    const place = { clusterId, node: node.name };
    const inserted = await store.insertAgent(ctx.db, {
      ...place,
      ...{ mode: "ssh", host: "127.0.0.1", port: node.port, user: node.user, hostKey: node.fingerprint },
      sealedKey: ctx.seal.seal(node.key.privateKey, keyPurpose(place)),
      publicKey: node.key.publicKey,
      ...{ createdBy: "test", createdAt: new Date() },
    });
    expect(inserted).toBe(true);
  });
  afterAll(() => node?.stop());

  const state = (revision: number): NodeState =>
    labState(revision, [labVnet("vnetlab", [labSubnet("10.9.0")])], { owner });
  const known = async () => {
    const [agent] = await agentsOf(ctx, clusterId);
    return agent && { node: agent.node, state: agent.state, revision: agent.revision };
  };

  it.skipIf(withoutSshd)("the installation has one mark, whoever asks first", async () => {
    expect(owner).toMatch(/^[a-z0-9-]{8,64}$/);
    expect(await Promise.all([installationOwner(ctx), installationOwner(ctx)])).toEqual([owner, owner]);
  });

  it.skipIf(withoutSshd)(
    "a state that was put, the moment of each answer, and a failure until the next answer",
    async () => {
      const hosts = await hostsOf(ctx, clusterId);
      expect(await known()).toEqual({ node: node.name, state: null, revision: 0 });
      expect(must(await hosts.put(node.name, state(3)))).toMatchObject({ owner, revision: 3 });
      expect(await known()).toEqual({ node: node.name, state: state(3), revision: 3 });

      fs.appendFileSync(node.at("etc/network/interfaces.d/trunkline"), "# by hand\n");
      expect(must(await hosts.plan(node.name)).changes).not.toEqual([]);
      const place = { clusterId, node: node.name };
      expect(await store.findAgent(ctx.db, place)).toMatchObject({
        failure: null,
        report: { revision: 3 },
        leases: null,
      });
      must(await hosts.apply(node.name));
      must(await hosts.status(node.name));
      const repaired = {
        leases: [],
        report: { changes: [], repairs: [{ what: [expect.stringContaining("snippet")] }] },
      };
      expect(await store.findAgent(ctx.db, place)).toMatchObject(repaired);
      // Other answers do not tell of repairs, which does not mean that there were none.
      must(await hosts.plan(node.name));
      must(await hosts.put(node.name, state(3)));
      expect(await store.findAgent(ctx.db, place)).toMatchObject(repaired);

      // After a restore the database is older than the node; the next answer tells.
      await ctx.db.hostAgent.updateMany({ where: place, data: { revision: 1 } });
      must(await hosts.status(node.name));
      expect((await known())?.revision).toBe(3);

      // A revision counts from the moment it was sent, whatever came of it: the agent never takes it with other content.
      expect(mustFail(await hosts.put(node.name, { ...state(4), owner: "somebody-else" })).kind).toBe("refused");
      expect(await known()).toEqual({ node: node.name, state: state(3), revision: 4 });
      expect((await store.findAgent(ctx.db, place))?.failure).toMatchObject({ kind: "refused" });
      must(await hosts.version(node.name));
      const heard = await store.findAgent(ctx.db, place);
      expect(heard?.failure).toBeNull();

      // Asked before that answer came, failed after it: no news.
      const late = { kind: "certificate", retry: false, message: "Another host key.", next: "Compare it." } as const;
      const begun = new Date((heard?.contactAt?.getTime() ?? 0) - 1);
      await store.noteFailure(ctx.db, place, late, { begun, at: new Date() });
      expect((await store.findAgent(ctx.db, place))?.failure).toBeNull();

      must(await hosts.remove(node.name));
      expect(await known()).toEqual({ node: node.name, state: null, revision: 4 });
      expect(await store.findAgent(ctx.db, place)).toMatchObject({ leases: [], report: { repairs: [] } });
    },
  );

  it.skipIf(withoutSshd)("a key that this server cannot open is said, and nobody is called", async () => {
    await store.updateAgent(ctx.db, { clusterId, node: node.name }, { sealedKey: "v1.x.y.z" });
    const failure = mustFail(await (await hostsOf(ctx, clusterId)).status(node.name));
    expect(failure).toMatchObject({ kind: "unauthorized", next: expect.stringContaining("install the agent again") });
    expect(mustFail(await (await hostsOf(ctx, clusterId)).status("pve9")).kind).toBe("unsupported");
  });

  it.skipIf(withoutSshd)("a cluster that is removed takes the keys of its agents along", async () => {
    must(await removeCluster(installer, { id: clusterId }));
    expect(await ctx.db.hostAgent.count()).toBe(0);
  });
});
