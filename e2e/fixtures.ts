import { type Browser, test as base, expect, type Page } from "@playwright/test";
import { patient } from "./patient-page";
import { freePort, launch, type Trunkline } from "./trunkline";

/** Who is who on the shared Trunkline. Passwords of a test instance that lives for minutes. */
export const OWNER = { name: "Ada Owner", email: "ada@example.org", password: "correct horse battery" };

interface Shared {
  /** A running Trunkline with its simulated cluster and an owner. One per worker: every test may add to it. */
  readonly trunkline: Trunkline;
  /** The owner's cookies. */
  readonly ownerState: Awaited<ReturnType<import("@playwright/test").BrowserContext["storageState"]>>;
}

/** Tests whose page is signed in as the owner of a running Trunkline. */
export const test = base.extend<object, Shared>({
  trunkline: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it has to prepare from this pattern.
    async ({}, use) => {
      const trunkline = await launch({ port: await freePort() });
      await use(trunkline);
      await trunkline.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  ownerState: [
    async ({ trunkline, browser }, use) => {
      const page = patient(await browser.newPage());
      await becomeOwner(page, trunkline.setupLink ?? "");
      await use(await page.context().storageState());
      await page.context().close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  baseURL: ({ trunkline }, use) => use(trunkline.url),
  storageState: ({ ownerState }, use) => use(ownerState),
  page: ({ page }, use) => use(patient(page)),
});

export { expect };

/** Follows the one-time link and fills its form; ends on the first page behind it. */
export async function becomeOwner(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password").fill(OWNER.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/templates");
}

async function signIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(who.email);
  await page.getByLabel("Password").fill(who.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** A page of somebody else, signed in by hand. */
export async function pageOf(browser: Browser, url: string, who: { email: string; password: string }): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, storageState: { cookies: [], origins: [] } });
  const page = patient(await context.newPage());
  await signIn(page, who);
  return page;
}

/** Makes a layout through the list's own dialog and opens it; gives its address. */
export async function createLayout(page: Page, name: string): Promise<string> {
  await page.goto("/layouts");
  await page.getByRole("button", { name: "New layout" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New layout" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create layout" }).click();
  await page.waitForURL(/\/layouts\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** Deploys a template with its default numbers and waits for the end of the run; gives the run's address. */
export async function deployTemplate(page: Page, title: string): Promise<string> {
  await page.goto("/templates");
  await page.getByRole("link", { name: title }).click();
  await page.getByRole("button", { name: "Deploy" }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
  await expectRunState(page, "Applied");
  return new URL(page.url()).pathname;
}

/** The state of the run on its page, once it has ended so. */
export async function expectRunState(page: Page, word: string): Promise<void> {
  await expect(page.getByRole("main").getByText(word, { exact: true }).first()).toBeVisible({ timeout: 60_000 });
}
