import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { nodeStateSchema } from "@/lib/core/hosts/node-state";
import { renderNode } from "./render-node";

/** States with what the agent writes for them, byte for byte. The agent's own tests read the same files. */
const FOLDER = path.resolve("lib/hosts/testing/fixtures");
const names = fs.existsSync(FOLDER)
  ? fs.readdirSync(FOLDER).flatMap((name) => (name.endsWith(".json") ? [name.slice(0, -5)] : []))
  : [];

// Written with the agent; until then there is nothing to compare with.
if (names.length > 0)
  it("the preview is what the agent writes", () => {
    for (const name of names) {
      const state = nodeStateSchema.parse(JSON.parse(fs.readFileSync(path.join(FOLDER, `${name}.json`), "utf8")));
      const files = renderNode(state);
      const shown = Object.fromEntries(Object.entries(files).map(([at, text]) => [fixtureName(at), text]));
      const folder = path.join(FOLDER, name);
      const expected = fs.readdirSync(folder).map((file) => [file, fs.readFileSync(path.join(folder, file), "utf8")]);
      expect(shown, name).toEqual(Object.fromEntries(expected));
    }
  });

const fixtureName = (at: string): string =>
  at === "/etc/network/interfaces.d/trunkline" ? "interfaces" : path.basename(at);

describe("the snippet", () => {
  it("has no auto, one stanza per family, and the MAC once per VNet", () => {
    const subnet = { snat: null, dhcp: null };
    const text = renderNode({
      ...{ schema: 1, owner: "trunkline-test", revision: 1, repairSeconds: 60, routes: [] },
      vnets: [
        {
          ...{ vnet: "vnetmgmt", mac: "02:54:4c:00:00:01", mtu: null, guard: true, guardExceptions: [] },
          ...{ forward: "allow", ra: null },
          subnets: [
            { ...subnet, cidr: "10.10.0.0/24", gateway: "10.10.0.1" },
            { ...subnet, cidr: "10.11.0.0/31", gateway: "10.11.0.0" },
            { ...subnet, cidr: "2001:db8:10::/64", gateway: "2001:db8:10::1" },
          ],
        },
      ],
    })["/etc/network/interfaces.d/trunkline"];
    expect(text).toContain("iface vnetmgmt inet static\n\taddress 10.10.0.1/24\n\taddress 10.11.0.0/31\n");
    expect(text).toContain("iface vnetmgmt inet6 static\n\taddress 2001:db8:10::1/64\n");
    expect(text?.match(/hwaddress 02:54:4c:00:00:01/g)).toHaveLength(1);
    expect(text).not.toContain("auto");
  });
});
