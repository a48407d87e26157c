import { describe, expect, it } from "vitest";
import { applyFix } from "@/lib/core/layout/apply-fix";
import type { Layout } from "@/lib/core/layout/model";
import { errorsOf, FACTS, hosted, labWith } from "../sample-layouts";
import { validateLayout } from "../validate";

describe("host services", () => {
  it.each<[string, Layout, string[]]>([
    ["no gateway node", hosted({ gatewayNode: "" }), ["gateway-node-missing gatewayNode"]],
    ["a gateway node outside the zone", hosted({ gatewayNode: "pve3" }), ["gateway-node-outside-zone gatewayNode"]],
    ["SNAT without uplink", hosted({ snat: true, uplink: "" }), ["uplink-missing uplink"]],
    ["an uplink that is no name", hosted({ uplink: "vmbr0; reboot" }), ["uplink-invalid uplink"]],
    ["the VNet as its own uplink", hosted({ uplink: "vnetmgmt" }), ["uplink-invalid uplink"]],
    [
      "a network of loopback addresses",
      hosted({ cidr: "127.0.5.0/24" }, { cidr: "127.0.5.0/24", gateway: "127.0.5.1" }),
      ["host-service-unsupported cidr"],
    ],
    [
      "a network that is link-local",
      hosted({ cidr: "169.254.5.0/24" }, { cidr: "169.254.5.0/24", gateway: "169.254.5.1" }),
      ["host-service-unsupported cidr"],
    ],
    [
      "a multicast network",
      hosted({ cidr: "ff02::/64" }, { cidr: "ff02::/64", gateway: "ff02::1" }),
      ["host-service-unsupported cidr"],
    ],
    [
      "a network beyond what is routed",
      hosted({ cidr: "240.0.0.0/24" }, { cidr: "240.0.0.0/24", gateway: "240.0.0.1" }),
      ["host-service-unsupported cidr"],
    ],
    [
      "a network as wide as a continent",
      hosted({ cidr: "2000::/12" }, { cidr: "2000::/12", gateway: "2000::1" }),
      ["host-service-unsupported cidr"],
    ],
    ["an edge that only documents", hosted({ provider: "edge", gatewayNode: "", uplink: "" }), []],
  ])("%s", (_, layout, expected) => {
    expect(errorsOf(layout)).toEqual(expected);
  });

  it.each(["simple", "vxlan", "evpn"] as const)("an outside router is out of reach of a %s zone", (type) => {
    const layout = hosted({ provider: "edge" });
    const zones = layout.zones.map((zone) => ({ ...zone, type }));
    const told = (of: Layout) =>
      validateLayout({ ...of, zones }).filter(({ code }) => code === "host-service-unsupported");
    const [found] = told(layout);
    expect(found).toMatchObject({ severity: "warning", field: "provider" });
    expect(found?.fix && told(applyFix(layout, found.fix))).toEqual([]);
    expect(told(hosted({ provider: "guest" }))).toEqual([]);
  });

  it("all subnets of a VNet share one gateway node", () => {
    const layout = hosted();
    const two: Layout = {
      ...layout,
      subnets: [...layout.subnets, { vnet: "vnetmgmt", cidr: "10.11.0.0/24", gateway: "10.11.0.1" }],
      hostServices: [...(layout.hostServices ?? []), { vnet: "vnetmgmt", cidr: "10.11.0.0/24", gatewayNode: "pve2" }],
    };
    const [found] = validateLayout(two);
    expect(errorsOf(two)).toEqual(["gateway-node-differs gatewayNode"]);
    expect(found?.fix && errorsOf(applyFix(two, found.fix))).toEqual([]);
  });

  it("are declared once per subnet, on nodes that exist", () => {
    const layout = hosted();
    const [service] = layout.hostServices ?? [];
    if (!service) throw new Error("no service");
    expect(errorsOf({ ...layout, hostServices: [service, service] })).toEqual(["host-service-duplicate cidr"]);
    expect(errorsOf(hosted({ gatewayNode: "pve9" }), FACTS)).toEqual(["unknown-node gatewayNode"]);
    const guest = hosted({ provider: "guest", gatewayNode: "pve9" });
    const fix = validateLayout(guest, { facts: FACTS })[0]?.fix;
    expect(errorsOf(guest, FACTS)).toEqual(["unknown-node gatewayNode"]);
    expect(fix && errorsOf(applyFix(guest, fix), FACTS)).toEqual([]);
  });

  it("are not needed where Proxmox serves", () => {
    const layout: Layout = {
      ...labWith({ gateway: "10.10.0.1" }),
      hostServices: [{ vnet: "play", cidr: "10.10.0.0/24", gatewayNode: "pve1" }],
    };
    expect(errorsOf(layout)).toEqual(["host-service-not-needed provider"]);
  });
});
