import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RecordedScenario, readRecordings } from "@/lib/simulator/contract/recordings";
import { replay } from "@/lib/simulator/contract/replay";
import { type Simulator, startSimulator } from "@/lib/simulator/start";

/** Share of the recorded answers that must agree, in each group. */
const required = 0.95;

/** What the client is built on. The other recordings are compared too. */
const core =
  /^(?:zone-ids|vnet-ids|zone-simple-options|zone-vlan-options|vnet-vlan-tags|vnet-alias|vnet-flags|subnet-cidr|subnet-gateway|subnet-dhcp-range|subnet-without-ipam-or-dhcp|subnet-vlan-zone|subnet-vlanaware|deletion-order|pending-lifecycle|digest|lock|lock-release-explicit|rollback|dry-run|apply-all-ok|apply-node-fails|apply-missing-bridge|example-simple|example-vlan-aware-bridge|example-vlan-plain-bridge|auth)$/;

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ scene: "conformance", port: 0 });
});

afterAll(async () => {
  await simulator.close();
});

async function share(scenarios: readonly RecordedScenario[]): Promise<number> {
  const { compared, disagreements } = await replay(simulator.url, scenarios);
  expect(compared).toBeGreaterThan(500);
  const agreeing = (compared - disagreements.length) / compared;
  if (agreeing < 1)
    console.warn(`${disagreements.length} of ${compared} differ, first: ${JSON.stringify(disagreements[0])}`);
  return agreeing;
}

/** The same scenario with the status of its first recorded answer changed. */
function withOneWrongStatus(scenario: RecordedScenario): RecordedScenario {
  const first = scenario.steps.findIndex((step) => "answer" in step && step.answer !== undefined);
  const steps = scenario.steps.map((step, index) =>
    index === first && "answer" in step ? { ...step, answer: { status: 418, blamed: [] } } : step,
  );
  return { ...scenario, steps };
}

describe("answers recorded from the real service", () => {
  it("agrees where the client depends on it", async () => {
    expect(
      await share(readRecordings("conformance").filter(({ scenario }) => core.test(scenario))),
    ).toBeGreaterThanOrEqual(required);
  });

  it("agrees in the further scenarios", async () => {
    expect(
      await share(readRecordings("conformance").filter(({ scenario }) => !core.test(scenario))),
    ).toBeGreaterThanOrEqual(required);
  });

  it("agrees in random sequences of requests", async () => {
    expect(await share(readRecordings("walks"))).toBeGreaterThanOrEqual(required);
  });

  it("notices a recording that says something else", async () => {
    const one = readRecordings("conformance").filter(({ scenario }) => scenario === "zone-ids");
    const whole = await replay(simulator.url, one);
    const altered = await replay(simulator.url, one.map(withOneWrongStatus));
    expect(whole.disagreements).toEqual([]);
    expect(altered.disagreements.map(({ scenario, recorded }) => ({ scenario, recorded }))).toEqual([
      { scenario: "zone-ids", recorded: { status: 418, blamed: [] } },
    ]);
  });
});
