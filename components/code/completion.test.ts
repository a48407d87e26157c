import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { expect, it } from "vitest";
import { largeFacts } from "@/e2e/bench/large";
import type { Layout } from "@/lib/core/layout/model";
import { layoutToJson } from "@/lib/core/layout/serialise";
import { layoutToYaml } from "@/lib/exchange/layout-text";
import { completionSource } from "./completion";

const LAYOUT: Layout = {
  version: 1,
  name: "a",
  zones: [{ id: "corp", type: "vlan", bridge: "vmbr0", nodes: ["pve1"] }],
  vnets: [
    { id: "prod", zone: "corp", tag: 10 },
    { id: "lab", zone: "corp" },
  ],
  subnets: [{ vnet: "prod", cidr: "10.0.0.0/24" }],
  hostServices: [{ vnet: "prod", cidr: "10.0.0.0/24", dhcp: { lease: "12h" } }],
};
const source = completionSource(() => ({ layout: LAYOUT, facts: largeFacts(2, 3) }));
const YAML = layoutToYaml(LAYOUT);
const JSON_TEXT = layoutToJson(LAYOUT);

/** The labels offered at the bar in a text, as after Ctrl+Space. */
function offered(text: string): string[] {
  const pos = text.indexOf("|");
  expect(pos).toBeGreaterThanOrEqual(0);
  const state = EditorState.create({ doc: text.replace("|", "") });
  return source(new CompletionContext(state, pos, true))?.options.map(({ label }) => label) ?? [];
}

it.each<[string, string, string[]]>([
  ["the ids of zones", YAML.replace("id: lab\n    zone: corp", "id: lab\n    zone: |"), ["corp"]],
  ["the ids of VNets", YAML.replace("  - vnet: prod", "  - vnet: |"), ["prod", "lab"]],
  ["the types of zones", YAML.replace("type: vlan", "type: |"), ["simple", "vlan", "qinq", "vxlan", "evpn"]],
  ["bridges of the cluster", YAML.replace("bridge: vmbr0", "bridge: v|"), ["vmbr0", "vmbr1"]],
  ["nodes in a list", YAML.replace("      - pve1", "      - |"), ["pve1", "pve2", "pve3"]],
  ["nodes in brackets", YAML.replace("nodes:\n      - pve1", "nodes: [pve1, p|]"), ["pve1", "pve2", "pve3"]],
  ["yes and no", YAML.replace("tag: 10", "vlanaware: |"), ["true", "false"]],
  ["the ids of zones in JSON", JSON_TEXT.replace('"zone": "corp"', '"zone": "|"'), ["corp"]],
  ["nothing inside a word that nobody knows", `${YAML}colours:\n  |`, []],
])("offers %s", (_what, text, expected) => {
  expect(offered(text)).toEqual(expected);
});

it("offers the keys that an object does not have yet", () => {
  const keys = offered(YAML.replace("tag: 10", "tag: 10\n    |"));
  expect(keys).toContain("alias");
  expect(keys).toContain("vlanaware");
  for (const there of ["id", "zone", "tag"]) expect(keys).not.toContain(there);
  expect(offered(YAML.replace("  - id: lab", "    |\n  - id: lab"))).not.toContain("tag");
  // The next one has no tag.
  expect(offered(YAML.replace("id: lab\n", "id: lab\n    |\n"))).toContain("tag");
});

it("offers the keys of the map the cursor is in, however deep", () => {
  expect(offered(YAML.replace("lease: 12h", "lease: 12h\n      |"))).toContain("dnsServers");
  expect(offered(`${YAML}|`)).toContain("description");
  expect(offered(`${YAML}|`)).not.toContain("zones");
  expect(offered(JSON_TEXT.replace('"tag": 10', '"tag": 10,\n      "|"'))).toContain("alias");
});
