import { expect, type Page, test } from "@playwright/test";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { axeFaults } from "./axe";
import { becomeOwner, deployTemplate, expectRunState } from "./fixtures";
import { patient } from "./patient-page";
import { freePort, launch, type Trunkline } from "./trunkline";

let simulator: Simulator;
let trunkline: Trunkline;
let page: Page;

test.beforeAll(async ({ browser }) => {
  simulator = await startSimulator({ scene: "three-node", port: await freePort(), speed: "instant" });
  trunkline = await launch({
    env: {
      TRUNKLINE_DEMO: "0",
      TRUNKLINE_DEMO_ENDPOINT: simulator.url,
      TRUNKLINE_DEMO_TOKEN: `${demoToken.id}=${demoToken.secret}`,
    },
  });
  page = patient(await (await browser.newContext({ baseURL: trunkline.url })).newPage());
  await becomeOwner(page, trunkline.setupLink ?? "");
});
test.afterAll(async () => {
  await trunkline.stop();
  await simulator.close();
});

/** Somebody at work in Proxmox itself. */
async function elsewhere(method: "POST" | "PUT", path: string, body: Record<string, string> = {}): Promise<void> {
  const answer = await fetch(`${simulator.url}/api2/json/cluster/sdn${path}`, {
    method,
    headers: { authorization: `PVEAPIToken=${demoToken.id}=${demoToken.secret}` },
    body: new URLSearchParams(body),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

const openCluster = async () => {
  await page.goto("/clusters");
  await page.getByRole("link", { name: "demo" }).click();
  await expect(page.getByRole("heading", { name: "Snapshots" })).toBeVisible();
};
const planned = () => page.waitForURL(/\/plans\/[0-9a-f-]{36}$/);
const applied = async () => {
  await page.getByRole("button", { name: "Apply to demo" }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
  await expectRunState(page, "Applied");
};

test("what was made by hand is imported and adopted; what changes later is seen, left, put back or adopted", async () => {
  await elsewhere("POST", "/zones", { zone: "hand", type: "vlan", bridge: "vmbr0" });
  await elsewhere("POST", "/vnets", { vnet: "byhand", zone: "hand", tag: "77", alias: "Made by hand" });
  await elsewhere("POST", "/zones", { zone: "spare", type: "simple" });
  await elsewhere("PUT", "");

  await openCluster();
  await page.getByRole("button", { name: "Import" }).click();
  const importing = page.getByRole("dialog", { name: "Import from demo" });
  await importing.getByRole("checkbox", { name: "spare" }).click();
  await importing.getByLabel("Name of the layout").fill("By hand");
  expect(await axeFaults(page)).toEqual([]);
  await importing.getByRole("button", { name: "Import one zone" }).click();
  await page.waitForURL(/\/layouts\/[0-9a-f-]{36}$/);
  await page.getByRole("button", { name: "Review plan" }).click();
  await planned();
  await expect(page.getByText("Nothing to do. Live matches By hand v1")).toBeVisible();

  await openCluster();
  await page.getByRole("button", { name: "Adopt" }).click();
  const adopting = page.getByRole("dialog", { name: "Adopt from demo" });
  await adopting.getByRole("checkbox", { name: "Zone spare" }).click();
  expect(await axeFaults(page)).toEqual([]);
  await adopting.getByRole("button", { name: "Adopt one object" }).click();
  await expect(page.getByText("Adopted into By hand")).toBeVisible();

  await elsewhere("PUT", "/vnets/byhand", { zone: "hand", tag: "78" });
  await elsewhere("PUT", "");
  await elsewhere("PUT", "/zones/spare", { mtu: "1400" });
  await page.goto("/drift");
  await expect(page.getByText("1 drifted, 1 edited, not applied")).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole("link", { name: "By hand" }).click();
  const drifted = page.getByRole("region", { name: "Drifted" });
  await expect(drifted.getByRole("row", { name: /byhand in hand tag 77 78 77/ })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);

  const edited = page.getByRole("region", { name: "Edited, not applied" });
  await edited.getByRole("button", { name: "Ignore" }).click();
  const dialog = page.getByRole("dialog", { name: "Ignore the drift of spare" });
  await dialog.getByLabel("Reason").fill("Agreed with the storage team");
  await dialog.getByRole("button", { name: "Ignore until it changes" }).click();
  await expect(page.getByText("Agreed with the storage team")).toBeVisible();

  await drifted.getByRole("checkbox", { name: /byhand/ }).click();
  await page.getByRole("button", { name: "Put 1 back" }).click();
  await planned();
  await expect(page.getByRole("heading", { name: /Put back one object for By hand/ })).toBeVisible();
  await page.getByRole("button", { name: "Include them" }).click();
  await expect(page.getByText("This plan commits them along with its own changes.")).toBeVisible();
  await page.getByLabel("Reason").fill("The MTU is agreed");
  await applied();

  await page.goto("/drift");
  await expect(page.getByText("1 drifted", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "By hand" }).click();
  await page
    .getByRole("row", { name: /spare mtu/ })
    .getByRole("button", { name: "Adopt" })
    .click();
  await expect(page.getByText("Live matches what was last applied")).toBeVisible();
});

test("a node that failed is tried again, the run is reverted, and a snapshot brings everything back", async () => {
  simulator.control("fail-ifreload-pve2", "1");
  await page.goto("/templates");
  await page.getByRole("link", { name: "Several nodes" }).click();
  await page.getByRole("button", { name: "Deploy" }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
  await expectRunState(page, "Partially applied");
  simulator.control("fail-ifreload-pve2");
  await page.getByRole("button", { name: "Retry pve2" }).click();
  await expectRunState(page, "Applied");
  const run = page.url();

  await page.getByRole("button", { name: "Revert" }).click();
  await planned();
  await expect(page.getByRole("heading", { name: /Revert of run \d+ for/ })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await applied();
  await page.goto(run);
  await expect(page.getByText(/Taken back by/)).toBeVisible();
  await page.goto("/runs");
  await expect(page.getByText(/Revert of run \d+/)).toBeVisible();
  await expect(page.getByText(/Taken back by #\d+/)).toBeVisible();

  await openCluster();
  await page.getByRole("button", { name: "Take snapshot" }).click();
  await expect(page.getByText("Snapshot taken")).toBeVisible();
  const rows = page.getByRole("region", { name: "Snapshots, newest first" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("Ada Owner");
  // The one before the revert holds what the revert took away.
  await rows.nth(2).getByRole("button", { name: "Look" }).click();
  const look = page.getByRole("dialog", { name: /^demo, / });
  await expect(look.getByRole("button", { name: "Everything as JSON" })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await rows.nth(2).getByRole("button", { name: "Restore" }).click();
  const restore = page.getByRole("dialog", { name: "Restore a snapshot" });
  await restore.getByRole("combobox", { name: "Layout" }).click();
  await page.getByRole("option", { name: "Several nodes" }).click();
  await restore.getByRole("button", { name: "Plan the restore" }).click();
  await planned();
  await expect(page.getByRole("heading", { name: /Restore of a snapshot for/ })).toBeVisible();
  await applied();
});

test("a lock that somebody left is released by force, by name and with a reason", async () => {
  await elsewhere("POST", "/lock");
  await openCluster();
  await page.getByRole("button", { name: "Release by force" }).click();
  const dialog = page.getByRole("dialog", { name: /Release the lock of demo/ });
  await expect(dialog.getByRole("button", { name: "Release the lock" })).toHaveAttribute("aria-disabled", "true");
  await dialog.getByLabel("Reason").fill("The script that took it has died");
  await dialog.getByLabel("Type demo to confirm").fill("demo");
  await dialog.getByRole("button", { name: "Release the lock" }).click();
  await expect(page.getByText("Lock released")).toBeVisible();
  await deployTemplate(page, "Basic");
});
