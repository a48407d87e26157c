import { execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { freePort, freshFolder, isListening, launch, startCommand, type Trunkline } from "./trunkline";

const simulatorPort = (data: string) => Number(fs.readFileSync(path.join(data, "simulator-port"), "utf8"));

/** Runs a start that is meant to fail and gives what it printed. */
async function refused(options: Parameters<typeof startCommand>[0]): Promise<string> {
  const started = startCommand(options);
  expect(await started.ended).toBe(1);
  return started.output();
}

test("a second start installs and builds nothing, and Ctrl-C leaves nothing behind", async () => {
  const first = await launch();
  expect(first.url).toMatch(/^http:\/\/localhost:\d+$/);
  expect(first.setupLink).toContain(`${first.url}/setup?token=`);
  expect(await first.stop()).toBe(0);

  const second = await launch({ data: first.data });
  expect(second.output()).not.toMatch(/Installing|Building|Generating/);
  // Nobody has used the first link, so there is a new one.
  expect(second.setupLink).not.toBe(first.setupLink);
  const ports = [Number(new URL(second.url).port), simulatorPort(second.data)];
  for (const port of ports) expect(await isListening(port)).toBe(true);

  expect(await second.stop("SIGTERM")).toBe(0);
  for (const port of ports) expect(await isListening(port)).toBe(false);
});

test("killing the command outright ends the processes it started", async () => {
  const trunkline = await launch();
  const ports = [Number(new URL(trunkline.url).port), simulatorPort(trunkline.data)];
  await trunkline.stop("SIGKILL");
  for (const port of ports) await expect.poll(() => isListening(port)).toBe(false);
});

test("when the simulated cluster dies, everything stops with one sentence", async () => {
  const trunkline = await launch();
  process.kill(simulatorProcess(trunkline), "SIGKILL");
  expect(await new Promise((resolve) => trunkline.child.once("close", resolve))).toBe(1);
  expect(trunkline.output()).toContain("The simulated cluster ended unexpectedly");
  expect(await isListening(Number(new URL(trunkline.url).port))).toBe(false);
});

test("a busy port is one sentence and changes nothing", async () => {
  const port = await freePort();
  const other = net.createServer().listen(port, "127.0.0.1");
  const data = path.join(freshFolder(), "data");
  expect(await refused({ data, port })).toBe(
    `Port ${port} on 127.0.0.1 is already in use: stop the other program or choose another port, for example PORT=${port + 1} npm start.\n`,
  );
  expect(fs.existsSync(path.join(data, "simulator-port"))).toBe(false);
  other.close();
});

test("a data folder that cannot be written is one sentence", async () => {
  const file = path.join(freshFolder(), "file");
  fs.writeFileSync(file, "");
  const data = path.join(file, "data");
  expect(await refused({ data, port: await freePort() })).toBe(
    `The data folder ${data} cannot be written (ENOTDIR): give this user the right to, or name another with TRUNKLINE_DATA_DIR.\n`,
  );
});

test("a wrong setting is one sentence that names it", async () => {
  const data = freshFolder();
  expect(await refused({ data, port: 0 })).toMatch(/^PORT is "0": .+\n$/);
  const output = await refused({ data, port: await freePort(), env: { TRUNKLINE_BACKUPS: "many" } });
  expect(output.trim().split("\n").at(-1)).toContain("TRUNKLINE_BACKUPS");
});

test("a second instance on the same data is refused with the first one's process id", async () => {
  const first = await launch();
  const started = startCommand({ data: first.data, port: await freePort() });
  expect(await started.ended).toBe(1);
  const said = started.output().trim().split("\n");
  expect(said.at(-1)).toMatch(/process \d+/);
  expect(said.filter((line) => !line.startsWith(" ") && line !== "Trunkline")).toHaveLength(1);
  // The first one is untouched.
  expect((await fetch(`${first.url}/api/health`)).ok).toBe(true);
  expect(await first.stop()).toBe(0);
});

test("a Node.js that is too old is one sentence", async () => {
  const old = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.4" } })';
  const output = await refused({
    data: freshFolder(),
    port: await freePort(),
    nodeOptions: ["--import", `data:text/javascript,${encodeURIComponent(old)}`],
  });
  expect(output).toBe("Trunkline needs Node.js 20.19 or newer; this is 18.20.4. See https://nodejs.org.\n");
});

/** The process of the simulated cluster that this command started. */
function simulatorProcess(trunkline: Trunkline): number {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  const rows = table.split("\n").map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []);
  const own = rows.find(([, , parent, args]) => parent === String(trunkline.child.pid) && args?.includes("serve.ts"));
  return Number(own?.[1]);
}
