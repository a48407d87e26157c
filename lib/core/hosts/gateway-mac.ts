/**
 * The MAC address of a VNet's gateway: locally administered (02), "TL", and 24 bits from installation and VNet. The same
 * on every node, so that guests keep their ARP entry when another node becomes the gateway.
 */
export function gatewayMac(owner: string, vnet: string): string {
  // FNV-1a with Murmur's finaliser: the core has no crypto, and nothing secret depends on this.
  let hash = 0x811c9dc5;
  for (const character of `${owner}/${vnet}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  const bits = (hash ^ (hash >>> 16)) >>> 0;
  const bytes = [0x02, 0x54, 0x4c, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}
