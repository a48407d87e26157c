import { beforeAll, describe, expect, it } from "vitest";
import type { Failure } from "@/lib/core/failure";
import { emptyLayout } from "@/lib/core/layout/model";
import { ok, type Result } from "@/lib/core/result";
import { openStore } from "@/lib/store/db";
import * as bundle from "./agent-bundle";
import * as interval from "./agent-interval";
import * as removal from "./agent-removal";
import * as repair from "./agent-repair";
import * as report from "./agent-report";
import * as setup from "./agent-setup";
import * as agents from "./agents";
import * as audit from "./audit";
import * as clusters from "./clusters";
import * as drift from "./drift";
import * as endpoints from "./endpoints";
import * as follow from "./follow-run";
import * as force from "./force-unlock";
import * as help from "./help";
import * as hostFiles from "./host-files";
import * as imports from "./imports";
import * as layouts from "./layouts";
import * as leftovers from "./leftovers";
import * as owning from "./let-go";
import * as people from "./people";
import * as plans from "./plans";
import * as presence from "./presence";
import * as rehearsal from "./rehearsal";
import * as runs from "./runs";
import * as snapshots from "./snapshots";
import * as templates from "./templates";
import { mustFail, operator, owner, provideStore, viewer } from "./testing/harness";
import * as tokens from "./tokens";
import * as topology from "./topology";
import type { Actor } from "./views";

type UseCase = (actor: Actor) => Promise<Result<unknown, Failure>>;
const id = "none";
const url = "http://127.0.0.1:9";
const connection = { url, fingerprint: null, tokenId: "a@b!c", secret: "s" };
const place = { layoutId: id, key: "zone/x", where: "applied" } as const;
const agent = { clusterId: id, node: "pve1" };
const confirmed = { ...agent, confirm: "pve1" };
const address = { host: "127.0.0.1", port: 9 };
const hostKey = `SHA256:${"x".repeat(43)}`;
const password = "long enough for this";

