import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { lockDirectory } from "./directory-lock";
import { raceForLock } from "./testing/lock-race";

const made: string[] = [];
function temporary(name = "lock"): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "tl-lock-"));
  made.push(dir);
  return path.join(dir, name);
}
afterEach(() => {
  for (const dir of made.splice(0)) fs.rmSync(dir, { recursive: true, force: true });
});

async function take(dir: string) {
  const lock = await lockDirectory(dir);
  if (!lock.ok) throw new Error(lock.error.message);
  return lock.value;
}

describe("lockDirectory", () => {
  it("has exactly one holder, whoever dies how, with twenty starters at a time", async () => {
    const rounds = await raceForLock(temporary(), 20, 8);
    for (const round of rounds) {
      expect(round.holders).toHaveLength(1);
      expect(round.refusals).toHaveLength(19);
      expect(round.refusals.join()).toContain(`process ${round.holders[0]}`);
    }
  }, 120_000);

  it("is raced hard enough: a lock that removes a dead socket and listens is caught with two holders", async () => {
    const until = performance.now() + 60_000;
    const rounds = await raceForLock(temporary(), 12, 60, {
      lock: "naive",
      enough: (round) => round.holders.length > 1 || performance.now() > until,
    });
    expect(rounds.at(-1)?.holders.length).toBeGreaterThan(1);
  }, 120_000);

  it("names the holder's process and is free again after a release", async () => {
    const dir = temporary();
    const first = await take(dir);
    const second = await lockDirectory(dir);
    expect(!second.ok && second.error).toMatchObject({
      kind: "held",
      message: expect.stringContaining(`${process.pid}`),
    });
    await first.release();
    await (await take(dir)).release();
  });

  it("works where the path is too long for a socket", async () => {
    const dir = temporary(`${"long-".repeat(24)}end`);
    const first = await take(dir);
    expect((await lockDirectory(dir)).ok).toBe(false);
    await first.release();
  });

  it("does not pile up what dead starters leave", async () => {
    const dir = temporary();
    for (let turn = 0; turn < 40; turn++) await (await take(dir)).release();
    expect(fs.readdirSync(dir).length).toBeLessThan(20);
  });
});
