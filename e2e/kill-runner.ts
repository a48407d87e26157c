import { appendFileSync, readFileSync } from "node:fs";
import type { RunEvent } from "@/lib/core/apply/events";
import { type RecoverMode, recoverRun } from "@/lib/core/apply/recover";
import { runPlan } from "@/lib/core/apply/run";
import { clientOf, inputFor } from "./engine";

/**
 * A process of its own that runs a plan, or picks it up, with a journal in a file. After `stop` entries of its own it
 * kills itself, at the only moment a journal has: an entry is written and the next thing has not begun.
 *
 * Usage: kill-runner.ts URL PLAN JOURNAL STOP apply|look|continue|roll-back
 */
const [url = "", planFile = "", journalFile = "", stop = "", how = ""] = process.argv.slice(2);
const MODES: readonly RecoverMode[] = ["look", "continue", "roll-back"];

const journal = readFileSync(journalFile, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line): RunEvent => JSON.parse(line));
const input = inputFor({ cluster: clientOf(url) }, JSON.parse(readFileSync(planFile, "utf8")));
const mode = MODES.find((name) => name === how);
let entries = 0;
for await (const event of mode ? recoverRun({ ...input, journal, mode }) : runPlan(input)) {
  appendFileSync(journalFile, `${JSON.stringify(event)}\n`, { flush: true });
  entries += 1;
  if (entries === Number(stop)) process.kill(process.pid, "SIGKILL");
}
process.exit(0);
