import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { layoutToJson } from "@/lib/core/layout/serialise";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { startRemoteCluster } from "../kill";
import { printFigures } from "./figures";
import { largeLayout } from "./large";

/**
 * The most memory the command ever holds (peak resident set) while it applies 1,000 VNets and as many subnets, run from
 * the sources as `npx .` does; the simulated cluster is a process of its own. Beside it the same command merely
 * validating the layout, which shows what Node and the program take by themselves.
 */
const SIZE = 1_000;
const LIMIT = 300;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-memory-"));
const file = path.join(folder, "thousand.json");
fs.writeFileSync(file, layoutToJson(largeLayout(SIZE, 1, 3)));

/** Has the process note its own peak when it ends; the figure is in kilobytes on every system. */
const note = `data:text/javascript,import fs from "node:fs"; process.on("exit", () => fs.appendFileSync(process.env.PEAK_FILE, process.resourceUsage().maxRSS + "\\n"));`;

/** Runs the command and gives its peak in MB. */
async function peakOf(...words: readonly string[]): Promise<number> {
  const peakFile = path.join(folder, `${words[0]}.peak`);
  const child = spawn(process.execPath, ["--import", note, "lib/cli/trunkline.mjs", ...words], {
    env: { ...process.env, TRUNKLINE_TOKEN: `${demoToken.id}=${demoToken.secret}`, PEAK_FILE: peakFile },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (part) => {
    said = `${said}${part}`.slice(-2_000);
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`trunkline ${words[0]} ended with ${code}:\n${said}`);
  return Math.max(...fs.readFileSync(peakFile, "utf8").trim().split("\n").map(Number)) / 1024;
}

const remote = await startRemoteCluster();
try {
  const validate = await peakOf("validate", file);
  const apply = await peakOf("apply", file, "--yes", "--endpoint", remote.url);
  printFigures(`The command's memory with ${SIZE} VNets and ${SIZE} subnets`, [
    { name: "apply, peak", value: apply, unit: "MB", limit: LIMIT },
    { name: "validate, peak", value: validate, unit: "MB" },
  ]);
} finally {
  await remote.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
