import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agentReason, folderNode, withoutAgent } from "../testing/agent";
import { GARBLED, having, REFUSED, wholeState } from "../testing/refused-states";

/** The agent is the last door before root's files: whatever it does not know to be harmless it refuses, and nothing changes. */

describe.skipIf(withoutAgent)(`what the agent refuses${agentReason}`, () => {
  const node = folderNode();
  let before: Record<string, string>;
  beforeAll(async () => {
    expect(await node.agent("put", having("revision", 1))).toMatchObject({ exit: 0, error: null });
    before = node.tree();
  });
  afterAll(node.remove);

  for (const [place, value, field] of REFUSED)
    it.concurrent(`${place}: ${JSON.stringify(value).slice(0, 60)}`, async () => {
      const said = await node.agent("put", having(place, value));
      expect(said).toMatchObject({ exit: 2, changes: [], error: { field: field ?? place } });
      expect(said.error?.reason).toMatch(/^[^\n]{5,}$/);
      expect(said.error?.fix).toMatch(/^[A-Z][^\n]+\.$/);
    });

  it.concurrent.each(GARBLED)("%s instead of a state", async (_, text) => {
    expect(await node.agent("put", text)).toMatchObject({ exit: 2, changes: [], error: { field: "" } });
  });

  it("and after all of them every byte is as it was, and the state itself is good", async () => {
    expect(node.tree()).toEqual(before);
    expect(await node.agent("put", wholeState())).toMatchObject({ exit: 0, revision: 5 });
  });
});
