import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const PORTS = 50;
/** Workers at the same time have ports of their own. */
const FIRST_PORT = 18_600 + PORTS * Number(process.env["TEST_PARALLEL_INDEX"] ?? 0);
const READY = /^Trunkline is ready at (\S+)$/m;
const LINK = /^Sign-in link \(once\): (\S+)$/m;

/** One Trunkline as a person runs it: `npm start`'s own script, a data folder of its own and its own port. */
export interface Trunkline {
  readonly url: string;
  /** The one-time link, or null once an owner exists. */
  readonly setupLink: string | null;
  readonly data: string;
  readonly child: ChildProcess;
  /** Everything the command printed so far. */
  output(): string;
  /** As Ctrl-C does. Resolves to the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface LaunchOptions {
  readonly data?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts Trunkline and waits for its last line. Rejects with what it printed when it ends instead. */
export async function launch({ data = freshFolder(), port, env = {} }: LaunchOptions = {}): Promise<Trunkline> {
  const started = startCommand({ data, port: port ?? (await freePort()), env });
  const finished = started.ended.then((code) => {
    throw new Error(`npm start ended with ${code}:\n${started.output()}`);
  });
  await Promise.race([started.said(READY), finished]);
  const text = started.output();
  return {
    url: READY.exec(text)?.[1] ?? "",
    setupLink: LINK.exec(text)?.[1] ?? null,
    data,
    child: started.child,
    output: started.output,
    stop: (signal = "SIGINT") => {
      started.child.kill(signal);
      return started.ended;
    },
  };
}

/** The same without waiting, for starts that are meant to fail. */
export function startCommand({ data, port, env = {}, nodeOptions = [] }: StartOptions) {
  const child = spawn(process.execPath, [...nodeOptions, "lib/scripts/start.mjs"], {
    env: { ...cleanEnvironment(), ...env, PORT: String(port), TRUNKLINE_DATA_DIR: data },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (part: string) => {
      text += part;
      for (const check of waiting) check();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const said = (pattern: RegExp) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!pattern.test(text)) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { child, ended, said, output: () => text };
}

interface StartOptions {
  readonly data: string;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
}

const folders: string[] = [];
process.once("exit", () => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/** A folder that goes with this process. */
export function freshFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-e2e-"));
  folders.push(folder);
  return folder;
}

let next = (process.pid * 7) % PORTS;

/** A port of the range the tests keep to, so that they never meet a developer's own server. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS; tries += 1) {
    next = (next + 1) % PORTS;
    if (!(await isListening(FIRST_PORT + next))) return FIRST_PORT + next;
  }
  throw new Error(`No free port from ${FIRST_PORT} to ${FIRST_PORT + PORTS - 1}.`);
}

/** Whether something answers on a port of this machine. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

// What the developer has set for an own server must not reach the one under test.
function cleanEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^(TRUNKLINE_|DATABASE_URL$|HOST$|PORT$|NODE_OPTIONS$)/.test(name)) delete env[name];
  }
  return env;
}
