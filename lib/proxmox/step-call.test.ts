import { expect, test } from "vitest";
import type { Step } from "@/lib/core/plan/step";
import { encodeForm } from "./form";
import { stepCall } from "./step-call";
import { create, remove, subnet, update, vnet, zone } from "./testing/steps";

const ZONE = zone("simple1", { type: "simple", dhcp: "dnsmasq", ipam: "pve", mtu: 1400, nodes: ["pve1", "pve2"] });
const VNET = vnet("web", { zone: "vlan1", tag: 10, alias: "Web & more", vlanaware: true, "isolate-ports": true });
const SUBNET = subnet("web", "vlan1", "10.1.0.0/24", {
  gateway: "10.1.0.1",
  snat: true,
  "dhcp-dns-server": "10.1.0.2",
  dnszoneprefix: "web",
  "dhcp-range": [
    { "start-address": "10.1.0.10", "end-address": "10.1.0.20" },
    { "start-address": "10.1.0.30", "end-address": "10.1.0.40" },
  ],
});

const form = (step: Step, token: string | null = null) => {
  const { method, path, params } = stepCall(step, token);
  return `${method} ${path} ${decodeURIComponent(encodeForm(params ?? {}))}`;
};

test("booleans are 1, lists one text, ranges repeat their key", () => {
  expect(form(create(ZONE))).toBe(
    "POST /cluster/sdn/zones zone=simple1&type=simple&dhcp=dnsmasq&ipam=pve&mtu=1400&nodes=pve1,pve2",
  );
  expect(form(create(SUBNET))).toBe(
    "POST /cluster/sdn/vnets/web/subnets type=subnet&subnet=10.1.0.0/24&gateway=10.1.0.1&snat=1&dhcp-dns-server=10.1.0.2" +
      "&dnszoneprefix=web&dhcp-range=start-address=10.1.0.10,end-address=10.1.0.20" +
      "&dhcp-range=start-address=10.1.0.30,end-address=10.1.0.40",
  );
});

test("a change sends what differs, unsets in one list, and never names type, vnet or zone of a subnet", () => {
  const after = { type: "simple", zone: "other", vnet: "web", gateway: "10.1.0.254" };
  expect(form(update(SUBNET, after), "tok")).toBe(
    "PUT /cluster/sdn/vnets/web/subnets/vlan1-10.1.0.0-24 gateway=10.1.0.254&delete=dhcp-dns-server,dhcp-range,dnszoneprefix,snat&lock-token=tok",
  );
  expect(form(update(VNET, { ...VNET.props, zone: "vlan2" }))).toBe("PUT /cluster/sdn/vnets/web zone=vlan2");
});

test("an option that counts as unset is unset, not sent empty", () => {
  const before = zone("z1", { type: "vlan", bridge: "vmbr0", nodes: ["pve1"] });
  const step: Step = {
    op: "update",
    before,
    after: before,
    changes: [
      { field: "bridge", before: "vmbr0", after: "" },
      { field: "nodes", before: ["pve1"], after: [] },
    ],
  };
  expect(form(step)).toBe("PUT /cluster/sdn/zones/z1 delete=bridge,nodes");
  expect(form(create(zone("z1", { type: "vlan", bridge: "" })))).toBe("POST /cluster/sdn/zones zone=z1&type=vlan");
});

test("ids of IPv6 subnets survive the path", () => {
  expect(stepCall(remove(subnet("web", "z1", "2001:db8::/64")), "tok")).toEqual({
    method: "DELETE",
    path: "/cluster/sdn/vnets/web/subnets/z1-2001%3Adb8%3A%3A-64",
    params: { "lock-token": "tok" },
    what: "remove subnet 2001:db8::/64",
  });
});
