import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createHosts } from "@/lib/hosts/hosts";
import { createKeyPair } from "@/lib/hosts/ssh/key-pair";
import { labState, labSubnet, labVnet } from "@/lib/hosts/testing/lab-state";
import { type Simulator, startSimulator } from "@/lib/simulator/start";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-simulator-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const start = () =>
  startSimulator({
    ...{ scene: "three-node", port: 0, control: true, speed: "instant" },
    ...{ stateFile: path.join(folder, "state.json"), agents: path.join(folder, "agents.json") },
  });

it("agents are where they were after a restart, with the same host keys, keys let in and services", async () => {
  const key = createKeyPair("trunkline@test");
  const state = labState(3, [labVnet("vnetmgmt", [labSubnet("10.10.0")])]);
  const over = (simulator: Simulator) =>
    createHosts((node) => {
      const { port = 0, fingerprint: hostKey = "" } = simulator.agents.find((agent) => agent.node === node) ?? {};
      return { node, host: "127.0.0.1", port, user: "trunkline", privateKey: key.privateKey, hostKey };
    });

  const first = await start();
  expect(await over(first).status("pve2")).toMatchObject({ ok: false, error: { kind: "unauthorized" } });
  const asked = await fetch(`${first.url}/api2/json/__host`, {
    method: "POST",
    body: JSON.stringify({ authorize: key.publicKey }),
  });
  expect(asked.status).toBe(200);
  expect(await over(first).put("pve2", state)).toMatchObject({ ok: true, value: { revision: 3 } });
  await first.close();

  const second = await start();
  expect(second.agents).toEqual(first.agents);
  expect(await over(second).status("pve2")).toMatchObject({ ok: true, value: { revision: 3, changes: [] } });
  expect(await over(second).status("pve1")).toMatchObject({ ok: true, value: { revision: null } });
  await second.close();
  expect(fs.statSync(path.join(folder, "agents.json")).mode & 0o777).toBe(0o600);
});

it("a file of agents that is damaged stops the start with one sentence", async () => {
  fs.writeFileSync(path.join(folder, "agents.json"), "{}");
  await expect(start()).rejects.toThrow(/agents\.json is damaged/);
});

it.each([
  [{ authorize: "ssh-rsa no key" }, /authorize/],
  [{ node: "pve9", damage: "rules" }, /no node pve9/],
  [{ node: "pve1", damage: "everything" }, /one of rules/],
])("the control endpoint refuses %j", async (body, words) => {
  const simulator = await start();
  const answer = await fetch(`${simulator.url}/api2/json/__host`, { method: "POST", body: JSON.stringify(body) });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(words);
  await simulator.close();
});
