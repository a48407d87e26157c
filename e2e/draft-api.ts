import type { Page } from "@playwright/test";
import type { Layout } from "@/lib/core/layout/model";

/** Replaces a layout's draft through the HTTP API. `path` is the layout's page, `/layouts/<id>`. */
export async function putDraft(page: Page, path: string, layout: Layout): Promise<{ clusterId: string | null }> {
  const draft = `/api/v1${path}/draft`;
  const { rev, clusterId } = await (await page.request.get(draft)).json();
  const saved = await page.request.put(draft, {
    data: { baseRev: rev, layout },
    headers: { origin: new URL(page.url()).origin },
  });
  if (!saved.ok()) throw new Error(`The draft was refused: ${await saved.text()}`);
  return { clusterId };
}
