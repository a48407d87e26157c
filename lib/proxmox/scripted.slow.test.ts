import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCluster } from "./cluster";
import { must, mustFail } from "./testing/steps";

/** What the simulated cluster does not show: older releases, a node on its own, half-readable clusters. */
interface Scripted {
  readonly status?: number;
  readonly body: unknown;
  /** Called once the answer was given. */
  readonly after?: () => void;
}
let answers: Map<string, Scripted>;
let heard: string[];
let server: Server;
let cluster: ReturnType<typeof createCluster>;

beforeEach(async () => {
  heard = [];
  answers = new Map();
  server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "").replace("/api2/json", "");
    heard.push(`${request.method} ${path}`);
    const found = answers.get(`${request.method} ${path}`);
    const missing = {
      status: 501,
      body: { data: null, message: `Method '${request.method} ${path}' not implemented` },
    };
    const { status = 200, body } = found ?? missing;
    response.writeHead(status).end(JSON.stringify(body));
    found?.after?.();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cluster = createCluster({
    endpoints: [`http://127.0.0.1:${(server.address() as AddressInfo).port}/`],
    fingerprint: null,
    tokenId: "ops@pve!ci",
    secret: "0a0b0c0d-0000-4000-8000-000000000000",
  });
});
afterEach(async () => {
  await cluster.close();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
});

const give = (path: string, data: unknown, beside: object = {}) =>
  answers.set(`GET ${path}`, { body: { data, ...beside } });

describe("Proxmox VE 8", () => {
  test("has no lock to take, and none to give back", async () => {
    expect(must(await cluster.lock({ allowPending: false }))).toBeNull();
    must(await cluster.unlock(null));
    must(await cluster.unlock(null, { force: true }));
    expect(heard).toEqual(["POST /cluster/sdn/lock", "DELETE /cluster/sdn/lock?force=1"]);
  });

  test("is never sent a lock token; its rollback is unsupported", async () => {
    answers.set("PUT /cluster/sdn", { body: { data: "UPID:pve1:0:0:0:reloadnetworkall::ops@pve!ci:" } });
    must(await cluster.commit(null));
    expect(mustFail(await cluster.rollback(null)).kind).toBe("unsupported");
  });

  test("has no fabrics, and its configuration reads all the same", async () => {
    give("/cluster/sdn/zones?pending=1", [{ zone: "z1", type: "simple" }]);
    give("/cluster/sdn/vnets?pending=1", []);
    give("/cluster/sdn/controllers?pending=1", []);
    expect(must(await cluster.readConfig()).entities.map(({ id }) => id)).toEqual(["z1"]);
  });
});

describe("facts", () => {
  const changes = "--- /etc/network/interfaces\n+++ /etc/network/interfaces.new\n";
  const alone = () => {
    give("/version", { version: "8.4.1" });
    give("/nodes", [{ node: "pve", status: "online" }]);
    give("/cluster/status", [{ type: "node", name: "pve", ip: "192.0.2.1", online: 1 }]);
    for (const path of ["/sdn", "/nodes", "/vms", "/"])
      give(`/access/permissions?path=${path}`, { [path]: { "VM.Audit": 1, "SDN.Audit": 1 } });
    give("/cluster/sdn/ipams/pve/status", []);
    give("/cluster/resources?type=vm", [{ vmid: 100, type: "qemu", node: "pve", name: "a", status: "running" }]);
    give("/nodes/pve/qemu/100/config", { net0: "virtio=x,bridge=vmbr0" });
    give("/nodes/pve/network", [{ iface: "vmbr0", type: "bridge", active: 1 }], { changes });
    give("/cluster/sdn/ipams", [{ ipam: "pve" }]);
    give("/cluster/sdn/controllers", []);
  };

  test("a node on its own needs no quorum; its own pending interfaces are shown", async () => {
    alone();
    const facts = must(await cluster.readFacts());
    expect(facts).toMatchObject({ name: null, quorate: true, unread: [] });
    expect(facts.nodes).toMatchObject([{ name: "pve", address: "192.0.2.1", pendingInterfaces: changes }]);
  });

  test("one guest that cannot be read makes the list unknown, not shorter", async () => {
    alone();
    answers.set("GET /nodes/pve/qemu/100/config", { status: 500, body: { data: null, message: "no such vm\n" } });
    const facts = must(await cluster.readFacts());
    expect(facts.guests).toBeNull();
    expect(facts.unread).toEqual([
      {
        what: "Guests",
        reason: "1 of 1 guests cannot be read. Could not read the configuration of guest 100: no such vm.",
      },
    ]);
  });

  test("an answer of an unknown shape is named, without its content", async () => {
    alone();
    give("/cluster/status", [{ type: "node", name: 7, hush: "content" }]);
    const facts = must(await cluster.readFacts());
    expect(facts.quorate).toBeNull();
    expect(facts.unread[0]?.reason).toContain("not known here");
    expect(facts.unread[0]?.reason).not.toContain("content");
  });
});

test("a vnet that goes away between two questions leads to a second look, and to a failure only when it is gone again", async () => {
  give("/cluster/sdn/zones?pending=1", []);
  give("/cluster/sdn/controllers?pending=1", []);
  give("/cluster/sdn/vnets?pending=1", [{ vnet: "gone", zone: "z1", type: "vnet" }]);
  answers.set("GET /cluster/sdn/vnets/gone/subnets?pending=1", {
    status: 500,
    body: { data: null, message: "sdn vnet 'gone' does not exist\n" },
  });
  const failure = mustFail(await cluster.readConfig());
  expect(failure.message).toBe("Could not read the subnets of vnet gone: sdn vnet 'gone' does not exist.");
  expect(heard.filter((line) => line.endsWith("/vnets?pending=1"))).toHaveLength(2);

  // The list was old the first time only.
  answers.set("GET /cluster/sdn/vnets?pending=1", {
    body: { data: [{ vnet: "gone", zone: "z1", type: "vnet" }] },
    after: () => give("/cluster/sdn/vnets?pending=1", []),
  });
  expect(must(await cluster.readConfig()).entities).toEqual([]);
});
