import { expect, type Page, test } from "@playwright/test";
import { createKeyPair } from "@/lib/hosts/ssh/key-pair";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { axeFaults } from "./axe";
import { becomeOwner, expectRunState } from "./fixtures";
import { patient } from "./patient-page";
import { freePort, launch, type Trunkline } from "./trunkline";

const TITLE = "Homelab, six VLANs";
const key = createKeyPair("trunkline@test");
let simulator: Simulator;
let trunkline: Trunkline;
let page: Page;

test.beforeAll(async ({ browser }) => {
  const agents = { authorizedKeys: [key.publicKey], nodes: {} };
  simulator = await startSimulator({ scene: "three-node", port: await freePort(), speed: "instant", agents });
  const declared = simulator.agents.map(({ node, port, fingerprint }) => ({
    ...{ node, host: "127.0.0.1", port, user: "trunkline", hostKey: fingerprint },
    ...key,
  }));
  trunkline = await launch({
    env: {
      TRUNKLINE_DEMO: "0",
      TRUNKLINE_DEMO_ENDPOINT: simulator.url,
      TRUNKLINE_DEMO_TOKEN: `${demoToken.id}=${demoToken.secret}`,
      TRUNKLINE_DEMO_AGENTS: JSON.stringify(declared),
    },
  });
  page = patient(await (await browser.newContext({ baseURL: trunkline.url })).newPage());
  await becomeOwner(page, trunkline.setupLink ?? "");
});
test.afterAll(async () => {
  await page?.context().close();
  await trunkline?.stop();
  await simulator?.close();
});

const lane = (node: string) =>
  page.getByRole("list", { name: "Host services" }).getByRole("listitem").filter({ hasText: node });
const row = (node: string) => page.locator("#agents").getByRole("listitem", { name: node });
const openCluster = async () => {
  await page.goto("/clusters");
  await page.getByRole("link", { name: "demo" }).click();
};
const openLayout = async () => {
  await page.goto("/layouts");
  await page.getByRole("link", { name: TITLE }).click();
};
/** What was asked of the cluster and of its nodes, in order, as `METHOD path`. */
const asked = () => simulator.requests().map(({ method, path }) => `${method} ${path}`);

test("host services come with a deploy, are seen, mended and taken away again", async () => {
  await test.step("an agent that cannot: partially applied, the node as before; tried again it serves", async () => {
    simulator.addFault({ match: { method: "SSH", path: "/pve1/put$" }, how: "500" });
    await page.goto("/templates");
    await page.getByRole("link", { name: TITLE }).click();
    await page.getByRole("button", { name: "Deploy" }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    await expectRunState(page, "Partially applied");
    await expect(lane("pve1")).toContainText("Serves again what it did before");
    await expect(page.getByRole("main")).toContainText("nft: Operation not supported");
    await expect(page.getByRole("main")).toContainText("proven; host services of pve1 are not as planned");
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "Retry pve1" }).click();
    await expectRunState(page, "Applied");
    await expect(lane("pve1")).toContainText("Serves as planned");
    // One commit, whatever became of the node's own part.
    expect(asked().filter((call) => call === "PUT /cluster/sdn")).toHaveLength(1);
  });
  const run = page.url();

  await test.step("the cluster's page tells that it serves", async () => {
    await openCluster();
    await expect(row("pve1")).toContainText("In order");
    await expect(row("pve1")).toContainText("6 VNets");
    await expect(row("pve2")).toContainText("serves nothing");
  });

  await test.step("a guest's lease stands among the addresses", async () => {
    simulator.control("guest-300", "qemu pve2 running vnetmgmt BC:24:11:00:00:07");
    await openLayout();
    await page.getByRole("button", { name: /^Subnet 10\.10\.0\.0\/24/ }).click();
    await page.getByRole("button", { name: "Addresses", exact: true }).click();
    const leases = page.getByRole("table", { name: "Leases in 10.10.0.0/24" });
    await expect(leases.getByRole("row", { name: /10\.10\.0\.120.*guest300/ })).toBeVisible();
  });

  await test.step("what somebody changed on the node is drift, and is repaired", async () => {
    // Else the agent is quicker than anybody who looks.
    simulator.control("no-timer-pve1", "1");
    simulator.damage("pve1", "rules");
    await page.goto("/drift");
    await page.getByRole("link", { name: TITLE }).first().click();
    await expect(page.getByRole("heading", { name: `Drift of ${TITLE}` })).toBeVisible();
    const found = page.getByRole("listitem", { name: "pve1" });
    // What an agent said a moment ago is not asked again at once.
    await expect(async () => {
      await page.getByRole("button", { name: "Check now" }).click();
      await expect(found).toContainText("1 difference", { timeout: 4_000 });
    }).toPass({ timeout: 30_000 });
    expect(await axeFaults(page)).toEqual([]);
    await found.getByRole("button", { name: "Repair now" }).click();
    await expect(found).toContainText("In order");
    simulator.control("no-timer-pve1");
  });

  await test.step("VNets that go lose their host services first", async () => {
    simulator.control("guest-300");
    simulator.clearRequests();
    await page.goto(run);
    await page.getByRole("button", { name: /^Revert/ }).click();
    await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/);
    await expect(page.getByRole("region", { name: "Host services" })).toContainText("pve1");
    const typed = page.getByRole("textbox", { name: /^Type/ });
    if (await typed.isVisible()) await typed.fill("demo");
    await page.getByRole("button", { name: "Apply to demo" }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    await expectRunState(page, "Applied");
    const calls = asked();
    const withdrawn = calls.indexOf("SSH /nodes/pve1/put");
    expect(withdrawn).toBeGreaterThan(-1);
    expect(withdrawn).toBeLessThan(calls.findIndex((call) => call.startsWith("DELETE /cluster/sdn/vnets/")));
    await openCluster();
    await expect(row("pve1")).not.toContainText("6 VNets");
  });
});
