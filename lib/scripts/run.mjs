import { spawn } from "node:child_process";
import { root } from "./root.mjs";
import { giveUpWhenAsked, whenAsked } from "./stop-signal.mjs";

/**
 * Runs a tool to its end. Its output is kept for the case that it fails, or shown as it comes.
 * @param {string} file program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, show?: boolean }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>} `output` is standard output and error, as they came
 * @throws {import("./stop-signal.mjs").Stopped} when the person asked to stop meanwhile; the tool was ended first
 */
export async function run(file, args, { cwd = root, env = {}, show = false } = {}) {
  giveUpWhenAsked();
  const windows = process.platform === "win32";
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    // Its own group, so that stopping it also stops what it started; npm on Windows is a script and needs a shell.
    detached: !windows,
    shell: windows && file === "npm",
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      output += text;
      if (show) process.stdout.write(text);
    });
  }
  let over = false;
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 1, words: `${file}: ${error.message}\n` }));
    child.once("close", (code) => resolve({ code, words: "" }));
  });
  void whenAsked.then(() => {
    if (!over) endGroup(child);
  });
  const { code, words } = await ended;
  over = true;
  giveUpWhenAsked();
  return { ok: code === 0, output: output + words };
}

function endGroup(child) {
  try {
    if (process.platform === "win32") child.kill();
    else process.kill(-child.pid, "SIGTERM");
  } catch {
    // It ended in this very moment.
  }
}
