import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import type { EndEvent } from "@/lib/core/apply/context";
import type { RunEvent } from "@/lib/core/apply/events";
import { bundleScript } from "@/lib/scripts/bundle.mjs";
import { clientOf, planFor, type Truth, truth } from "./engine";
import { SCENARIOS } from "./sweep-scenarios";

const root = path.resolve(import.meta.dirname, "..");

const bundled = new Map<string, Promise<string>>();
/** Starts a script of the project, which is bundled once for all its starts. */
async function start(script: string, ...args: string[]): Promise<ChildProcess> {
  const file = bundled.get(script) ?? bundleOf(script);
  bundled.set(script, file);
  return spawn(process.execPath, [await file, ...args], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
}

async function bundleOf(script: string): Promise<string> {
  const file = path.join(root, "test-results/scripts", `${path.basename(script, ".ts")}-${process.pid}.mjs`);
  await bundleScript(script, file);
  process.once("exit", () => rmSync(file, { force: true }));
  return file;
}

/** A simulated cluster in a process of its own. */
export interface RemoteCluster {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startRemoteCluster(): Promise<RemoteCluster> {
  const child = await start("lib/simulator/serve.ts", "--port", "0", "--control", "--speed", "instant");
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  for await (const line of lines) {
    const [url] = /http:\S+/.exec(line) ?? [];
    if (url === undefined) continue;
    return {
      url,
      stop: async () => {
        const gone = once(child, "exit");
        child.kill();
        await gone;
      },
    };
  }
  throw new Error("The simulated cluster did not start.");
}

/** What a killed run and those who picked it up left behind. */
export interface Killed {
  /** Null when the run had ended before it could be killed. */
  readonly end: EndEvent | null;
  readonly is: Truth;
  readonly base: string;
  readonly goal: string;
  readonly commits: number;
}

/**
 * Applies a layout in one process that is killed after `stop` journal entries, and picks the run up in others: first as
 * a restart does, then as a person decides.
 */
export async function killAndPickUp(url: string, stop: number, mode: "continue" | "roll-back"): Promise<Killed> {
  const folder = mkdtempSync(path.join(tmpdir(), "trunkline-kill-"));
  const [planFile, journalFile] = [path.join(folder, "plan.json"), path.join(folder, "journal.jsonl")];
  const cluster = clientOf(url);
  try {
    await control(url, "POST", "__reset");
    const plan = await planFor({ cluster, owned: new Set() }, SCENARIOS.create.target);
    writeFileSync(planFile, JSON.stringify(plan));
    writeFileSync(journalFile, "");
    await control(url, "DELETE", "__requests");
    const runner = async (how: string, entries: number): Promise<EndEvent | null> => {
      const child = await start("e2e/kill-runner.ts", url, planFile, journalFile, String(entries), how);
      await once(child, "exit");
      return endOf(readFileSync(journalFile, "utf8"));
    };
    if (await runner("apply", stop))
      return { end: null, is: await truth({ cluster }), base: plan.base, goal: plan.goal, commits: 1 };
    let end = await runner("look", 0);
    if (end?.state === "interrupted") end = await runner(mode, 0);
    if (end?.state === "interrupted") end = await runner("roll-back", 0);
    const requests = (await control(url, "GET", "__requests")) as { data: { method: string; path: string }[] };
    const sent = requests.data.filter((request) => request.method === "PUT" && request.path === "/cluster/sdn");
    return { end, is: await truth({ cluster }), base: plan.base, goal: plan.goal, commits: sent.length };
  } finally {
    await cluster.close();
    rmSync(folder, { recursive: true });
  }
}

function endOf(journal: string): EndEvent | null {
  const last = journal.trimEnd().split("\n").at(-1) ?? "";
  const event: RunEvent | null = last === "" ? null : JSON.parse(last);
  return event?.type === "ended" ? event : null;
}

async function control(url: string, method: string, name: string): Promise<unknown> {
  const answer = await fetch(`${url}/api2/json/${name}`, { method });
  return answer.json();
}

/** Why what a killed run says at last is not what is so; null when it is. */
export function killedLie({ end, is, base, goal, commits }: Killed): string | null {
  if (commits > 1) return `${commits} commits`;
  if (is.locked || is.pending !== "") return `something is left: ${JSON.stringify(is)}`;
  if (end === null || end.state === "applied")
    return is.running === goal ? null : "applied, but the goal is not what runs";
  if (end.state === "failed") return is.running === base ? null : "failed, but something runs";
  return `unexpected end ${end.state}: ${end.message}`;
}
