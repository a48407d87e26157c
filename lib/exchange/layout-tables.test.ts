import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyLayoutArbitrary, layoutArbitrary } from "@/lib/core/layout/arbitrary";
import type { Layout } from "@/lib/core/layout/model";
import { layoutToCsv } from "./layout-csv";
import { layoutToMarkdown } from "./layout-markdown";
import { parseCsv } from "./testing/parse-csv";

const HOMELAB: Layout = {
  version: 1,
  name: "home|lab",
  description: "Six <b>networks</b>\nof *ours*",
  zones: [
    { id: "hybzone", type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"], ipam: "pve" },
    { id: "flat", type: "simple", dhcp: "dnsmasq" },
    { id: "spare", type: "vxlan" },
  ],
  vnets: [
    { id: "vnetmgmt", zone: "hybzone", tag: 10, alias: "Management, network", "isolate-ports": true, site: "home" },
    { id: "vlone", zone: "hybzone", tag: 11 },
    { id: "vflat", zone: "flat" },
    { id: "vlost", zone: "gone", alias: "=1+1" },
  ],
  subnets: [
    { vnet: "vnetmgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1" },
    { vnet: "vnetmgmt", cidr: "10.11.0.0/24" },
    {
      vnet: "vflat",
      cidr: "10.20.0.0/24",
      gateway: "10.20.0.1",
      snat: true,
      "dhcp-range": [
        { "start-address": "10.20.0.10", "end-address": "10.20.0.20" },
        { "start-address": "10.20.0.30", "end-address": "10.20.0.40" },
      ],
      "dhcp-dns-server": "9.9.9.9",
    },
    { vnet: "nowhere", cidr: "10.30.0.0/24" },
  ],
  hostServices: [
    {
      vnet: "vnetmgmt",
      cidr: "10.10.0.0/24",
      gatewayNode: "pve1",
      uplink: "vmbr0",
      snat: true,
      dhcp: {
        ranges: [{ start: "10.10.0.120", end: "10.10.0.220" }],
        domain: "lab.local",
        lease: "24h",
        dnsServers: ["8.8.8.8", "1.1.1.1"],
      },
    },
  ],
};

/** A text without the apostrophe that its cell loses too. */
const bare = (text: string) => text.replace(/^'(?=[=+\-@\t\r])/, "");

describe("layoutToCsv", () => {
  const [heads = [], ...lines] = parseCsv(layoutToCsv(HOMELAB));
  const cellsOf = (at: number) =>
    Object.fromEntries(heads.map((head, column) => [head, lines[at]?.[column]]).filter(([, cell]) => cell !== ""));

  it.each(
    [
      {
        zone: "hybzone",
        type: "vlan",
        bridge: "vmbr0",
        nodes: "pve1; pve2",
        vnet: "vnetmgmt",
        tag: "10",
        alias: "Management, network",
        "isolate-ports": "true",
        site: "home",
        cidr: "10.10.0.0/24",
        gateway: "10.10.0.1",
        snat: "true",
        "dhcp-range": "10.10.0.120-10.10.0.220",
        "dns-servers": "8.8.8.8; 1.1.1.1",
        domain: "lab.local",
        lease: "24h",
        provider: "agent",
        gatewayNode: "pve1",
        uplink: "vmbr0",
      },
      { vnet: "vnetmgmt", cidr: "10.11.0.0/24" },
      { zone: "hybzone", vnet: "vlone", tag: "11" },
      {
        zone: "flat",
        vnet: "vflat",
        snat: "true",
        "dhcp-range": "10.20.0.10-10.20.0.20; 10.20.0.30-10.20.0.40",
        "dns-servers": "9.9.9.9",
      },
      { zone: "gone", vnet: "vlost", alias: "'=1+1" },
      { vnet: "nowhere", cidr: "10.30.0.0/24" },
    ].map((cells, at) => ({ at, cells })),
  )("line $at", ({ at, cells }) => {
    expect(cellsOf(at)).toMatchObject(cells);
  });

  it("has nothing else, and says nothing of what a VNet does not have", () => {
    expect(lines).toHaveLength(6);
    expect(cellsOf(2)).not.toHaveProperty("cidr");
    expect(cellsOf(1)).not.toHaveProperty("provider");
  });

  it("names every VNet and every subnet of any layout, in lines of one length", () => {
    void fc.assert(
      fc.property(fc.oneof(layoutArbitrary, anyLayoutArbitrary), (layout) => {
        const [first = [], ...rest] = parseCsv(layoutToCsv(layout));
        expect(rest.every((line) => line.length === first.length)).toBe(true);
        const column = (name: string) => rest.map((line) => bare(line[first.indexOf(name)] ?? ""));
        expect(column("vnet")).toEqual(expect.arrayContaining(layout.vnets.map(({ id }) => bare(id))));
        expect(column("cidr")).toEqual(expect.arrayContaining(layout.subnets.map(({ cidr }) => bare(cidr))));
      }),
    );
  });
});

describe("layoutToMarkdown", () => {
  it("is a page with a table of zones, and a table for each zone", () => {
    expect(layoutToMarkdown(HOMELAB)).toMatchInlineSnapshot(`
      "# home\\|lab

      Six \\<b\\>networks\\</b\\> of \\*ours\\*

      3 zones, 4 VNets, 4 subnets.

      ## Zones

      | Zone | Type | Bridge | Tag | Nodes | MTU | IPAM |
      | --- | --- | --- | --- | --- | --- | --- |
      | hybzone | vlan | vmbr0 |  | pve1, pve2 |  | pve |
      | flat | simple |  |  | all |  |  |
      | spare | vxlan |  |  | all |  |  |

      ## Zone hybzone (vlan)

      | VNet | Tag | Alias | Subnet | Gateway | SNAT | DHCP | Provider |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      | vnetmgmt | 10 | Management, network, isolated ports | 10.10.0.0/24 | 10.10.0.1 | yes | 10.10.0.120-10.10.0.220 | agent on pve1 |
      |  |  |  | 10.11.0.0/24 |  |  |  |  |
      | vlone | 11 |  |  |  |  |  |  |

      ## Zone flat (simple)

      | VNet | Tag | Alias | Subnet | Gateway | SNAT | DHCP | Provider |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      | vflat |  |  | 10.20.0.0/24 | 10.20.0.1 | yes | 10.20.0.10-10.20.0.20, 10.20.0.30-10.20.0.40 |  |

      ## Zone spare (vxlan)

      No VNets.

      ## VNets without a zone

      | VNet | Tag | Alias | Subnet | Gateway | SNAT | DHCP | Provider |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      | vlost |  | \\=1+1 |  |  |  |  |  |

      ## Subnets without a VNet

      | VNet | Tag | Alias | Subnet | Gateway | SNAT | DHCP | Provider |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      | nowhere |  |  | 10.30.0.0/24 |  |  |  |  |
      "
    `);
  });

  it.each([
    ["- a list", "\\- a list"],
    ["1. a list", "1\\. a list"],
    ["10.0.0.1 is here", "10.0.0.1 is here"],
    ["[x](javascript:y)", "\\[x\\](javascript:y)"],
  ])("takes the text %j as it is", (description, shown) => {
    expect(layoutToMarkdown({ ...HOMELAB, description })).toContain(`\n\n${shown}\n\n`);
  });

  it("of an empty layout says so", () => {
    expect(layoutToMarkdown({ version: 1, name: "", zones: [], vnets: [], subnets: [] })).toBe(
      "# Layout\n\n0 zones, 0 VNets, 0 subnets.\n\n## Zones\n\nNone.\n",
    );
  });

  it("keeps its tables whole and its text harmless, whatever the layout holds", () => {
    void fc.assert(
      fc.property(fc.oneof(layoutArbitrary, anyLayoutArbitrary), (layout) => {
        const page = layoutToMarkdown(layout);
        for (const block of page.split("\n\n").filter((part) => part.startsWith("|"))) {
          const widths = block
            .trimEnd()
            .split("\n")
            .map((line) => line.replace(/\\./g, "").split("|").length);
          expect(new Set(widths).size).toBe(1);
        }
        expect(page.replace(/\\./g, "")).not.toMatch(/[<>`]/);
      }),
    );
  });
});
