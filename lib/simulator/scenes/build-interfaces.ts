import type { SceneInterface } from "@/lib/simulator/scenes/scene";

const common = { families: ["inet"], method6: "manual" } as const;

/** A physical port. */
export function port(iface: string, priority: number, live: boolean): SceneInterface {
  return { iface, type: "eth", exists: 1, method: "manual", priority, ...common, ...(live ? { active: 1 } : {}) };
}

/** A bridge on one port; with `address` it carries the node's management address in a /24. */
export function bridge(
  iface: string,
  priority: number,
  ports: string,
  options: { readonly vlanAware: boolean; readonly address?: string; readonly live: boolean },
): SceneInterface {
  const base = {
    iface,
    type: "bridge",
    bridge_ports: ports,
    bridge_fd: "0",
    bridge_stp: "off",
    autostart: 1,
    priority,
    ...common,
  } as const;
  const addressed =
    options.address === undefined
      ? { method: "manual" }
      : {
          method: "static",
          address: options.address,
          netmask: "24",
          cidr: `${options.address}/24`,
          gateway: options.address.replace(/\d+$/, "1"),
        };
  const aware = options.vlanAware ? { bridge_vlan_aware: 1 as const, bridge_vids: "2-4094" } : {};
  return { ...base, ...addressed, ...aware, ...(options.live ? { active: 1, exists: 1 } : {}) };
}
