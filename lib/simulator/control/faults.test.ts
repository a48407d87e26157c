import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authorization, demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";

let simulator: Simulator;
const waited: number[] = [];
let meanwhile: () => void;

beforeAll(async () => {
  const sleep = (milliseconds: number) => {
    waited.push(milliseconds);
    meanwhile();
    return Promise.resolve();
  };
  simulator = await startSimulator({
    scene: "three-node",
    port: 0,
    control: true,
    speed: "instant",
    surroundings: { sleep },
  });
});

beforeEach(() => {
  simulator.reset();
  waited.length = 0;
  meanwhile = () => {};
});

afterAll(async () => {
  await simulator.close();
});

const headers = { authorization: authorization(demoToken) };

async function get(path: string): Promise<{ status: number; data: unknown }> {
  const answer = await fetch(`${simulator.url}/api2/json${path}`, { headers });
  const text = await answer.text();
  return { status: answer.status, data: text === "" ? undefined : JSON.parse(text).data };
}

function createZone(zone: string): Promise<Response> {
  const body = new URLSearchParams({ zone, type: "simple" });
  return fetch(`${simulator.url}/api2/json/cluster/sdn/zones`, { method: "POST", headers, body });
}

async function zones(): Promise<readonly string[]> {
  const { data } = await get("/cluster/sdn/zones");
  return Array.isArray(data) ? data.map((zone: { zone: string }) => zone.zone) : [];
}

function setFault(fault: unknown): Promise<Response> {
  return fetch(`${simulator.url}/api2/json/__fault`, { method: "POST", body: JSON.stringify(fault) });
}

async function apply(): Promise<string> {
  const answer = await fetch(`${simulator.url}/api2/json/cluster/sdn`, { method: "PUT", headers });
  const { data: upid }: { data: string } = await answer.json();
  await expect
    .poll(async () => (await get(`/nodes/pve1/tasks/${upid}/status`)).data, { interval: 5 })
    .toMatchObject({ status: "stopped", exitstatus: "OK" });
  return upid;
}

