import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { root } from "./root.mjs";

const preload = pathToFileURL(path.join(root, "lib/scripts/end-with-parent.mjs")).href;
const PATIENCE_MS = 8_000;

/**
 * Starts a Node.js process in a process group of its own, so that Ctrl-C in the terminal reaches only the command,
 * which then ends its children in order.
 * @param {{ name: string, args: string[], env?: Record<string, string | undefined>, onLine?: (line: string) => void,
 *   onErrorLine?: (line: string) => void }} options
 */
export function startChild({ name, args, env = {}, onLine = () => {}, onErrorLine = onLine }) {
  const child = spawn(process.execPath, ["--import", preload, ...args], {
    cwd: root,
    detached: process.platform !== "win32",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  createInterface({ input: child.stdout }).on("line", onLine);
  createInterface({ input: child.stderr }).on("line", onErrorLine);

  /** Resolves, when the process has ended and its last line was read, to how it ended. */
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, reason: error.message }));
    child.once("close", (code, signal) => resolve({ code, signal, reason: signal ?? `exit code ${code}` }));
  });

  return { name, pid: child.pid, ended, stop };

  /** Asks the process to end and, when it does not within a few seconds, ends it. Safe to call twice. */
  async function stop() {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
    await ended;
    clearTimeout(timer);
  }
}
