import { afterAll, beforeAll, expect, test } from "vitest";
import { auditorToken, demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { createCluster } from "./cluster";
import { readPrivileges } from "./privileges";
import { must } from "./testing/steps";

const EMPTY = { id: "none@pve!none", secret: "33333333-3333-3333-3333-333333333333" };
const SDN_ONLY = { id: "pvesdn@pve!sdn", secret: "55555555-5555-5555-5555-555555555555" };

let demo: Simulator;
let lab: Simulator;
beforeAll(async () => {
  demo = await startSimulator({ scene: "three-node", port: 0, speed: "instant" });
  lab = await startSimulator({ scene: "conformance", port: 0, speed: "instant" });
});
afterAll(async () => {
  await demo.close();
  await lab.close();
});

const asked = async (simulator: Simulator, token: { id: string; secret: string }) =>
  must(
    await readPrivileges({ endpoints: [simulator.url], fingerprint: null, tokenId: token.id, secret: token.secret }),
  );
const missing = (rows: Awaited<ReturnType<typeof asked>>) =>
  rows.filter(({ granted }) => !granted).map(({ path, privilege }) => `${path} ${privilege}`);

test("an administrator's token has all of them, an auditor's all but the one to change", async () => {
  expect(missing(await asked(demo, demoToken))).toEqual([]);
  expect(missing(await asked(demo, auditorToken))).toEqual(["/sdn SDN.Allocate"]);
});

test("each missing one comes with the command that grants it", async () => {
  const rows = await asked(lab, SDN_ONLY);
  expect(missing(rows)).toEqual(["/nodes Sys.Audit", "/vms VM.Audit", "/ Sys.Audit"]);
  expect(rows.map(({ grant }) => grant)).toEqual([
    "pveum acl modify /sdn --tokens 'pvesdn@pve!sdn' --roles PVESDNUser",
    "pveum acl modify /sdn --tokens 'pvesdn@pve!sdn' --roles PVESDNAdmin",
    "pveum acl modify /nodes --tokens 'pvesdn@pve!sdn' --roles PVEAuditor",
    "pveum acl modify /vms --tokens 'pvesdn@pve!sdn' --roles PVEAuditor",
    "pveum acl modify / --tokens 'pvesdn@pve!sdn' --roles PVEAuditor",
  ]);
});

test("a token without rights sees empty lists; the facts call that unread, not empty", async () => {
  expect(missing(await asked(lab, EMPTY))).toHaveLength(5);
  const cluster = createCluster({ endpoints: [lab.url], fingerprint: null, tokenId: EMPTY.id, secret: EMPTY.secret });
  const facts = must(await cluster.readFacts());
  expect(facts).toMatchObject({ guests: null, ipams: null, quorate: null, name: null });
  expect(facts.unread.map(({ what }) => what).sort()).toEqual(["Cluster status", "Guests", "IPAMs"]);
  await cluster.close();
});
