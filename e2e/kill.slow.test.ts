import { afterAll, beforeAll, expect, it } from "vitest";
import { killAndPickUp, killedLie, type RemoteCluster, startRemoteCluster } from "./kill";

let remote: RemoteCluster;
beforeAll(async () => {
  remote = await startRemoteCluster();
});
afterAll(() => remote.stop());

/** A sample: nothing staged, in the middle of the staging, right at the commit, after it. The sweep takes every entry. */
it.each([
  [4, "continue"],
  [10, "continue"],
  [13, "roll-back"],
  [24, "continue"],
  [25, "continue"],
  [31, "roll-back"],
] as const)(
  "a process killed after entry %i of its journal is picked up by another (%s)",
  { timeout: 120_000 },
  async (stop, mode) => {
    const killed = await killAndPickUp(remote.url, stop, mode);
    expect(killedLie(killed)).toBeNull();
    expect(killed.end).not.toBeNull();
  },
);