/** Every use case that takes an actor, with the role it needs; `null` is for helpers that are none. */
const TABLE: Readonly<Record<string, readonly ["viewer" | "operator" | "owner", UseCase] | null>> = {
  "agents.agentView": null,
  "agents.findReached": null,
  "agents.viewOf": null,
  "agents.listAgents": ["viewer", (a) => agents.listAgents(a, { clusterId: id })],
  "agents.readAgent": ["viewer", (a) => agents.readAgent(a, agent)],
  "agents.listLeases": ["viewer", (a) => agents.listLeases(a, { clusterId: id })],
  "agents.checkAgent": ["operator", (a) => agents.checkAgent(a, agent)],
  "repair.repairAgent": ["operator", (a) => repair.repairAgent(a, agent)],
  "interval.setRepairInterval": ["owner", (a) => interval.setRepairInterval(a, { ...agent, seconds: 60 })],
  "bundle.makeBundle": ["operator", (a) => bundle.makeBundle(a, agent)],
  "report.enterReport": ["operator", (a) => report.enterReport(a, { ...agent, text: "{}" })],
  "leftovers.readLeftovers": ["operator", (a) => leftovers.readLeftovers(a, agent)],
  "leftovers.removeLeftovers": ["owner", (a) => leftovers.removeLeftovers(a, { ...confirmed, ids: ["x"] })],
  "removal.atWork": null,
  "removal.removeAgent": ["owner", (a) => removal.removeAgent(a, confirmed)],
  "removal.forgetAgent": ["owner", (a) => removal.forgetAgent(a, confirmed)],
  "setup.unconfirmed": null,
  "setup.probeHostKey": ["owner", (a) => setup.probeHostKey(a, address)],
  "setup.addAgent": ["owner", (a) => setup.addAgent(a, { mode: "ssh", ...agent, ...address, hostKey })],
  "setup.loadInstallScript": ["owner", (a) => setup.loadInstallScript(a, agent)],
  "setup.installAgent": ["owner", (a) => setup.installAgent(a, { ...agent, signIn: { password } })],
  "setup.repinAgent": ["owner", (a) => setup.repinAgent(a, { ...confirmed, ...address, hostKey })],
  "setup.renewAgentKey": ["owner", (a) => setup.renewAgentKey(a, agent)],
  "audit.appendAudit": null,
  "audit.listAudit": ["viewer", (a) => audit.listAudit(a)],
  "clusters.listClusters": ["viewer", (a) => clusters.listClusters(a)],
  "clusters.loadCluster": ["viewer", (a) => clusters.loadCluster(a, id)],
  "clusters.openCluster": null,
  "clusters.ensureCluster": null,
  "clusters.readClusterState": ["viewer", (a) => clusters.readClusterState(a, id)],
  "clusters.readTaken": ["viewer", (a) => clusters.readTaken(a, id)],
  "endpoints.probeEndpoint": ["owner", (a) => endpoints.probeEndpoint(a, { url })],
  "endpoints.checkPrivileges": ["owner", (a) => endpoints.checkPrivileges(a, connection)],
  "endpoints.addEndpoint": ["owner", (a) => endpoints.addEndpoint(a, { id, url, fingerprint: null })],
  "clusters.connectCluster": [
    "owner",
    (a) => clusters.connectCluster(a, { ...connection, name: a.role, endpoints: [url], policy: "review" }),
  ],
  "clusters.updateCluster": ["owner", (a) => clusters.updateCluster(a, { id, name: "x" })],
  "clusters.removeCluster": ["owner", (a) => clusters.removeCluster(a, { id })],
  "drift.readDrift": ["viewer", (a) => drift.readDrift(a, { layoutId: id })],
  "drift.ignoreDrift": ["operator", (a) => drift.ignoreDrift(a, { ...place, fingerprint: "", reason: "x" })],
  "drift.unignoreDrift": ["operator", (a) => drift.unignoreDrift(a, place)],
  "drift.adoptDrift": ["operator", (a) => drift.adoptDrift(a, { layoutId: id, keys: ["zone/x"] })],
  "force.forceUnlock": ["owner", (a) => force.forceUnlock(a, { clusterId: id, confirm: "x", reason: "x" })],
  "help.loadHelp": ["viewer", (a) => help.loadHelp(a, { parts: [] })],
  "hostFiles.readHostFiles": ["viewer", (a) => hostFiles.readHostFiles(a, { planId: id, node: "pve1" })],
  "imports.previewImport": ["viewer", (a) => imports.previewImport(a, { clusterId: id })],
  "imports.importCluster": ["operator", (a) => imports.importCluster(a, { clusterId: id, name: "x" })],
  "imports.listForeign": ["viewer", (a) => imports.listForeign(a, { clusterId: id })],
  "imports.adoptObjects": ["operator", (a) => imports.adoptObjects(a, { layoutId: id, keys: ["zone/x"] })],
  "owning.listOwned": ["viewer", (a) => owning.listOwned(a, { layoutId: id })],
  "owning.letGoObjects": ["operator", (a) => owning.letGoObjects(a, { layoutId: id, keys: ["zone/x"] })],
  "layouts.listLayouts": ["viewer", (a) => layouts.listLayouts(a)],
  "layouts.loadRecorded": ["viewer", (a) => layouts.loadRecorded(a, id)],
  "layouts.loadDraft": ["viewer", (a) => layouts.loadDraft(a, id)],
  "layouts.createLayout": ["operator", (a) => layouts.createLayout(a, { name: "x", clusterId: null })],
  "layouts.saveDraft": ["operator", (a) => layouts.saveDraft(a, { id, baseRev: 1, layout: emptyLayout("x") })],
  "layouts.renameLayout": ["operator", (a) => layouts.renameLayout(a, { id, name: "y" })],
  "layouts.assignCluster": ["operator", (a) => layouts.assignCluster(a, { id, clusterId: null })],
  "layouts.deleteLayout": ["operator", (a) => layouts.deleteLayout(a, { id })],
  "layouts.listVersions": ["viewer", (a) => layouts.listVersions(a, id)],
  "layouts.loadVersion": ["viewer", (a) => layouts.loadVersion(a, { id, version: 1 })],
  "people.listPeople": ["viewer", (a) => people.listPeople(a)],
  "people.createPerson": [
    "owner",
    (a) => people.createPerson(a, { name: "x", email: `${a.role}@example.org`, role: "viewer", password }),
  ],
  "people.emailTaken": null,
  "people.changeRole": ["owner", (a) => people.changeRole(a, { id, role: "viewer" })],
  "people.disablePerson": ["owner", (a) => people.disablePerson(a, { id })],
  "people.enablePerson": ["owner", (a) => people.enablePerson(a, { id })],
  "people.resetPassword": ["owner", (a) => people.resetPassword(a, { id, password })],
  // Everybody's own; a token has none.
  "people.changeOwnPassword": ["viewer", (a) => people.changeOwnPassword(a, { current: "x", password })],
  "plans.createPlan": ["operator", (a) => plans.createPlan(a, { layoutId: id })],
  "plans.revertRun": ["operator", (a) => plans.revertRun(a, { runId: id })],
  "plans.restoreSnapshot": ["operator", (a) => plans.restoreSnapshot(a, { snapshotId: id, layoutId: id })],
  "plans.putBack": ["operator", (a) => plans.putBack(a, { layoutId: id, keys: ["zone/x"] })],
  "plans.planAgain": ["operator", (a) => plans.planAgain(a, { planId: id })],
  "plans.planState": null,
  "plans.loadPlan": ["viewer", (a) => plans.loadPlan(a, id)],
  "presence.meetOthers": ["viewer", (a) => presence.meetOthers(a, { layoutId: id, tab: "0123456789", cursor: null })],
  "rehearsal.rehearsePlan": ["operator", (a) => rehearsal.rehearsePlan(a, { planId: id })],
  "rehearsal.recoverRehearsals": null,
  "runs.startRun": ["operator", (a) => runs.startRun(a, { planId: id })],
  "runs.needsConfirmation": null,
  "runs.cancelRun": ["operator", (a) => runs.cancelRun(a, { runId: id })],
  "runs.continueRun": ["operator", (a) => runs.continueRun(a, { runId: id })],
  "runs.rollBackRun": ["operator", (a) => runs.rollBackRun(a, { runId: id })],
  "runs.retryNodes": ["operator", (a) => runs.retryNodes(a, { runId: id, nodes: ["pve1"] })],
  "runs.listRuns": ["viewer", (a) => runs.listRuns(a, {})],
  "runs.findRunSummary": ["viewer", (a) => runs.findRunSummary(a, id)],
  "runs.loadRun": ["viewer", (a) => runs.loadRun(a, id)],
  "follow.followRun": [
    "viewer",
    async (a) => {
      const next = await follow.followRun(a, { runId: id, after: 0, signal: AbortSignal.timeout(1000) }).next();
      return ok(next.done);
    },
  ],
  "snapshots.listSnapshots": ["viewer", (a) => snapshots.listSnapshots(a, { clusterId: id })],
  "snapshots.loadSnapshot": ["viewer", (a) => snapshots.loadSnapshot(a, { snapshotId: id })],
  "snapshots.takeSnapshot": ["operator", (a) => snapshots.takeSnapshot(a, { clusterId: id })],
  "templates.listTemplates": ["viewer", (a) => templates.listTemplates(a)],
  "templates.loadSavedTemplate": ["viewer", (a) => templates.loadSavedTemplate(a, id)],
  "templates.saveTemplate": ["operator", (a) => templates.saveTemplate(a, { layoutId: id, title: "x" })],
  "templates.deleteTemplate": ["operator", (a) => templates.deleteTemplate(a, { id })],
  "templates.deployTemplate": [
    "operator",
    (a) => templates.deployTemplate(a, { templateId: "basic", clusterId: id, values: {} }),
  ],
  "topology.readTopology": ["viewer", (a) => topology.readTopology(a, { clusterId: id })],
  "tokens.listTokens": ["owner", (a) => tokens.listTokens(a)],
  "tokens.createToken": ["owner", (a) => tokens.createToken(a, { name: "x", role: "viewer" })],
  "tokens.revokeToken": ["owner", (a) => tokens.revokeToken(a, { id })],
  "tokens.actorOfToken": null,
};