describe("faults on requests", () => {
  it("carries out a write whose answer is lost", async () => {
    await setFault({ match: { method: "POST", path: "^/cluster/sdn/zones$" }, how: "unanswered" });
    await expect(createZone("z1")).rejects.toThrow();
    expect(await zones()).toEqual(["z1"]);
  });

  it("does not carry out a write that was never heard", async () => {
    await setFault({ match: { method: "POST", path: "/zones$" }, how: "unheard" });
    await expect(createZone("z1")).rejects.toThrow();
    expect(await zones()).toEqual([]);
  });

  it("strikes from the nth match on, as often as asked", async () => {
    await setFault({ match: { method: "POST" }, nth: 2, times: 2, how: "500" });
    const statuses = [];
    for (const zone of ["z1", "z2", "z3", "z4"]) statuses.push((await createZone(zone)).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
    expect(await zones()).toEqual(["z1", "z4"]);
  });

  it.each([
    ["401", 401],
    ["403", 403],
  ])("answers %s", async (how, status) => {
    await setFault({ match: {}, how });
    expect((await get("/version")).status).toBe(status);
    expect((await get("/version")).status).toBe(200);
  });

  it("waits before a slow answer, then carries on", async () => {
    await setFault({ match: { path: "^/version$" }, how: "slow", milliseconds: 1234 });
    expect((await get("/version")).status).toBe(200);
    expect(waited).toEqual([1234]);
  });

  it("a slow request to a cluster that was reset meanwhile reaches none", async () => {
    await setFault({ match: { method: "POST" }, how: "slow" });
    meanwhile = () => simulator.reset();
    await expect(createZone("late")).rejects.toThrow();
    expect(simulator.requests()).toEqual([]);
    expect(await zones()).toEqual([]);
  });

  it.each([
    [{ how: "500" }, /match/],
    [{ match: { path: "(" }, how: "500" }, /match\.path: not a regular expression/],
    [{ match: {}, how: "melt" }, /how/],
  ])("refuses the fault %j", async (fault, message) => {
    const answer = await setFault(fault);
    expect(answer.status).toBe(400);
    expect((await answer.json()).message).toMatch(message);
  });
});

describe("faults on nodes", () => {
  it("leaves an offline node out: no task there, 595 when asked, its zones pending afterwards", async () => {
    await createZone("z1");
    simulator.control("offline-pve3", "1");
    const upid = await apply();
    expect((await get("/nodes/pve3/sdn/zones")).status).toBe(595);
    const { data: log } = await get(`/nodes/pve1/tasks/${upid}/log`);
    expect(JSON.stringify(log)).toContain("/nodes/pve3/network --regenerate-frr 1' failed: exit code 255");
    simulator.control("offline-pve3");
    expect((await get("/nodes/pve3/tasks")).data).toEqual([]);
    expect((await get("/nodes/pve3/sdn/zones")).data).toEqual([{ zone: "z1", status: "pending" }]);
  });

  it("takes the seconds a slow node is given", async () => {
    simulator.control("slow-ifreload-pve2", "7");
    await apply();
    expect(waited.toSorted()).toEqual([0, 0, 7000]);
  });
});

describe("the journal", () => {
  it("lists requests in order with what they sent, who sent them and what they got", async () => {
    await createZone("z1");
    await createZone("z1");
    await get("/cluster/sdn/zones?pending=1");
    const { data } = await get("/__requests");
    expect(data).toEqual([
      {
        method: "POST",
        path: "/cluster/sdn/zones",
        parameters: { zone: "z1", type: "simple" },
        account: demoToken.id,
        status: 200,
      },
      {
        method: "POST",
        path: "/cluster/sdn/zones",
        parameters: { zone: "z1", type: "simple" },
        account: demoToken.id,
        status: 500,
      },
      { method: "GET", path: "/cluster/sdn/zones", parameters: { pending: "1" }, account: demoToken.id, status: 200 },
    ]);
    await fetch(`${simulator.url}/api2/json/__requests`, { method: "DELETE" });
    expect(simulator.requests()).toEqual([]);
  });
});

describe("what happens to an answer", () => {
  it("is a connection that breaks in the middle, after the request was carried out", async () => {
    simulator.addFault({ match: { method: "POST" }, how: "reset" });
    await expect(createZone("half").then((answer) => answer.text())).rejects.toThrow();
    expect(await zones()).toEqual(["half"]);
  });

  it("is a body that is no JSON, or none at all, after the request was carried out", async () => {
    simulator.addFault({ match: { method: "POST" }, how: "bad-json" });
    simulator.addFault({ match: { method: "POST" }, nth: 2, how: "empty" });
    const broken = await createZone("za");
    expect(broken.status).toBe(200);
    await expect(broken.json()).rejects.toThrow();
    expect(await (await createZone("zb")).text()).toBe("");
    expect(await zones()).toEqual(["za", "zb"]);
  });

  it.each(["502", "595"] as const)("is a %s, and nothing was carried out", async (how) => {
    simulator.addFault({ match: { method: "POST" }, how });
    expect((await createZone("zc")).status).toBe(Number(how));
    expect(await zones()).toEqual([]);
  });
});

describe("circumstances", () => {
  it("add guests, network edits, interfaces and MTUs, and take packages and quorum away", async () => {
    simulator.control("guest-300", "lxc pve2 stopped lan BC:24:11:00:03:00");
    simulator.control("interfaces-new-pve2", "+ mtu 9000");
    simulator.control("interface-pve1-vmbr0.10", "192.168.10.1/24");
    simulator.control("mtu-pve1-vmbr0", "9000");
    simulator.control("without-frr-pythontools-pve3", "1");
    expect((await get("/nodes/pve2/lxc/300/config")).data).toMatchObject({
      net0: "name=eth0,bridge=lan,hwaddr=BC:24:11:00:03:00,type=veth",
    });
    expect((await get("/cluster/resources?type=vm")).data).toContainEqual(
      expect.objectContaining({ vmid: 300, node: "pve2", status: "stopped" }),
    );
    const edits = await fetch(`${simulator.url}/api2/json/nodes/pve2/network`, { headers });
    expect(await edits.json()).toMatchObject({ changes: "+ mtu 9000" });
    expect((await get("/nodes/pve1/network")).data).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ iface: "vmbr0", mtu: "9000" }),
        expect.objectContaining({ iface: "vmbr0.10", type: "vlan", cidr: "192.168.10.1/24" }),
      ]),
    );
    const installed = async (node: string) => {
      const { data } = await get(`/nodes/${node}/apt/versions`);
      return Array.isArray(data)
        ? data.filter((one) => one.CurrentState === "Installed").map((one) => one.Package)
        : [];
    };
    expect(await installed("pve1")).toContain("frr-pythontools");
    expect(await installed("pve3")).not.toContain("frr-pythontools");
    simulator.control("no-quorum", "1");
    expect((await createZone("zq")).status).toBe(500);
    expect((await get("/cluster/status")).data).toContainEqual(
      expect.objectContaining({ type: "cluster", quorate: 0 }),
    );
  });
});

describe("releases", () => {
  it.each([
    ["8.4", { lock: 501, "dry-run": 501, fabrics: 501, token: 400 }],
    ["9.0", { lock: 200, "dry-run": 501, fabrics: 200, token: 200 }],
    ["9.2", { lock: 200, "dry-run": 200, fabrics: 200, token: 200 }],
  ] as const)("%s answers as it knows", async (release, expected) => {
    const old = await startSimulator({ scene: "three-node", port: 0, speed: "instant", release });
    const ask = async (method: string, path: string, parameters: Record<string, string> = {}) => {
      const body = method === "POST" ? { body: new URLSearchParams(parameters) } : {};
      return (await fetch(`${old.url}/api2/json${path}`, { method, headers, ...body })).status;
    };
    expect({
      "dry-run": await ask("GET", "/cluster/sdn/dry-run?node=pve1"),
      fabrics: await ask("GET", "/cluster/sdn/fabrics/all"),
      token: await ask("POST", "/cluster/sdn/zones", { zone: "z1", type: "simple", "lock-token": "x" }),
      lock: await ask("POST", "/cluster/sdn/lock", release === "8.4" ? {} : { "allow-pending": "1" }),
    }).toEqual(expected);
    await old.close();
  });
});
