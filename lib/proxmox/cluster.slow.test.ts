import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { auditorToken, demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import type { ClusterAddress } from "./address";
import { createCluster } from "./cluster";
import { create, must, mustFail, remove, subnet, update, vnet, zone } from "./testing/steps";

let simulator: Simulator;
let address: ClusterAddress;
let cluster: ReturnType<typeof createCluster>;

beforeAll(async () => {
  simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant" });
  address = { endpoints: [simulator.url], fingerprint: null, tokenId: demoToken.id, secret: demoToken.secret };
  cluster = createCluster(address);
});
afterEach(() => simulator.reset());
afterAll(async () => {
  await cluster.close();
  await simulator.close();
});

const lan = zone("lan", { type: "vlan", bridge: "vmbr0", ipam: "pve", nodes: ["pve1", "pve2"] });
const web = vnet("web", { zone: "lan", tag: 10, alias: "Web servers" });
const webNet = subnet("web", "lan", "10.10.0.0/24", { gateway: "10.10.0.1" });
const lab = zone("lab", { type: "simple", ipam: "pve", dhcp: "dnsmasq", mtu: 1400 });
const bench = vnet("bench", { zone: "lab", "isolate-ports": true });
const benchNet = subnet("bench", "lab", "10.20.0.0/24", {
  gateway: "10.20.0.1",
  snat: true,
  "dhcp-dns-server": "10.20.0.1",
  "dhcp-range": [
    { "start-address": "10.20.0.100", "end-address": "10.20.0.149" },
    { "start-address": "10.20.0.200", "end-address": "10.20.0.220" },
  ],
});
const benchNet6 = subnet("bench", "lab", "2001:db8:20::/64", { gateway: "2001:db8:20::1" });
const all = [lan, web, webNet, lab, bench, benchNet, benchNet6];
const byKey = <T extends { key: string }>(list: readonly T[]) => [...list].sort((a, b) => (a.key < b.key ? -1 : 1));

async function settled(upid: string): Promise<string | null> {
  return expect
    .poll(async () => must(await cluster.readTask(upid)), { timeout: 60_000 })
    .toMatchObject({ running: false })
    .then(async () => must(await cluster.readTask(upid)).exitStatus);
}

async function apply(...steps: Parameters<typeof cluster.write>[0][]): Promise<void> {
  for (const step of steps) must(await cluster.write(step, null));
  await settled(must(await cluster.commit(null)));
}

describe("a whole change", () => {
  test("goes lock, writes, dry-run, commit, proof, unlock, and reads back exactly what was written", async () => {
    const token = must(await cluster.lock({ allowPending: false }));
    for (const entity of all) must(await cluster.write(create(entity), token));

    const staged = must(await cluster.readConfig());
    expect(byKey(staged.entities)).toEqual(byKey(all));
    expect(staged.running).toEqual([]);
    expect(staged.pending.map(({ id, state }) => `${id} ${state}`).sort()).toEqual(
      all.map(({ id }) => `${id} new`).sort(),
    );

    const diff = must(await cluster.dryRun("pve1"));
    expect(diff.interfaces).toContain("+iface web");

    const upid = must(await cluster.commit(token));
    expect(await settled(upid)).toBe("OK");
    const log = must(await cluster.readTaskLog(upid));
    expect(log.at(-1)).toBe("TASK OK");

    const live = must(await cluster.readConfig());
    expect(byKey(live.running)).toEqual(byKey(all));
    expect(live.entities).toEqual(live.running);
    expect(live.pending).toEqual([]);

    const since = Number.parseInt(upid.split(":")[4] ?? "", 16);
    for (const node of ["pve1", "pve2", "pve3"]) {
      const tasks = must(await cluster.readReloadTasks(node, since));
      expect(tasks).toMatchObject([{ running: false, exitStatus: "OK" }]);
    }
    expect(must(await cluster.readZoneStatus("pve1", ["lan"]))).toEqual([
      { zone: "lan", status: "available", vnets: [{ vnet: "web", status: "available", message: null }] },
    ]);
    expect(must(await cluster.readZoneStatus("pve3", ["lan"]))).toEqual([]);

    // The commit keeps the lock: only now is it free for others.
    expect(mustFail(await cluster.lock({ allowPending: false })).kind).toBe("locked");
    must(await cluster.unlock(token));
    must(await cluster.unlock(must(await cluster.lock({ allowPending: false }))));
  });

  test("changes and unsets only what differs, and shows both views meanwhile", async () => {
    await apply(...all.map(create));
    const changes = [
      update(lan, { type: "vlan", bridge: "vmbr1", ipam: "pve" }),
      update(web, { zone: "lan", tag: 11 }),
      update(webNet, { vnet: "web", zone: "lan" }),
      update(benchNet, {
        ...benchNet.props,
        "dhcp-range": [{ "start-address": "10.20.0.50", "end-address": "10.20.0.60" }],
      }),
      remove(benchNet6),
    ];
    for (const step of changes) must(await cluster.write(step, null));

    const config = must(await cluster.readConfig());
    expect(byKey(config.running)).toEqual(byKey(all));
    const expected = [...changes.flatMap((step) => (step.op === "delete" ? [] : [step.after])), lab, bench];
    expect(byKey(config.entities)).toEqual(byKey(expected));
    expect(config.pending).toEqual([
      { kind: "zone", id: "lan", state: "changed", fields: ["bridge", "nodes"] },
      { kind: "vnet", id: "web", state: "changed", fields: ["alias", "tag"] },
      { kind: "subnet", id: "lab-10.20.0.0-24", state: "changed", fields: ["dhcp-range"] },
      { kind: "subnet", id: "lab-2001:db8:20::-64", state: "deleted", fields: [] },
      { kind: "subnet", id: "lan-10.10.0.0-24", state: "changed", fields: ["gateway"] },
    ]);

    must(await cluster.rollback(null));
    const back = must(await cluster.readConfig());
    expect(byKey(back.entities)).toEqual(byKey(all));
    expect(back.pending).toEqual([]);
  });

  test("a removed vnet is pending as deleted, and its subnets are not asked for", async () => {
    await apply(create(lan), create(web));
    must(await cluster.write(remove(web), null));
    must(await cluster.write(remove(lan), null));
    const config = must(await cluster.readConfig());
    expect(config.entities).toEqual([]);
    expect(byKey(config.running)).toEqual(byKey([lan, web]));
    expect(config.pending.map(({ id, state }) => `${id} ${state}`)).toEqual(["lan deleted", "web deleted"]);
  });

  test('an alias that is the word "deleted" is told from one that was unset', async () => {
    await apply(create(lan), create(web), create(vnet("app", { zone: "lan", tag: 12, alias: "App" })));
    must(await cluster.write(update(web, { zone: "lan", tag: 10, alias: "deleted" }), null));
    must(
      await cluster.write(update(vnet("app", { zone: "lan", tag: 12, alias: "App" }), { zone: "lan", tag: 12 }), null),
    );
    const { entities } = must(await cluster.readConfig());
    expect(entities.find(({ id }) => id === "web")?.props["alias"]).toBe("deleted");
    expect(entities.find(({ id }) => id === "app")?.props).not.toHaveProperty("alias");
  });

  test("pending controllers count, though they are no layout objects", async () => {
    await simulator.handle({
      method: "POST",
      target: "/api2/json/cluster/sdn/controllers",
      headers: {
        authorization: `PVEAPIToken=${address.tokenId}=${address.secret}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "type=evpn&controller=ev&asn=65000&peers=192.0.2.11",
    });
    const config = must(await cluster.readConfig());
    expect(config.entities).toEqual([]);
    expect(config.pending).toEqual([{ kind: "controller", id: "ev", state: "new", fields: ["asn", "peers"] }]);
    expect(mustFail(await cluster.lock({ allowPending: false }))).toMatchObject({ kind: "refused" });
    must(await cluster.unlock(must(await cluster.lock({ allowPending: true }))));
  });
});

describe("facts", () => {
  test("name nodes, bridges, guests, IPAMs", async () => {
    const facts = must(await cluster.readFacts());
    expect(facts).toMatchObject({ name: "demo", quorate: true, ipams: ["pve"], controllers: [], unread: [] });
    expect(facts.version).toMatch(/^9\./);
    expect(facts.nodes.map(({ name, online }) => [name, online])).toEqual([
      ["pve1", true],
      ["pve2", true],
      ["pve3", true],
    ]);
    expect(facts.nodes[0]?.bridges).toEqual([
      { name: "vmbr0", vlanAware: true, active: true, addresses: ["192.0.2.11/24"], ports: ["eno1"], mtu: null },
      { name: "vmbr1", vlanAware: false, active: true, addresses: [], ports: ["eno2"], mtu: null },
    ]);
    expect(facts.guests?.filter(({ vmid }) => vmid === 103)).toEqual([
      {
        vmid: 103,
        name: "mail",
        type: "qemu",
        node: "pve2",
        running: false,
        template: false,
        nic: "net0",
        bridge: "vmbr0",
        mac: "BC:24:11:00:67:00",
        tag: 40,
      },
    ]);
    expect(facts.guests?.find(({ vmid }) => vmid === 900)?.template).toBe(true);
    expect(facts.guests?.find(({ vmid }) => vmid === 202)).toMatchObject({ type: "lxc", tag: 30, running: true });
  });

  test("a node that is offline is named, and the guests there make the list incomplete", async () => {
    simulator.control("offline-pve3", "1");
    const facts = must(await cluster.readFacts());
    expect(facts.nodes.find(({ name }) => name === "pve3")).toMatchObject({ online: false, bridges: null });
    expect(facts.nodes.find(({ name }) => name === "pve1")?.bridges).not.toBeNull();
    expect(facts.guests).toBeNull();
    expect(facts.unread.map(({ what }) => what).sort()).toEqual(["Guests", "Network of pve3"]);
  });
});

describe("refusals", () => {
  test("name the field and the reason, without Proxmox's own prefix or source places", async () => {
    await apply(create(lan), create(web));
    const failure = mustFail(await cluster.write(create(vnet("app", { zone: "lan", tag: 10 })), null));
    expect(failure).toMatchObject({ kind: "refused", retry: false });
    expect(failure.unclear).toBeUndefined();
    expect(failure.message).toMatch(/^Could not create vnet app: tag: /);
    expect(failure.message).not.toMatch(/object failed| line \d/);
    expect(Object.keys(failure.fields ?? {})).toEqual(["tag"]);
  });

  test("a parameter outside the schema is rejected with its name", async () => {
    const failure = mustFail(await cluster.write(create(zone("waytoolong", { type: "simple" })), null));
    expect(failure.kind).toBe("rejected");
    expect(Object.keys(failure.fields ?? {})).toEqual(["zone"]);
  });

  test("writing without the lock's token is locked; releasing it by force helps", async () => {
    must(await cluster.lock({ allowPending: false }));
    expect(mustFail(await cluster.write(create(lan), null))).toMatchObject({ kind: "locked", retry: false });
    expect(mustFail(await cluster.commit("0199-wrong"))).toMatchObject({ kind: "locked" });
    must(await cluster.unlock(null));
    expect(mustFail(await cluster.lock({ allowPending: false }))).toMatchObject({ kind: "locked", retry: true });
    must(await cluster.unlock(null, { force: true }));
    must(await cluster.write(create(lan), null));
  });

  test("a token that may only look gets a command to paste", async () => {
    const auditor = createCluster({ ...address, tokenId: auditorToken.id, secret: auditorToken.secret });
    const failure = mustFail(await auditor.write(create(lan), null));
    expect(failure.kind).toBe("forbidden");
    expect(failure.next).toContain(`pveum acl modify /sdn --tokens '${auditorToken.id}' --roles PVESDNAdmin`);
    await auditor.close();
  });

  test("a wrong secret is unauthorized, and appears nowhere", async () => {
    const secret = "00000000-dead-4bad-8bad-00000000beef";
    const stranger = createCluster({ ...address, secret });
    const failure = mustFail(await stranger.readConfig());
    expect(failure).toMatchObject({ kind: "unauthorized", retry: false });
    expect(JSON.stringify(failure)).not.toContain(secret);
    await stranger.close();
  });

  test("a node that fails is seen in its own task and status, though the parent says OK", async () => {
    simulator.control("fail-ifreload-pve2", "1");
    must(await cluster.write(create(lan), null));
    must(await cluster.write(create(web), null));
    const upid = must(await cluster.commit(null));
    expect(await settled(upid)).toBe("OK");
    const since = Number.parseInt(upid.split(":")[4] ?? "", 16);
    const [task] = must(await cluster.readReloadTasks("pve2", since));
    expect(task?.exitStatus).toContain("ifreload");
    expect(must(await cluster.readTaskLog(task?.upid ?? "")).at(-1)).toMatch(/^TASK ERROR/);
    expect(must(await cluster.readZoneStatus("pve2", ["lan"]))).toMatchObject([
      { status: "error", vnets: [{ status: "error" }] },
    ]);
  });

  test("an unreachable node is that, and not a refusal", async () => {
    simulator.control("offline-pve3", "1");
    expect(mustFail(await cluster.readZoneStatus("pve3", ["lan"]))).toMatchObject({
      kind: "node-unreachable",
      retry: true,
    });
  });
});
