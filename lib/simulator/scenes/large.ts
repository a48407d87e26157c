import { bridge, port } from "@/lib/simulator/scenes/build-interfaces";
import { auditorToken, demoToken } from "@/lib/simulator/scenes/demo-tokens";
import type { Scene, SceneNode } from "@/lib/simulator/scenes/scene";

function node(index: number): SceneNode {
  const address = `192.0.2.${10 + index}`;
  return {
    name: `pve${index}`,
    address,
    interfaces: [
      port("eno1", 3, true),
      port("eno2", 4, true),
      bridge("vmbr0", 5, "eno1", { vlanAware: true, address, live: true }),
      bridge("vmbr1", 6, "eno2", { vlanAware: false, live: true }),
    ],
  };
}

/** Sixteen equal nodes without guests, for measurements. */
export const largeScene: Scene = {
  name: "large",
  clusterName: "large",
  nodes: Array.from({ length: 16 }, (_, index) => node(index + 1)),
  guests: [],
  accounts: { tokens: [demoToken, auditorToken], passwords: [] },
  defaults: { control: true, speed: "instant" },
};