const rooms = {
  agents,
  audit,
  bundle,
  interval,
  removal,
  repair,
  report,
  leftovers,
  owning,
  setup,
  clusters,
  drift,
  endpoints,
  follow,
  force,
  help,
  hostFiles,
  imports,
  layouts,
  snapshots,
  people,
  plans,
  presence,
  rehearsal,
  runs,
  templates,
  tokens,
  topology,
};
const RANK = { viewer: 0, operator: 1, owner: 2 };

describe("roles", () => {
  beforeAll(async () => {
    const opened = await openStore({ databaseUrl: null, dataDir: null });
    if (!opened.ok) throw new Error(opened.error.message);
    provideStore(opened.value);
  }, 120_000);

  it("are decided for every function the use-case files export", () => {
    const exported = Object.entries(rooms).flatMap(([room, module]) =>
      Object.keys(module)
        .filter((name) => typeof module[name as keyof typeof module] === "function")
        .map((name) => `${room}.${name}`),
    );
    expect(Object.keys(TABLE).sort()).toEqual(exported.sort());
  });

  const cases = Object.entries(TABLE).flatMap(([name, entry]) =>
    entry ? [{ name, role: entry[0], run: entry[1] }] : [],
  );
  for (const who of [viewer, operator, owner]) {
    it.each(cases)(`let ${who.role}s into $name only with the role $role`, async ({ role, run }) => {
      const result = await run(who);
      const forbidden = !result.ok && result.error.kind === "forbidden";
      expect(forbidden).toBe(RANK[who.role] < RANK[role]);
    });
  }

  it("say who can help", async () => {
    expect(mustFail(await layouts.deleteLayout(viewer, { id }))).toMatchObject({
      message: "Viewers cannot change layouts.",
      next: "Ask an operator or an owner.",
    });
  });
});
