import fs from "node:fs";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { type AgentNode, noAgentNode, startAgentNode } from "./agent-node";
import { axeFaults } from "./axe";
import { becomeOwner, deployTemplate, expectRunState } from "./fixtures";
import { patient } from "./patient-page";
import { freePort, launch, type Trunkline } from "./trunkline";

// biome-ignore lint/suspicious/noSkippedTests: where the agent's own programs are missing, and then with that reason
test.skip(noAgentNode !== null, noAgentNode ?? "");

let simulator: Simulator;
let trunkline: Trunkline;
let node: AgentNode;
let page: Page;

test.beforeAll(async ({ browser }) => {
  if (noAgentNode !== null) return;
  node = await startAgentNode("pve1");
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
  await trunkline?.stop();
  await simulator?.close();
  await node?.remove();
});

const row = () => page.locator("#agents").getByRole("listitem", { name: "pve1" });
const choose = async (name: RegExp) => {
  await row().getByRole("button", { name: "More about pve1" }).click();
  await page.getByRole("menuitem", { name }).click();
};
const check = async (words: string) => {
  await row().getByRole("button", { name: "Check" }).click();
  await expect(row()).toContainText(words);
};
const keyboardStays = async () =>
  expect.poll(() => row().evaluate((line) => line.contains(document.activeElement))).toBe(true);
const noFaults = async () => expect(await axeFaults(page)).toEqual([]);

