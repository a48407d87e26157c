import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createHosts } from "@/lib/hosts/hosts";
import { parseEnv } from "@/lib/server/env";
import { startSimulator } from "@/lib/simulator/start";
import { prepareAgents } from "./demo-agents.mjs";

let data: string;
beforeEach(() => {
  data = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-demo-"));
});
afterEach(() => fs.rmSync(data, { recursive: true, force: true }));

function declaredBy(env: Readonly<Record<string, string>>) {
  const parsed = parseEnv({
    TRUNKLINE_DEMO_ENDPOINT: "http://127.0.0.1:1",
    TRUNKLINE_DEMO_TOKEN: "trunkline@pve!demo=secret",
    ...env,
  });
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value.demo?.agents ?? [];
}

it("what the server is told leads to the simulated nodes' agents", async () => {
  const { env, agentsFile, keep } = await prepareAgents(data);
  expect(fs.readdirSync(data), "nothing is written before the server holds the folder").toEqual([]);
  keep();
  const simulator = await startSimulator({ scene: "three-node", port: 0, agents: agentsFile });
  const declared = declaredBy(env);
  expect(declared.map(({ node }) => node)).toEqual(simulator.agents.map(({ node }) => node));
  const hosts = createHosts((node) => declared.find((agent) => agent.node === node) ?? null);
  for (const { node } of declared) expect(await hosts.status(node)).toMatchObject({ ok: true, value: { node } });
  await simulator.close();
});

it("a later start finds the same ports, host keys and key, and whoever else was let in stays", async () => {
  const first = await prepareAgents(data);
  first.keep();
  const file = path.join(data, "simulator-agents.json");
  const kept = JSON.parse(fs.readFileSync(file, "utf8"));
  fs.writeFileSync(
    file,
    JSON.stringify({ ...kept, authorizedKeys: [...kept.authorizedKeys, "ssh-ed25519 AAAA other"] }),
  );
  const second = await prepareAgents(data);
  expect(second.env).toEqual(first.env);
  second.keep();
  expect(JSON.parse(fs.readFileSync(file, "utf8")).authorizedKeys).toEqual([
    ...kept.authorizedKeys,
    "ssh-ed25519 AAAA other",
  ]);
  for (const name of ["simulator-agents.json", "simulator-key"])
    expect(fs.statSync(path.join(data, name)).mode & 0o777).toBe(0o600);
});

it("a damaged file counts as none", async () => {
  fs.writeFileSync(path.join(data, "simulator-agents.json"), "{");
  expect(declaredBy((await prepareAgents(data)).env)).toHaveLength(3);
});
