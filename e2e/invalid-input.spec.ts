import type { Page } from "@playwright/test";
import type { Layout } from "@/lib/core/layout/model";
import { PROBLEM_CODES } from "@/lib/core/validate/codes";
import { validateLayout } from "@/lib/core/validate/validate";
import { BROKEN } from "./broken-layouts";
import { putDraft } from "./draft-api";
import { createLayout, expect, test } from "./fixtures";

/** Replaces the draft and shows it in the designer; gives what the cluster is like, as the designer judges by it. */
async function show(page: Page, path: string, layout: Layout) {
  const { clusterId } = await putDraft(page, path, layout);
  await page.goto(path);
  const state = await (await page.request.get(`/api/v1/clusters/${clusterId}/state`)).json();
  return state.facts;
}

// Rules that a document in the designer cannot break: shapes are refused at the door (below), template parameters in
// their own form (below), and the others are found when a plan meets a cluster (lib/core/plan, lib/core/revert).
const ELSEWHERE = [
  ...["unknown-key", "missing-key", "wrong-type", "wrong-value", "parameter-invalid"],
  ...["already-exists", "foreign-child", "no-free-tag", "changed-since", "left-as-it-is", "host-services-clash"],
];

test("every rule that a layout can break is listed with its words, and errors stop the plan", async ({ page }) => {
  const path = await createLayout(page, "Broken on purpose");
  const broken = new Set<string>();
  for (const { topic, layout } of BROKEN) {
    const facts = await show(page, path, layout);
    const problems = validateLayout(layout, { facts });
    for (const problem of problems) broken.add(problem.code);
    await expect(page.getByRole("button", { name: "Review plan" }), topic).toHaveAttribute("aria-disabled", "true");

    const errors = problems.filter((problem) => problem.severity === "error").length;
    await page.getByRole("button", { name: `${errors} errors` }).click();
    const list = page.getByRole("dialog", { name: "Problems" });
    for (const problem of problems) {
      await expect(list.getByText(problem.message, { exact: true }).first(), problem.code).toBeAttached();
    }
  }
  expect(Object.keys(PROBLEM_CODES).filter((code) => !broken.has(code))).toEqual(expect.arrayContaining(ELSEWHERE));
  expect(Object.keys(PROBLEM_CODES).filter((code) => !broken.has(code) && !ELSEWHERE.includes(code))).toEqual([]);
});

