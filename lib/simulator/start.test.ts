import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditorToken, authorization, demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, type SimulatorOptions, StartProblem, startSimulator } from "@/lib/simulator/start";

let running: Simulator[] = [];
let directory = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "simulator-"));
});

afterEach(async () => {
  await Promise.all(running.map((simulator) => simulator.close()));
  running = [];
  rmSync(directory, { recursive: true });
});

async function start(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant", ...options });
  running.push(simulator);
  return simulator;
}

async function stop(simulator: Simulator): Promise<void> {
  running = running.filter((one) => one !== simulator);
  await simulator.close();
}

async function call(
  simulator: Simulator,
  method: string,
  path: string,
  form: Record<string, string> = {},
  token = demoToken,
): Promise<{ status: number; data: unknown; message: unknown }> {
  const text = new URLSearchParams(form).toString();
  const inQuery = method === "GET" || method === "DELETE";
  const answer = await fetch(`${simulator.url}/api2/json${path}${inQuery && text !== "" ? `?${text}` : ""}`, {
    method,
    headers: { authorization: authorization(token), "content-type": "application/x-www-form-urlencoded" },
    body: inQuery ? null : text,
  });
  const raw = await answer.text();
  const body: { data?: unknown; message?: unknown } = raw === "" ? {} : JSON.parse(raw);
  return { status: answer.status, data: body.data, message: body.message };
}

/** Applies and polls the parent task until it has stopped. */
async function apply(simulator: Simulator, form: Record<string, string> = {}): Promise<string> {
  const { data: upid } = await call(simulator, "PUT", "/cluster/sdn", form);
  const path = `/nodes/pve1/tasks/${String(upid)}/status`;
  await expect
    .poll(async () => (await call(simulator, "GET", path)).data, { interval: 5 })
    .toMatchObject({
      status: "stopped",
      exitstatus: "OK",
    });
  return String(upid);
}

async function createLayout(simulator: Simulator): Promise<void> {
  await call(simulator, "POST", "/cluster/sdn/zones", { zone: "lab", type: "vlan", bridge: "vmbr0", ipam: "pve" });
  await call(simulator, "POST", "/cluster/sdn/vnets", { vnet: "lab10", zone: "lab", tag: "10" });
  const subnet = { type: "subnet", subnet: "10.10.0.0/24", gateway: "10.10.0.1" };
  await call(simulator, "POST", "/cluster/sdn/vnets/lab10/subnets", subnet);
}

describe("the three-node scene", () => {
  it("takes a layout from empty to available on every node", async () => {
    const simulator = await start();
    await createLayout(simulator);
    await apply(simulator);
    for (const node of ["pve1", "pve2", "pve3"])
      expect((await call(simulator, "GET", `/nodes/${node}/sdn/zones/lab/content`)).data).toEqual([
        { vnet: "lab10", status: "available", statusmsg: null },
      ]);
    expect(simulator.file("pve2", "sdn")).toBe(
      "#version:1\n\nauto lab10\niface lab10\n\tbridge_ports vmbr0.10\n\tbridge_stp off\n\tbridge_fd 0\n",
    );
  });

  it("shows guests with their network cards", async () => {
    const simulator = await start();
    const { data } = await call(simulator, "GET", "/cluster/resources", { type: "vm" });
    expect(data).toHaveLength(12);
    expect((await call(simulator, "GET", "/nodes/pve1/qemu/100/config")).data).toMatchObject({
      net0: expect.stringContaining("bridge=vmbr0"),
      net1: expect.stringContaining("bridge=vmbr1"),
    });
  });

  it("lets the auditor read and nothing else", async () => {
    const simulator = await start();
    expect((await call(simulator, "GET", "/cluster/sdn/zones", {}, auditorToken)).status).toBe(200);
    const refused = await call(simulator, "POST", "/cluster/sdn/zones", { zone: "lab", type: "simple" }, auditorToken);
    expect(refused).toMatchObject({ status: 403, message: "Permission check failed (/sdn/zones, SDN.Allocate)\n" });
  });

  it("has no control endpoints unless asked", async () => {
    const closed = await start();
    const open = await start({ control: true });
    expect((await call(closed, "POST", "/__reset")).status).toBe(501);
    expect((await call(open, "POST", "/__reset")).status).toBe(200);
  });
});