test("an agent is put on a node after its host key was compared, looked after, and taken off again", async () => {
  await deployTemplate(page, "Homelab, six VLANs");
  await page.goto("/clusters");
  await page.getByRole("link", { name: "demo" }).click();
  await expect(row()).toContainText("Declared on this node and not provided");
  await expect(row()).toContainText("vnetmgmt");

  await test.step("added: the host key is compared before anything is trusted", async () => {
    await row().getByRole("button", { name: "Add" }).click();
    const adding = page.getByRole("dialog");
    await adding.getByLabel("SSH address").fill("127.0.0.1");
    await adding.getByLabel("Port").fill(String(node.port));
    await noFaults();
    await adding.getByRole("button", { name: "Read the host key" }).click();
    await expect(adding.getByText(await node.fingerprint(), { exact: true })).toBeVisible();
    await noFaults();
    await adding.getByRole("button", { name: "They are the same, pin it" }).click();
  });

  await test.step("installed: with the script that is shown, signed in once", async () => {
    const installing = page.getByRole("dialog", { name: "Install the agent on pve1" });
    await expect(installing.getByText(/^[0-9a-f]{64}$/)).toBeVisible();
    await installing.getByRole("button", { name: "Check the agent" }).click();
    await expect(installing).toContainText("did not accept the key");
    await noFaults();
    await installing.getByRole("tab", { name: "Let Trunkline sign in once" }).click();
    const password = installing.getByRole("textbox", { name: "Password" });
    await password.fill("a wrong one");
    await installing.getByRole("button", { name: "Install now" }).click();
    await expect(installing).toContainText("Nothing was sent to the node");
    await expect(password).toHaveValue("");
    await password.fill(node.password);
    await installing.getByRole("button", { name: "Install now" }).click();
    await expect(installing).toContainText("The agent of pve1 answers");
    await noFaults();
    await installing.getByRole("button", { name: "Close" }).last().click();
    await expect(row()).toContainText("Installed, serves nothing yet");
  });

  await test.step("given what the layout declares by a run; what differs then is said and repaired", async () => {
    const cluster = page.url();
    await page.goto("/layouts");
    await page.getByRole("link", { name: "Homelab, six VLANs" }).click();
    simulator.control("firewall", JSON.stringify({ enable: 1 }));
    await page.getByRole("button", { name: "Review plan" }).click();
    await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/);
    await expect(page.getByRole("main")).toContainText(/pve1 drops what guests of vnetdev, .* send it for DHCP/);
    await noFaults();
    await page.getByRole("button", { name: "Apply to demo" }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    await expectRunState(page, "Applied");
    // Nothing went to the cluster, which is no reason to hide what the run did, or not to take it back.
    await expect(page.getByRole("list", { name: "Nodes", exact: true })).toContainText("No SDN change");
    await expect(page.getByRole("button", { name: "Revert" })).toBeVisible();
    await page.getByRole("tab", { name: "Plan", exact: true }).click();
    await expect(page.getByRole("region", { name: "Changes of host services" })).toContainText("vnetmgmt");
    await noFaults();
    expect(fs.readFileSync(node.at("etc/network/interfaces.d/trunkline"), "utf8")).toContain("address 10.10.0.1/24");
    await page.goto("/runs");
    const newest = page.getByRole("table", { name: "Runs" }).getByRole("row").nth(1);
    await expect(newest).toContainText(/Host services: \d+ changes on pve1/);
    await noFaults();
    await page.goto(cluster);
    await expect(row()).toContainText("In order");
    await expect(row()).toContainText("6 VNets");
    fs.appendFileSync(node.at("etc/network/interfaces.d/trunkline"), "# by hand\n");
    fs.mkdirSync(node.at("var/lib/trunkline/leases"), { recursive: true });
    fs.writeFileSync(
      node.at("var/lib/trunkline/leases/vnetmgmt.leases"),
      "0 bc:24:11:00:00:01 10.10.0.130 bastion *\n",
    );
    await check("1 difference");
    await expect(row()).toContainText("Network file /etc/network/interfaces.d/trunkline is not as it should be");
    await noFaults();
    await row().getByRole("button", { name: "Repair now" }).press("Enter");
    await expect(row()).toContainText("In order");
    await expect(row()).toBeFocused();
    fs.writeFileSync(node.at("etc/trunkline/state.json"), "{");
    await check("Its state file is damaged or gone");
    await noFaults();
    await row().getByRole("button", { name: "Repair now" }).click();
    await expect(row()).toContainText("In order");
  });

  await test.step("looked after as often as is said, which the agent is told at once", async () => {
    await expect(row()).toContainText("every minute");
    await choose(/^Repair interval/);
    const dialog = page.getByRole("dialog", { name: "Repair interval of pve1" });
    await expect(dialog.getByLabel("Seconds")).toBeFocused();
    await dialog.getByLabel("Seconds").fill("4");
    await dialog.getByRole("button", { name: "Set interval" }).click();
    await expect(dialog).toContainText("from 5 to 3600");
    await noFaults();
    await dialog.getByLabel("Seconds").fill("300");
    await dialog.getByRole("button", { name: "Set interval" }).click();
    await expect(row()).toContainText("every 5 minutes");
    await expect(row()).toContainText("In order");
    expect(JSON.parse(fs.readFileSync(node.at("etc/trunkline/state.json"), "utf8")).repairSeconds).toBe(300);
  });

  await test.step("leases stand in the Addresses view", async () => {
    const cluster = page.url();
    await page.goto("/layouts");
    await page.getByRole("link", { name: "Homelab, six VLANs" }).click();
    await page.getByRole("button", { name: /^Subnet 10\.10\.0\.0\/24/ }).click();
    await page.getByRole("button", { name: "Addresses", exact: true }).click();
    const leases = page.getByRole("table", { name: "Leases in 10.10.0.0/24" });
    await expect(leases.getByRole("row", { name: /10\.10\.0\.130.*bastion.*never ends/ })).toBeVisible();
    await page.goto(cluster);
  });

  await test.step("another host key stops it until it is pinned on purpose", async () => {
    await node.stop();
    await node.start({ newHostKey: true });
    await row().getByRole("button", { name: "Check" }).click();
    await expect(row()).toContainText("Another SSH host key");
    await row().getByRole("button", { name: "Compare host key" }).press("Enter");
    const pinning = page.getByRole("dialog", { name: "Address and host key of pve1" });
    await expect(pinning.getByLabel("SSH address")).toBeFocused();
    await pinning.getByRole("button", { name: "Read the host key" }).click();
    await expect(pinning).toContainText("It is not the key that is pinned");
    await expect(pinning.getByText(await node.fingerprint(), { exact: true })).toBeVisible();
    await noFaults();
    await pinning.getByLabel("Type pve1 to confirm").fill("pve1");
    await pinning.getByRole("button", { name: "I have compared it, pin it" }).click();
    await expect(row()).toContainText("In order");
    await expect(row()).not.toContainText("Could not");
    await keyboardStays();
  });

  await test.step("leftovers of the Terraform module are removed one by one", async () => {
    const left = node.at("var/lib/hybridops-sdn/gateway/hybridops-sdn-gateway-web-lab-10-5-0-0-24.env");
    fs.mkdirSync(path.dirname(left), { recursive: true });
    const text = 'ZONE_NAME="lab"\nVNET_ID="web"\nSUBNET_CIDR="10.5.0.0/24"\nGATEWAY="10.5.0.1"\nPREFIX="24"\n';
    fs.writeFileSync(left, text);
    await choose(/^Leftovers/);
    const dialog = page.getByRole("dialog", { name: /^Leftovers/ });
    await dialog.getByRole("checkbox", { name: /hybridops-sdn-gateway-web-lab/ }).click();
    await noFaults();
    await dialog.getByLabel("Type pve1 to confirm").fill("pve1");
    await dialog.getByRole("button", { name: "Remove 1" }).click();
    await expect(dialog).toContainText("1 removed");
    expect(fs.existsSync(left)).toBe(false);
    await page.keyboard.press("Escape");
  });

  await test.step("removed: first the services, then the agent is forgotten", async () => {
    await choose(/^Remove the services/);
    const dialog = page.getByRole("dialog", { name: "Remove the host services of pve1?" });
    await dialog.getByLabel("Type pve1 to confirm").fill("pve1");
    await noFaults();
    await dialog.getByRole("button", { name: "Remove the services" }).click();
    await expect(row()).toContainText("No agent");
    expect(fs.existsSync(node.at("etc/network/interfaces.d/trunkline"))).toBe(false);
  });

  await test.step("by script: made, run on the node, and what the node says is carried back", async () => {
    await row().getByRole("button", { name: "Add" }).click();
    const adding = page.getByRole("dialog");
    await adding.getByText("By script", { exact: true }).click();
    await adding.getByRole("button", { name: "Add, then make its script" }).click();
    const making = page.getByRole("dialog", { name: "Script for pve1" });
    const loading = page.waitForEvent("download");
    await expect(making.getByRole("button", { name: "Make the script" })).toBeFocused();
    await making.getByRole("button", { name: "Make the script" }).click();
    await making.getByRole("button", { name: "Download" }).click();
    await noFaults();
    await node.console(`sh ${await (await loading).path()} --root ROOT`);
    await making.getByRole("button", { name: "Close" }).last().click();
    await expect(row()).toContainText(/whether revision \d+ was run is not known/);
    const said = await node.console("ROOT/usr/local/sbin/trunkline-host status --root ROOT");
    await row().getByRole("button", { name: "Enter report" }).click();
    const entering = page.getByRole("dialog", { name: "Report of pve1" });
    await expect(entering.getByLabel("What it prints")).toBeFocused();
    await entering.getByLabel("What it prints").fill(said.slice(0, 80));
    await entering.getByRole("button", { name: "Enter report" }).click();
    await expect(entering).toContainText("Copy all that the command prints");
    await noFaults();
    await entering.getByLabel("What it prints").fill(said);
    await entering.getByRole("button", { name: "Enter report" }).click();
    await expect(row()).toContainText("In order, as reported");
    const cluster = page.url();
    await page.goto("/layouts");
    await page.getByRole("link", { name: "Homelab, six VLANs" }).click();
    await page.getByRole("button", { name: /^Subnet 10\.10\.0\.0\/24/ }).click();
    await page.getByRole("button", { name: "Addresses", exact: true }).click();
    await expect(page.getByText("from the agent of pve1, as reported")).toBeVisible();
    await page.goto(cluster);
  });

  await test.step("the same round by machine", async () => {
    const place = `${new URL(page.url()).pathname.replace("/clusters/", "/api/v1/clusters/")}/agents/pve1`;
    const headers = { origin: trunkline.url };
    const script = await (await page.request.post(`${place}/bundle`, { headers })).json();
    expect(script).toMatchObject({
      name: expect.stringContaining("pve1"),
      vnets: expect.arrayContaining(["vnetmgmt"]),
    });
    fs.appendFileSync(node.at("etc/network/interfaces.d/trunkline"), "# by hand\n");
    const data = await node.console("ROOT/usr/local/sbin/trunkline-host status --root ROOT || [ $? = 10 ]");
    expect((await page.request.put(`${place}/report`, { headers, data })).status()).toBe(200);
    expect((await page.request.put(`${place}/report`, { headers, data: "{" })).status()).toBe(400);
    expect((await page.request.put(`${place}/report`, { data })).status()).toBe(403);
    await page.reload();
    await expect(row()).toContainText("1 difference, as reported");
    await expect(row().getByRole("button", { name: "Repair now" })).toHaveCount(0);
  });

  await test.step("forgotten by keys alone, and the keyboard goes on in the line of the node", async () => {
    await row().getByRole("button", { name: "More about pve1" }).press("Enter");
    await page.getByRole("menuitem", { name: /^Forget/ }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Forget the agent of pve1?" });
    await expect(dialog.getByLabel("Type pve1 to confirm")).toBeFocused();
    await page.keyboard.type("pve1");
    await page.keyboard.press("Enter");
    await expect(row()).toContainText("No agent");
    await keyboardStays();
  });
});
