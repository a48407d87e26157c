import type { Entity } from "./entity";

/** Gives a digest of a text, e.g. SHA-256 in hexadecimal. Passed in because the core has no crypto of its own. */
export type Digest = (text: string) => string;

/**
 * One number for a whole SDN configuration: equal configurations give equal fingerprints, whatever the order. A zone's
 * `mac` is left out, because Proxmox draws a random one when an EVPN zone comes without (PVE::Network::SDN::Zones::EvpnPlugin).
 */
export function fingerprintOf(entities: readonly Entity[], digest: Digest): string {
  const lines = entities.map((entity) => {
    const props = Object.entries(entity.props)
      .filter(([name]) => name !== "mac")
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([entity.key, entity.id, props]);
  });
  return digest(lines.sort().join("\n"));
}
