import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { subnetKey } from "@/lib/core/plan/entity";
import { layoutArbitrary } from "./arbitrary";
import {
  changeSubnetCidr,
  moveVnet,
  removeKeys,
  removeVnet,
  removeZone,
  renameVnet,
  renameZone,
  reorderZone,
  setHostService,
  toggleNode,
  updateHostService,
  updateMany,
  updateSubnet,
  updateVnet,
} from "./edits";
import { freeId, nextFreeCidr, nextFreeTag, suggestId } from "./free";
import type { Layout } from "./model";

const LAYOUT: Layout = {
  version: 1,
  name: "office",
  zones: [
    { id: "office", type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"] },
    { id: "lab", type: "simple" },
  ],
  vnets: [
    { id: "mgmt", zone: "office", tag: 10, alias: "Management" },
    { id: "test", zone: "lab" },
  ],
  subnets: [
    { vnet: "mgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1" },
    {
      vnet: "test",
      cidr: "10.20.0.0/24",
      gateway: "10.20.0.254",
      "dhcp-range": [{ "start-address": "10.20.0.10", "end-address": "10.20.0.20" }],
    },
  ],
  hostServices: [
    {
      vnet: "mgmt",
      cidr: "10.10.0.0/24",
      gatewayNode: "pve1",
      dhcp: {
        ranges: [{ start: "10.10.0.120", end: "10.10.0.220" }],
        reservations: [{ mac: "bc:24:11:00:00:01", ip: "10.10.0.5" }],
      },
    },
  ],
  exceptions: [{ problem: "subnet-overlaps-node", at: ["subnet/mgmt/10.10.0.0/24"], reason: "It is that network" }],
};

it("sets a field of many objects and leaves the others as they are", () => {
  const next = updateMany(LAYOUT, new Set(["vnet/mgmt", "vnet/test", "subnet/mgmt/10.10.0.0/24"]), { site: "hq" });
  expect(next.vnets.map(({ site }) => site)).toEqual(["hq", "hq"]);
  expect([next.zones, next.subnets[1]]).toEqual([LAYOUT.zones, LAYOUT.subnets[1]]);
  expect(next.subnets[1]).toBe(LAYOUT.subnets[1]);
  expect(updateMany(next, new Set(["vnet/mgmt"]), { site: "hq" })).toBe(next);
});

describe("renaming", () => {
  it("a zone takes its VNets along", () => {
    const next = renameZone(LAYOUT, "office", "hq");
    expect(next.zones[0]?.id).toBe("hq");
    expect(next.vnets.map((vnet) => vnet.zone)).toEqual(["hq", "lab"]);
  });

  it("a VNet takes subnets, host services and accepted exceptions along", () => {
    const next = renameVnet(LAYOUT, "mgmt", "adm");
    expect(next.subnets[0]?.vnet).toBe("adm");
    expect(next.hostServices?.[0]?.vnet).toBe("adm");
    expect(next.exceptions?.[0]?.at).toEqual(["subnet/adm/10.10.0.0/24"]);
  });

  it("there and back gives the same layout", () =>
    fc.assert(
      fc.property(layoutArbitrary, (layout) => {
        const [zone, vnet] = [layout.zones[0], layout.vnets[0]];
        if (zone) expect(renameZone(renameZone(layout, zone.id, "xx"), "xx", zone.id)).toEqual(layout);
        if (vnet) expect(renameVnet(renameVnet(layout, vnet.id, "xx"), "xx", vnet.id)).toEqual(layout);
      }),
    ));

  it("a network keeps the places of its addresses and takes host services along", () => {
    const next = changeSubnetCidr(LAYOUT, { vnet: "mgmt", cidr: "10.10.0.0/24" }, "10.77.0.0/24");
    expect(next.subnets[0]).toEqual({ vnet: "mgmt", cidr: "10.77.0.0/24", gateway: "10.77.0.1" });
    expect(next.hostServices?.[0]).toMatchObject({
      cidr: "10.77.0.0/24",
      dhcp: { ranges: [{ start: "10.77.0.120", end: "10.77.0.220" }], reservations: [{ ip: "10.77.0.5" }] },
    });
    const ranged = changeSubnetCidr(LAYOUT, { vnet: "test", cidr: "10.20.0.0/24" }, "192.168.5.0/24");
    expect(ranged.subnets[1]).toMatchObject({
      gateway: "192.168.5.254",
      "dhcp-range": [{ "start-address": "192.168.5.10", "end-address": "192.168.5.20" }],
    });
  });

  it("to text that is no network changes the text and nothing else", () => {
    const next = changeSubnetCidr(LAYOUT, { vnet: "mgmt", cidr: "10.10.0.0/24" }, "10.10.");
    expect(next.subnets[0]).toEqual({ vnet: "mgmt", cidr: "10.10.", gateway: "10.10.0.1" });
  });
});

describe("patching", () => {
  it("removes a field that is set to undefined", () => {
    expect(updateVnet(LAYOUT, "mgmt", { alias: undefined }).vnets[0]).toEqual({ id: "mgmt", zone: "office", tag: 10 });
  });

  it("gives the very same layout when nothing changes", () => {
    expect(updateVnet(LAYOUT, "mgmt", { tag: 10 })).toBe(LAYOUT);
    expect(updateVnet(LAYOUT, "nobody", { tag: 11 })).toBe(LAYOUT);
    expect(updateVnet(LAYOUT, "test", { tag: undefined })).toBe(LAYOUT);
    expect(updateSubnet(LAYOUT, { vnet: "mgmt", cidr: "10.10.0.0/24" }, { snat: undefined })).toBe(LAYOUT);
    expect(removeKeys(LAYOUT, ["vnet/nobody"])).toBe(LAYOUT);
  });

  it("never changes the layout it was given", () => {
    const before = structuredClone(LAYOUT);
    removeZone(renameVnet(moveVnet(LAYOUT, "mgmt", "lab"), "mgmt", "adm"), "lab");
    expect(LAYOUT).toEqual(before);
  });
});

describe("removing", () => {
  it("a zone takes everything in it along, exceptions too", () => {
    const next = removeZone(LAYOUT, "office");
    expect(next.zones.map((zone) => zone.id)).toEqual(["lab"]);
    expect(next.vnets.map((vnet) => vnet.id)).toEqual(["test"]);
    expect(next.subnets.map((subnet) => subnet.vnet)).toEqual(["test"]);
    expect(next).not.toHaveProperty("hostServices");
    expect(next).not.toHaveProperty("exceptions");
  });

  it("a VNet leaves the others alone", () => {
    const next = removeVnet(LAYOUT, "test");
    expect(next.subnets).toHaveLength(1);
    expect(next.hostServices).toEqual(LAYOUT.hostServices);
  });

  it("a subnet takes its host service along", () => {
    const next = removeKeys(LAYOUT, [subnetKey("mgmt", "10.10.0.0/24")]);
    expect(next.vnets).toHaveLength(2);
    expect(next).not.toHaveProperty("hostServices");
  });
});

describe("zones", () => {
  it("take nodes in and out, in the cluster's order", () => {
    const all = ["pve1", "pve2", "pve3"];
    expect(toggleNode(LAYOUT, "office", "pve3", all).zones[0]?.nodes).toEqual(["pve1", "pve2", "pve3"]);
    expect(toggleNode(LAYOUT, "office", "pve1", all).zones[0]?.nodes).toEqual(["pve2"]);
    expect(toggleNode(LAYOUT, "lab", "pve2", all).zones[1]?.nodes).toEqual(["pve1", "pve3"]);
  });

  it("keep their last node, because no list means every node", () => {
    const one = toggleNode(LAYOUT, "office", "pve1", ["pve1", "pve2"]);
    expect(toggleNode(one, "office", "pve2", ["pve1", "pve2"])).toBe(one);
  });

  it("move within the list", () => {
    expect(reorderZone(LAYOUT, "lab", 0).zones.map((zone) => zone.id)).toEqual(["lab", "office"]);
    expect(reorderZone(LAYOUT, "lab", 9)).toBe(LAYOUT);
  });
});

describe("host services", () => {
  it("are replaced or added by subnet", () => {
    const replaced = setHostService(LAYOUT, { vnet: "mgmt", cidr: "10.10.0.0/24", gatewayNode: "pve2" });
    expect(replaced.hostServices).toEqual([{ vnet: "mgmt", cidr: "10.10.0.0/24", gatewayNode: "pve2" }]);
    expect(setHostService(LAYOUT, { vnet: "test", cidr: "10.20.0.0/24" }).hostServices).toHaveLength(2);
    const patched = updateHostService(LAYOUT, { vnet: "mgmt", cidr: "10.10.0.0/24" }, { dhcp: undefined });
    expect(patched.hostServices).toEqual([{ vnet: "mgmt", cidr: "10.10.0.0/24", gatewayNode: "pve1" }]);
  });
});

describe("next free values", () => {
  it("tags go on after the highest, jump over taken ones and start again below", () => {
    expect(nextFreeTag(LAYOUT, "office")).toBe(11);
    expect(nextFreeTag(LAYOUT, "office", 10)).toBe(11);
    expect(nextFreeTag(updateVnet(LAYOUT, "mgmt", { tag: 4094 }), "office")).toBe(2);
    expect(nextFreeTag(LAYOUT, "lab")).toBeNull();
    expect(nextFreeTag(LAYOUT, "nowhere")).toBeNull();
  });

  it("a full zone has none", () => {
    const vnets = Array.from({ length: 4094 }, (_, at) => ({ id: `v${at}`, zone: "office", tag: at + 1 }));
    expect(nextFreeTag({ ...LAYOUT, vnets }, "office")).toBeNull();
  });

  it("a tag of another zone on the same bridge counts as taken", () => {
    const second: Layout = { ...LAYOUT, zones: [...LAYOUT.zones, { id: "two", type: "vlan", bridge: "vmbr0" }] };
    expect(nextFreeTag(second, "two")).toBe(11);
  });

  it("networks are the same size and free", () => {
    expect(nextFreeCidr(LAYOUT, "10.10.0.0/24")).toBe("10.10.1.0/24");
    expect(nextFreeCidr(LAYOUT, "10.30.0.0/24")).toBe("10.30.0.0/24");
    expect(nextFreeCidr(LAYOUT, "10.8.0.0/13")).toBe("10.24.0.0/13");
    expect(nextFreeCidr(LAYOUT, "255.255.255.0/24")).toBe("255.255.255.0/24");
    expect(nextFreeCidr(LAYOUT, "nonsense")).toBeNull();
  });

  it.each([
    ["myvlanzone", "myvlanzo"],
    ["hyb-zone", "hybzone"],
    ["1zone", "zone"],
    ["z", "znet"],
    ["", "net"],
    ["Büro", "Buro"],
  ])("%j becomes the id %s", (text, id) => {
    expect(suggestId(text)).toBe(id);
  });

  it("ids do not meet any other", () => {
    expect(freeId(LAYOUT, "mgmt")).toBe("mgmt2");
    expect(freeId(LAYOUT, "office")).toBe("office2");
    expect(freeId(LAYOUT, "new")).toBe("new");
  });
});
