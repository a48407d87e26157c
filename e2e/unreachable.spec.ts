import { expect, test } from "@playwright/test";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { startSimulator } from "@/lib/simulator/start";
import { becomeOwner, createLayout, expectRunState } from "./fixtures";
import { patient } from "./patient-page";
import { freePort, launch } from "./trunkline";

test("a cluster that does not answer is said so everywhere, and everything goes on when it is back", async ({
  browser,
}) => {
  const port = await freePort();
  const scene = { scene: "three-node", port, speed: "instant" } as const;
  let simulator = await startSimulator(scene);
  const trunkline = await launch({
    env: {
      TRUNKLINE_DEMO: "0",
      TRUNKLINE_DEMO_ENDPOINT: simulator.url,
      TRUNKLINE_DEMO_TOKEN: `${demoToken.id}=${demoToken.secret}`,
    },
  });
  const page = patient(await (await browser.newContext({ baseURL: trunkline.url })).newPage());
  await becomeOwner(page, trunkline.setupLink ?? "");
  await simulator.close();

  await page.goto("/clusters");
  await expect(page.getByText("Not reachable")).toBeVisible();
  await page.goto("/templates");
  await page.getByRole("link", { name: "Basic" }).click();
  await expect(page.getByText("demo cannot be read now")).toBeVisible();
  await expect(page.getByRole("button", { name: "Deploy" })).toHaveAttribute("aria-disabled", "true");

  // Designing needs no cluster.
  const layout = await createLayout(page, "Drawn meanwhile");
  await expect(page.getByRole("heading", { name: "Drawn meanwhile" })).toBeVisible();

  simulator = await startSimulator(scene);
  await page.goto("/templates");
  await page.getByRole("link", { name: "Basic" }).click();
  await page.getByRole("button", { name: "Deploy" }).click();
  await page.waitForURL(/\/runs\//);
  await expectRunState(page, "Applied");
  await page.goto(layout);
  await expect(page.getByRole("heading", { name: "Drawn meanwhile" })).toBeVisible();
  await trunkline.stop();
  await simulator.close();
});
