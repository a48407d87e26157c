import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { authorization, demoToken } from "@/lib/simulator/scenes/demo-tokens";

type Child = ChildProcessByStdio<null, Readable, Readable>;

let directory = "";
const children: Child[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "simulator-"));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(directory, { recursive: true });
});

function serve(...options: string[]): Child {
  const child = spawn(process.execPath, ["--import", "tsx", "lib/simulator/serve.ts", ...options], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

function firstLine(child: Child): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += String(chunk);
      const end = text.indexOf("\n");
      if (end >= 0) resolve(text.slice(0, end));
    });
    child.once("exit", () => reject(new Error("ended before it was ready")));
  });
}

function ended(child: Child): Promise<{ code: number | null; errors: string }> {
  return new Promise((resolve) => {
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += String(chunk);
    });
    child.once("close", (code) => resolve({ code, errors }));
  });
}

function urlIn(line: string): string {
  return /http\S+$/.exec(line)?.[0] ?? "";
}

describe("the command", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("says one line when ready, saves on %s and ends with 0", async (signal) => {
    const state = join(directory, "state.json");
    const child = serve("--port", "0", "--state", state);
    const line = await firstLine(child);
    expect(line).toMatch(/^Simulated cluster three-node is ready at http:\/\/127\.0\.0\.1:\d+$/);
    await fetch(`${urlIn(line)}/api2/json/cluster/sdn/zones`, {
      method: "POST",
      headers: { authorization: authorization(demoToken) },
      body: new URLSearchParams({ zone: "z1", type: "simple" }),
    });
    const end = ended(child);
    child.kill(signal);
    expect(await end).toEqual({ code: 0, errors: "" });
    expect(JSON.parse(readFileSync(state, "utf8")).state.edited.zones).toEqual([["z1", { type: "simple" }]]);
  });

  it("refuses a busy port in one sentence with exit code 1", async () => {
    const first = serve("--port", "0");
    const { port } = new URL(urlIn(await firstLine(first)));
    const second = await ended(serve("--port", port));
    expect(second).toEqual({
      code: 1,
      errors: `Port ${port} on 127.0.0.1 is in use; choose another with --port.\n`,
    });
  });
});
