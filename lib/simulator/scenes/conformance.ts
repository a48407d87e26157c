import { type Grant, roles } from "@/lib/simulator/access/privileges";
import { bridge, port } from "@/lib/simulator/scenes/build-interfaces";
import type { Scene, SceneNode } from "@/lib/simulator/scenes/scene";

function node(index: number): SceneNode {
  const address = `192.0.2.${10 + index}`;
  const interfaces = [
    port("eno1", 3, false),
    port("eno2", 4, false),
    bridge("vmbr0", 5, "eno1", { vlanAware: true, address, live: false }),
  ];
  if (index < 3) interfaces.push(bridge("vmbr1", 6, "eno2", { vlanAware: false, live: false }));
  return { name: `pve${index}`, address, interfaces };
}

function token(id: string, secret: string, ...grants: Grant[]) {
  return { id, secret, grants };
}

const audit: Grant = { path: "/", privileges: ["SDN.Audit"] };
const plan: readonly Grant[] = ["/sdn", "/nodes"].map((path) => ({ path, privileges: ["SDN.Audit", "Sys.Audit"] }));

/** The cluster the recordings were made on: three nodes, no guests, one token per kind of rights. */
export const conformanceScene: Scene = {
  name: "conformance",
  clusterName: "lab",
  nodes: [1, 2, 3].map(node),
  guests: [],
  accounts: {
    tokens: [
      token("root@pam!full", "11111111-1111-1111-1111-111111111111", { path: "/", privileges: roles.Administrator }),
      token("audit@pve!ro", "22222222-2222-2222-2222-222222222222", audit),
      token("audit@pve!sep", "22222222-2222-2222-2222-222222222223"),
      token("none@pve!none", "33333333-3333-3333-3333-333333333333"),
      token("zone@pve!z1", "44444444-4444-4444-4444-444444444444", {
        path: "/sdn/zones/z1",
        privileges: ["SDN.Allocate", "SDN.Audit"],
      }),
      token("pvesdn@pve!sdn", "55555555-5555-5555-5555-555555555555", { path: "/sdn", privileges: roles.PVESDNAdmin }),
      token("noc@pve!plan", "66666666-6666-6666-6666-666666666666", ...plan),
    ],
    passwords: [
      { user: "noc@pve", password: "noc-secret", grants: plan },
      { user: "audit@pve", password: "audit-secret", grants: [audit] },
    ],
  },
  defaults: { control: true, speed: "instant" },
  statusAddress: (index) => `127.0.0.${index + 1}`,
};
