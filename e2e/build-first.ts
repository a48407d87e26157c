import { ensureBuilt } from "../lib/scripts/build.mjs";

/** Once before all journeys: workers that start at the same time must not build at the same time. */
// biome-ignore lint/style/noDefaultExport: Playwright looks for it
export default function buildFirst(): Promise<void> {
  return ensureBuilt();
}