describe("an older release", () => {
  it("knows neither lock nor token, rollback nor dry-run, and applies all the same", async () => {
    const simulator = await start({ release: "8.4" });
    expect((await call(simulator, "GET", "/version")).data).toMatchObject({ release: "8.4" });
    expect((await call(simulator, "POST", "/cluster/sdn/lock")).status).toBe(501);
    expect((await call(simulator, "POST", "/cluster/sdn/rollback")).status).toBe(501);
    expect((await call(simulator, "GET", "/cluster/sdn/dry-run", { node: "pve1" })).status).toBe(501);
    const zone = { zone: "lab", type: "simple", "lock-token": "x" };
    expect((await call(simulator, "POST", "/cluster/sdn/zones", zone)).status).toBe(400);
    await createLayout(simulator);
    await apply(simulator);
    expect((await call(simulator, "GET", "/nodes/pve2/sdn/zones")).data).toEqual([
      { zone: "lab", status: "available" },
    ]);
  });
});

describe("state over restarts", () => {
  it("keeps the edited and the running configuration, tasks, files and the lock", async () => {
    const stateFile = join(directory, "state.json");
    const first = await start({ stateFile });
    await createLayout(first);
    const upid = await apply(first);
    await call(first, "PUT", "/cluster/sdn/vnets/lab10", { alias: "edited" });
    const token = (await call(first, "POST", "/cluster/sdn/lock", { "allow-pending": "1" })).data;
    const before = await call(first, "GET", "/cluster/sdn/vnets", { pending: "1" });
    await stop(first);

    const second = await start({ stateFile });
    expect(await call(second, "GET", "/cluster/sdn/vnets", { pending: "1" })).toEqual(before);
    expect((await call(second, "GET", `/nodes/pve1/tasks/${upid}/status`)).data).toMatchObject({ exitstatus: "OK" });
    expect((await call(second, "GET", "/nodes/pve3/sdn/zones")).data).toEqual([{ zone: "lab", status: "available" }]);
    const edit = { alias: "again" };
    expect((await call(second, "PUT", "/cluster/sdn/vnets/lab10", edit)).status).toBe(500);
    expect(
      (await call(second, "PUT", "/cluster/sdn/vnets/lab10", { ...edit, "lock-token": String(token) })).status,
    ).toBe(200);
  });

  it("writes an apply at once, without waiting for the end", async () => {
    const stateFile = join(directory, "state.json");
    const simulator = await start({ stateFile });
    await createLayout(simulator);
    await apply(simulator);
    expect(JSON.parse(readFileSync(stateFile, "utf8")).state.running.version).toBe(1);
  });

  it("refuses a damaged file, one of another scene and something else, in one sentence", async () => {
    const stateFile = join(directory, "state.json");
    await stop(await start({ stateFile }));
    await expect(start({ stateFile, scene: "large" })).rejects.toThrow(
      /belongs to the scene three-node, not to large\.$/,
    );
    writeFileSync(stateFile, '{"state":');
    await expect(start({ stateFile })).rejects.toThrow(/is damaged; move it away/);
    writeFileSync(stateFile, "[]");
    await expect(start({ stateFile })).rejects.toThrow(StartProblem);
    expect(existsSync(stateFile)).toBe(true);
  });
});

describe("TLS", () => {
  function presentedFingerprint(url: string): Promise<string | undefined> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
        resolve(socket.getPeerX509Certificate()?.fingerprint256);
        socket.destroy();
      });
      socket.once("error", reject);
    });
  }

  it("presents the certificate whose fingerprint it names, the same one after a restart", async () => {
    const stateFile = join(directory, "state.json");
    const first = await start({ tls: true, stateFile });
    expect(first.url).toMatch(/^https:/);
    expect(await presentedFingerprint(first.url)).toBe(first.fingerprint);
    await stop(first);
    const second = await start({ tls: true, stateFile });
    expect(second.fingerprint).toBe(first.fingerprint);
    expect(await presentedFingerprint(second.url)).toBe(first.fingerprint);
  });
});

describe("starting", () => {
  it("says in one sentence that the port is taken", async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    await expect(start({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use; choose another with --port.`);
  });
});
