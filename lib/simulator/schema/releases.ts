import type { Endpoint } from "@/lib/simulator/schema/property";

/** Which major release of Proxmox VE the simulation answers like: 9.2, or 8.4 without everything that came with 9. */
export type Release = "9" | "8";

/** What GET /version says. */
export const versions: Readonly<Record<Release, { version: string; release: string; repoid: string }>> = {
  "9": { version: "9.2.11", release: "9.2", repoid: "14a22df3" },
  "8": { version: "8.4.14", release: "8.4", repoid: "b502d23c" },
};

const newEndpoints =
  /^\/cluster\/sdn\/(?:lock|rollback|dry-run|fabrics)|^\/nodes\/\{node\}\/sdn\/(?:vnets|zones\/\{zone\}\/(?:bridges|ip-vrf))/;
const newParameters: ReadonlySet<string> = new Set(["lock-token", "release-lock", "fabric"]);

/** The endpoint as the release knows it; nothing when it came later. */
export function asInRelease(endpoint: Endpoint, release: Release): Endpoint | undefined {
  if (release === "9") return endpoint;
  if (newEndpoints.test(endpoint.path)) return undefined;
  const known = Object.entries(endpoint.parameters).filter(([name]) => !newParameters.has(name));
  return { ...endpoint, parameters: Object.fromEntries(known) };
}
