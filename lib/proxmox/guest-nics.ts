import type { GuestNic } from "@/lib/core/ports";
import type { GuestRow } from "./wire";

/**
 * Interfaces of one guest from its configuration: `net0` to `net31`, each a list of `name=value` (pve-qemu-server,
 * pve-container). One without a bridge hangs on none and is left out.
 */
export function toNics(guest: GuestRow, config: Readonly<Record<string, unknown>>): GuestNic[] {
  return Object.entries(config)
    .filter(([name, value]) => /^net\d+$/.test(name) && typeof value === "string")
    .sort(([a], [b]) => Number(a.slice(3)) - Number(b.slice(3)))
    .flatMap(([nic, value]) => {
      const options = new Map(
        String(value)
          .split(",")
          .map((part): [string, string] => {
            const at = part.indexOf("=");
            return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
          }),
      );
      const bridge = options.get("bridge");
      if (!bridge) return [];
      const tag = options.get("tag");
      return {
        vmid: guest.vmid,
        name: guest.name ?? String(guest.vmid),
        type: guest.type,
        node: guest.node,
        running: guest.status === "running",
        template: guest.template,
        nic,
        bridge,
        tag: tag && /^\d+$/.test(tag) ? Number(tag) : null,
        mac: macOf(String(value)),
      };
    });
}

/** `virtio=BC:24:11:…` for a machine, `hwaddr=BC:24:11:…` for a container. */
const macOf = (value: string): string | null =>
  /(?:^|[,=])((?:[0-9a-f]{2}:){5}[0-9a-f]{2})(?:,|$)/i.exec(value)?.[1] ?? null;