test("a wrong text in a field is explained under it while it is typed, and stays until it is mended", async ({
  page,
}) => {
  const layout: Layout = {
    version: 1,
    name: "Typed wrong",
    zones: [
      { id: "corp", type: "vlan", bridge: "vmbr0", ipam: "pve" },
      { id: "lab", type: "simple", ipam: "pve", dhcp: "dnsmasq" },
    ],
    vnets: [
      { id: "office", zone: "corp", tag: 610 },
      { id: "guests", zone: "corp", tag: 611 },
      { id: "play", zone: "lab" },
    ],
    subnets: [{ vnet: "play", cidr: "10.61.0.0/24", gateway: "10.61.0.1" }],
  };
  const path = await createLayout(page, "Typed wrong");
  await show(page, path, layout);
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const go = async (row: RegExp) => {
    await page.getByRole("treegrid").focus();
    await page.keyboard.press("Home");
    for (let presses = 0; presses < 8; presses += 1) {
      const here = await page.getByRole("row", { selected: true }).textContent();
      if (row.test(here ?? "")) return;
      await page.keyboard.press("ArrowDown");
    }
    throw new Error(`No row ${row}.`);
  };

  const table: [row: RegExp, field: string, wrong: string, says: RegExp][] = [
    [/^Zone corp/, "ID", "much2long", /8/],
    [/^Zone corp/, "ID", "9lives", /letter/],
    [/^Zone corp/, "ID", "lab", /taken|already|exists|another/i],
    [/^Zone corp/, "Bridge", "", /bridge/],
    [/office/, "VLAN tag", "0", /4094/],
    [/office/, "VLAN tag", "4095", /4094/],
    [/office/, "VLAN tag", "ten", /whole number/],
    [/office/, "VLAN tag", "611", /guests/],
    [/office/, "Alias", "a {brace}", /alias/i],
  ];
  for (const [row, field, wrong, says] of table) {
    await go(row);
    const input = inspector.getByLabel(new RegExp(`^${field}`));
    const before = await input.inputValue();
    await input.fill(wrong);
    await expect(input, `${field} ${wrong}`).toHaveAttribute("aria-invalid", "true");
    await expect(input).toHaveAccessibleDescription(says);
    await input.press("Escape");
    await expect(input).toHaveValue(before);
  }

  await go(/play/);
  await page.keyboard.press("ArrowRight");
  const subnet: [field: string, wrong: string, says: RegExp][] = [
    ["Network", "10.61.0.7/24", /host bits/],
    ["Network", "10.61", /network|address/i],
    ["Gateway", "10.62.0.1", /outside|not in|inside/i],
    ["Gateway", "10.61.0.0", /network address/i],
    ["Gateway", "10.61.0.255", /broadcast/i],
    ["Gateway", "router", /address/i],
    ["DHCP ranges", "10.61.0.90 - 10.61.0.10", /reversed|before|after|start|end/i],
    ["DHCP ranges", "10.61.0.90", /two addresses/],
    ["DHCP ranges", "10.63.0.10 - 10.63.0.20", /does not lie within/],
  ];
  for (const [field, wrong, says] of subnet) {
    const input = inspector.getByLabel(new RegExp(`^${field}`));
    await input.fill(wrong);
    await expect(input, `${field} ${wrong}`).toHaveAttribute("aria-invalid", "true");
    await expect(input).toHaveAccessibleDescription(says);
    await input.press("Escape");
  }
  // Nothing wrong went into the document.
  const draft = await (await page.request.get(`/api/v1${path}/draft`)).json();
  expect(draft.layout).toEqual(layout);
});

test("a text that cannot be taken waits in its field while other objects are looked at, and holds the plan", async ({
  page,
}) => {
  const subnet = { vnet: "office", cidr: "10.62.0.0/24" };
  const path = await createLayout(page, "Left wrong");
  await show(page, path, {
    version: 1,
    name: "Left wrong",
    zones: [{ id: "corp", type: "vlan", bridge: "vmbr0", ipam: "pve" }],
    vnets: [{ id: "office", zone: "corp", tag: 620 }],
    subnets: [{ ...subnet, gateway: "10.62.0.1" }],
    hostServices: [{ ...subnet, gatewayNode: "pve1", uplink: "vmbr0", dhcp: { ranges: [], lease: "24h" } }],
  });
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const plan = page.getByRole("button", { name: "Review plan" });
  await page.getByRole("button", { name: `Subnet ${subnet.cidr}` }).click();
  const table: [field: string, wrong: string, says: RegExp][] = [
    ["Ranges", "10.62.0.90", /two addresses/],
    ["Reservations", "bc:24:11:00:00:01", /not a reservation/],
    ["DHCP options", "mtu", /no value/],
    ["Static routes", "default", /not a route/],
    ["Guard exceptions", "22", /not a port/],
  ];
  for (const [field, wrong] of table) await inspector.getByLabel(new RegExp(`^${field}`)).fill(wrong);
  await page.getByRole("treegrid").focus();
  await page.keyboard.press("Home");
  await expect(inspector.getByLabel(/^Bridge/)).toBeVisible();
  const count = page.getByRole("button", { name: "5 errors" });
  await expect(count).toBeVisible();
  await expect(plan).toHaveAttribute("aria-disabled", "true");
  await page.reload();
  await expect(count).toBeVisible();

  await count.click();
  const list = page.getByRole("dialog", { name: "Problems" });
  await list.getByRole("listitem").filter({ hasText: "Guard exceptions" }).getByText("Discard the text").click();
  await list.getByRole("button", { name: "host services of 10.62.0.0/24" }).first().click();
  for (const [field, wrong, says] of table.slice(0, -1)) {
    const input = inspector.getByLabel(new RegExp(`^${field}`));
    await expect(input, field).toHaveValue(wrong);
    await expect(input).toHaveAccessibleDescription(says);
  }
  await expect(inspector.getByLabel(/^Guard exceptions/)).toHaveValue("");
  await inspector.getByLabel(/^Ranges/).fill("10.62.0.90 - 10.62.0.99");
  for (const [field] of table.slice(1, -1)) await inspector.getByLabel(new RegExp(`^${field}`)).press("Escape");
  await expect(page.getByRole("button", { name: /error/ })).toHaveCount(0);
  await expect(plan).not.toHaveAttribute("aria-disabled", "true");
  await page.reload();
  await expect(plan).not.toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("button", { name: /error/ })).toHaveCount(0);

  // What is only worth a look says so, and makes no value invalid.
  const servers = inspector.getByLabel(/^DNS servers/);
  await servers.fill("10.62.0.1");
  await servers.press("Enter");
  await expect(servers).toHaveAccessibleDescription(/answers no DNS/);
  await expect(servers).not.toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("button", { name: "1 warning", exact: true })).toBeVisible();

  // What is wrong with a network is told once, under it, also where it is wrong for its host services alone.
  await inspector.getByLabel(/^Network/).fill("169.254.62.0/24");
  await inspector.getByLabel(/^Network/).press("Enter");
  await expect(inspector.getByLabel(/^Network/)).toHaveAccessibleDescription(/reserved for other uses/);
  await expect(inspector.getByText(/reserved for other uses/)).toHaveCount(1);
});

