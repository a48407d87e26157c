import { ensureBuilt } from "../lib/scripts/build.mjs";

/** Once before all journeys: workers that start at the same time must not build at the same time. */
export default function buildFirst(): Promise<void> {
  return ensureBuilt();
}
