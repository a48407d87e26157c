import { expect, it } from "vitest";
import { killAndPickUp, killedLie, startRemoteCluster } from "./kill";

it.each(["continue", "roll-back"] as const)(
  "a process killed after any entry is picked up: %s",
  { timeout: 1_800_000 },
  async (mode) => {
    const remote = await startRemoteCluster();
    for (let stop = 1; ; stop += 1) {
      const killed = await killAndPickUp(remote.url, stop, mode);
      expect(killedLie(killed), `killed after entry ${stop}`).toBeNull();
      if (killed.end === null) break;
    }
    await remote.stop();
  },
);
