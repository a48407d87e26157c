import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** What came of one round: how many held the lock at the same time, and what the others were told. */
export interface Round {
  readonly holders: readonly number[];
  readonly refusals: readonly string[];
}

export interface RaceOptions {
  /** `naive`: the wrong lock, for the proof that this race would notice. */
  readonly lock?: "real" | "naive";
  readonly enough?: (round: Round) => boolean;
}

/**
 * Lets `starters` processes run for one lock at the same moment, `rounds` times. After each round the holder is killed
 * with SIGKILL, or releases every third time, and is replaced; so each round begins with what a dead one left behind.
 * It ends early after a round for which `enough` says so.
 */
export async function raceForLock(
  dir: string,
  starters: number,
  rounds: number,
  { lock = "real", enough = () => false }: RaceOptions = {},
): Promise<Round[]> {
  const processes = await Promise.all(Array.from({ length: starters }, () => starter(dir, lock)));
  const results: Round[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const answers = await Promise.all(processes.map((child) => ask(child, "go")));
      const holders = processes.filter((_, index) => answers[index] === "held");
      const result = {
        holders: holders.map((child) => child.pid ?? 0),
        refusals: answers.filter((answer) => answer !== "held"),
      };
      results.push(result);
      if (enough(result)) break;
      for (const holder of holders) {
        if (round % 3 === 2) await ask(holder, "release");
        else processes[processes.indexOf(holder)] = await replace(holder, dir, lock);
      }
    }
  } finally {
    for (const child of processes) child.kill("SIGKILL");
  }
  return results;
}

async function starter(dir: string, lock: string): Promise<ChildProcess> {
  const script = path.join(import.meta.dirname, "lock-starter.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, dir, lock], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(child, "message");
  return child;
}

async function ask(child: ChildProcess, word: string): Promise<string> {
  const answer = once(child, "message");
  child.send(word);
  return String((await answer)[0]);
}

async function replace(child: ChildProcess, dir: string, lock: string): Promise<ChildProcess> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
  return starter(dir, lock);
}
