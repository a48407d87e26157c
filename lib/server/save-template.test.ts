import { afterAll, beforeAll, expect, it } from "vitest";
import type { Layout } from "@/lib/core/layout/model";
import { openStore } from "@/lib/store/db";
import type { Store } from "@/lib/store/store";
import { listAudit } from "./audit";
import { createLayout } from "./layouts";
import { deleteTemplate, listTemplates, loadSavedTemplate, saveTemplate } from "./templates";
import { must, mustFail, operator, provideStore, viewer } from "./testing/harness";

const LAYOUT: Layout = {
  version: 1,
  name: "whole",
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0" },
    { id: "lab", type: "simple" },
  ],
  vnets: [
    { id: "voip", zone: "corp", tag: 30 },
    { id: "desks", zone: "corp", tag: 31 },
    { id: "test", zone: "lab" },
  ],
  subnets: [
    { vnet: "voip", cidr: "10.30.0.0/24" },
    { vnet: "desks", cidr: "10.31.0.0/24" },
  ],
};

let store: Store;
beforeAll(async () => {
  const opened = await openStore({ databaseUrl: null, dataDir: null });
  if (!opened.ok) throw new Error(opened.error.message);
  store = opened.value;
  provideStore(store);
});
afterAll(() => store.close());

it("saves the whole draft, or what is selected with the zones it needs", async () => {
  const { id: layoutId } = must(await createLayout(operator, { name: "whole", clusterId: null, layout: LAYOUT }));
  const whole = must(await saveTemplate(operator, { layoutId, title: "All of it" }));
  expect(must(await loadSavedTemplate(viewer, whole.id)).layout.vnets).toEqual(LAYOUT.vnets);

  const asks = ["firstTag", "block", "domain"];
  const part = must(await saveTemplate(operator, { layoutId, title: "Phones", keys: ["vnet/voip"], asks }));
  expect(must(await loadSavedTemplate(viewer, part.id))).toMatchObject({
    summary: "Saved from whole: 1 zone, 1 VNet, 1 subnet.",
    // The selection has no domain that could be asked for.
    asks: ["firstTag", "block"],
    layout: { zones: [LAYOUT.zones[0]], vnets: [LAYOUT.vnets[0]], subnets: [LAYOUT.subnets[0]] },
  });
  expect(mustFail(await saveTemplate(operator, { layoutId, title: "Gone", keys: ["vnet/gone"] })).kind).toBe(
    "rejected",
  );
});

it("a saved template is deleted once, with a trace, and what is built in never", async () => {
  const { id: layoutId } = must(await createLayout(operator, { name: "short", clusterId: null, layout: LAYOUT }));
  const { id } = must(await saveTemplate(operator, { layoutId, title: "Short-lived" }));
  must(await deleteTemplate(operator, { id }));
  expect(must(await listTemplates(viewer)).map(({ title }) => title)).not.toContain("Short-lived");
  expect(mustFail(await deleteTemplate(operator, { id })).message).toMatch(/does not exist/);
  expect(mustFail(await deleteTemplate(operator, { id: "homelab-six-vlans" })).message).toMatch(/does not exist/);
  expect(must(await listAudit(viewer)).entries[0]).toMatchObject({
    action: "template.delete",
    detail: { title: "Short-lived" },
  });
});
