import { expect, test } from "@playwright/test";
import { auditorToken } from "@/lib/simulator/scenes/demo-tokens";
import { startSimulator } from "@/lib/simulator/start";
import { putDraft } from "./draft-api";
import { becomeOwner, createLayout } from "./fixtures";
import { patient } from "./patient-page";
import { freePort, launch } from "./trunkline";

test("A25 with a token that may only look, everything is seen, nothing can be applied, and its secret is nowhere", async ({
  browser,
}) => {
  const simulator = await startSimulator({ scene: "three-node", port: await freePort(), speed: "instant" });
  const trunkline = await launch({
    env: {
      TRUNKLINE_DEMO: "0",
      TRUNKLINE_DEMO_ENDPOINT: simulator.url,
      TRUNKLINE_DEMO_TOKEN: `${auditorToken.id}=${auditorToken.secret}`,
    },
  });
  const page = patient(await (await browser.newContext({ baseURL: trunkline.url })).newPage());
  const seen: string[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).origin === trunkline.url) {
      void response
        .text()
        .then((text) => seen.push(text))
        .catch(() => {});
    }
  });
  await becomeOwner(page, trunkline.setupLink ?? "");
  simulator.clearRequests();

  await page.goto("/clusters");
  await page.getByRole("link", { name: "demo" }).click();
  await expect(page.getByRole("cell", { name: "pve2" })).toBeVisible();
  await page.getByRole("button", { name: "Check privileges" }).click();
  await expect(page.getByRole("row", { name: /Missing SDN\.Allocate \/sdn/ })).toBeVisible();
  await expect(page.getByText(/pveum acl modify \/sdn --tokens/)).toBeVisible();
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("This cluster has no zones yet")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Take snapshot" }).click();
  await expect(page.getByText("Snapshot taken")).toBeVisible();

  await page.goto("/templates");
  await page.getByRole("link", { name: "Basic" }).click();
  const deploy = page.getByRole("button", { name: "Deploy" });
  await expect(deploy).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText(/SDN\.Allocate/).first()).toBeVisible();
  await expect(page.getByText(/pveum acl modify \/sdn --tokens/)).toBeVisible();

  const layout = await createLayout(page, "Only looked at");
  await putDraft(page, layout, {
    version: 1,
    name: "Only looked at",
    zones: [{ id: "corp", type: "vlan", bridge: "vmbr0" }],
    vnets: [{ id: "office", zone: "corp", tag: 10 }],
    subnets: [],
  });
  await page.goto(layout);
  await page.getByRole("button", { name: "Review plan" }).click();
  await page.waitForURL(/\/plans\//);
  await expect(page.getByText(/The token itself needs the role/)).toBeVisible();
  await expect(page.getByText(/pveum acl modify \/sdn --tokens/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Apply to demo" })).toHaveAttribute("aria-disabled", "true");
  for (const path of ["/drift", "/runs", "/layouts", "/account"]) {
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
  }

  expect(simulator.requests().filter(({ method }) => method !== "GET")).toEqual([]);
  expect(seen.length).toBeGreaterThan(20);
  expect(seen.filter((text) => text.includes(auditorToken.secret))).toEqual([]);
  expect(trunkline.output()).not.toContain(auditorToken.secret);
  await trunkline.stop();
  await simulator.close();
});