test("a document of the wrong shape is refused with the place, and nothing is saved", async ({ page }) => {
  const path = await createLayout(page, "Wrong shape");
  const draft = `/api/v1${path}/draft`;
  const before = await (await page.request.get(draft)).json();
  const origin = new URL(page.url()).origin;
  const zone = { id: "corp", type: "vlan", bridge: "vmbr0" };
  const table: [what: string, body: unknown, place: RegExp][] = [
    [
      "an unknown key",
      { baseRev: before.rev, layout: { ...before.layout, zones: [{ ...zone, brigde: "vmbr0" }] } },
      /brigde/,
    ],
    ["a missing key", { baseRev: before.rev, layout: { ...before.layout, zones: undefined } }, /zones/],
    ["a wrong type", { baseRev: before.rev, layout: { ...before.layout, vnets: [{ id: 7, zone: "corp" }] } }, /vnets/],
    [
      "a wrong value",
      { baseRev: before.rev, layout: { ...before.layout, zones: [{ ...zone, type: "vlam" }] } },
      /type/,
    ],
    ["no revision", { layout: before.layout }, /baseRev/],
  ];
  for (const [what, body, place] of table) {
    const refused = await page.request.put(draft, { data: body, headers: { origin } });
    expect(refused.status(), what).toBe(400);
    expect(JSON.stringify((await refused.json()).error), what).toMatch(place);
  }
  const notJson = await page.request.put(draft, {
    data: Buffer.from("{ zones"),
    headers: { origin, "content-type": "application/json" },
  });
  expect(notJson.status()).toBe(400);
  expect((await page.request.get("/api/v1/runs?limit=many")).status()).toBe(400);
  expect((await page.request.get("/api/v1/layouts/not-a-layout/draft")).status()).toBe(422);
  expect(await (await page.request.get(draft)).json()).toEqual(before);
});

test("a template parameter that cannot be used is explained at its field", async ({ page }) => {
  await page.goto("/templates");
  await page.getByRole("link", { name: "Homelab, six VLANs" }).click();
  const tag = page.getByLabel(/tag/i).first();
  await tag.fill("5000");
  await expect(tag).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("button", { name: "Deploy" })).toHaveAttribute("aria-disabled", "true");
  await tag.fill("10");
  await expect(tag).not.toHaveAttribute("aria-invalid", "true");
});

test("addresses that lead nowhere say so", async ({ page }) => {
  for (const path of ["/layouts/nope", "/plans/nope", "/runs/nope", "/clusters/nope", "/templates/nope", "/nowhere"]) {
    await page.goto(path);
    await expect(page.getByRole("main"), path).toContainText(
      /not found|does not exist|no longer|nothing at this address/i,
    );
  }
});
