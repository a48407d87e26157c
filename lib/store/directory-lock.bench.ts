import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { raceForLock } from "./testing/lock-race";

// Twenty starters over fifty rounds: exactly one holder in each. Run with: npx tsx lib/store/directory-lock.bench.ts
const STARTERS = 20;
const ROUNDS = Number(process.argv[2] ?? 50);

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "tl-lock-"));
const began = performance.now();
const rounds = await raceForLock(path.join(dir, "lock"), STARTERS, ROUNDS);
const wrong = rounds.filter((round) => round.holders.length !== 1);
const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(`${STARTERS} starters, ${ROUNDS} rounds, ${seconds} s: ${wrong.length} rounds without exactly one holder`);
fs.rmSync(dir, { recursive: true, force: true });
process.exitCode = wrong.length === 0 ? 0 : 1;
