import type { Endpoint } from "@/lib/simulator/schema/property";

/**
 * Which release of Proxmox VE the simulation answers like. 9.2 is recorded; 9.0 and 8.4 are 9.2 without what the table of
 * versions says came later, and not recorded.
 */
export type Release = "8.4" | "9.0" | "9.2";

/** The releases as the command takes them; a bare major number means its newest. */
export const releases: Readonly<Record<string, Release>> = {
  "8": "8.4",
  "8.4": "8.4",
  "9": "9.2",
  "9.0": "9.0",
  "9.2": "9.2",
};

/** What GET /version says. */
export const versions: Readonly<Record<Release, { version: string; release: string; repoid: string }>> = {
  "9.2": { version: "9.2.11", release: "9.2", repoid: "14a22df3" },
  "9.0": { version: "9.0.11", release: "9.0", repoid: "3bf5476b" },
  "8.4": { version: "8.4.14", release: "8.4", repoid: "b502d23c" },
};

/** Lock, rollback and fabrics came with pve-network 1.1 (9.0); the dry-run and the nodes' own views with 1.2 and 1.3. */
const since90 = /^\/cluster\/sdn\/(?:lock|rollback|fabrics)/;
const since92 =
  /^\/cluster\/sdn\/dry-run|^\/nodes\/\{node\}\/sdn\/(?:vnets|fabrics|zones\/\{zone\}\/(?:bridges|ip-vrf))/;
const parametersSince90: ReadonlySet<string> = new Set(["lock-token", "release-lock", "fabric", "regenerate-frr"]);

/** The endpoint as the release knows it; nothing when it came later. */
export function asInRelease(endpoint: Endpoint, release: Release): Endpoint | undefined {
  if (release === "9.2") return endpoint;
  if (since92.test(endpoint.path)) return undefined;
  if (release === "9.0") return endpoint;
  if (since90.test(endpoint.path)) return undefined;
  const known = Object.entries(endpoint.parameters).filter(([name]) => !parametersSince90.has(name));
  return { ...endpoint, parameters: Object.fromEntries(known) };
}
