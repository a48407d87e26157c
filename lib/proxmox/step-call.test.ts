import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Step } from "@/lib/core/plan/step";
import { encodeForm } from "./form";
import { stepCall } from "./step-call";
import { create, remove, subnet, update, vnet, zone } from "./testing/steps";

/** Parameters of the API's own schema, recorded from pve-network 1.3.0; texts and formats left out. */
type Recorded = Record<string, Record<string, { type: string; optional?: true; enum?: string[] }>>;
const recorded: Recorded = JSON.parse(readFileSync(new URL("./recorded/parameters.json", import.meta.url), "utf8"));

const ZONES = [
  zone("simple1", { type: "simple", dhcp: "dnsmasq", ipam: "pve", mtu: 1400, nodes: ["pve1", "pve2"] }),
  zone("vlan1", {
    type: "vlan",
    bridge: "vmbr0",
    "bridge-disable-mac-learning": true,
    dns: "d",
    dnszone: "x.test",
    reversedns: "d",
  }),
  zone("qinq1", { type: "qinq", bridge: "vmbr0", tag: 100, "vlan-protocol": "802.1ad" }),
  zone("vxlan1", { type: "vxlan", peers: ["192.0.2.11", "192.0.2.12"], "vxlan-port": 4790 }),
  zone("vxlan2", { type: "vxlan", fabric: "fab1" }),
  zone("evpn1", {
    type: "evpn",
    controller: "ev",
    "vrf-vxlan": 10000,
    mac: "BC:24:11:00:00:01",
    exitnodes: ["pve1", "pve2"],
    "exitnodes-primary": "pve1",
    "exitnodes-local-routing": true,
    "advertise-subnets": true,
    "disable-arp-nd-suppression": true,
    "rt-import": "65000:1,65000:2",
  }),
];
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
const ENTITIES = [...ZONES, VNET, SUBNET];

/** The schema's path for a call, and the values that stand in the path. */
function matchPath(method: string, path: string): string | undefined {
  return Object.keys(recorded).find((name) => {
    const pattern = name.replace(/\{\w+\}/g, "[^/]+");
    return new RegExp(`^${pattern}$`).test(`${method} ${path}`);
  });
}

function expectType(parameter: string, value: unknown, definition: Recorded[string][string] | undefined) {
  expect(value, `${parameter} is never empty`).not.toBe("");
  if (definition?.type === "integer") expect(Number.isInteger(value), parameter).toBe(true);
  if (definition?.type === "boolean") expect(typeof value, parameter).toBe("boolean");
  if (definition?.enum) expect(definition.enum).toContain(value);
}

describe("every request a step can become", () => {
  const bare = (entity: (typeof ENTITIES)[number]) => ({
    ...entity,
    props: Object.fromEntries(Object.entries(entity.props).filter(([name]) => ["type", "zone", "vnet"].includes(name))),
  });
  const steps: Step[] = ENTITIES.flatMap((entity) => [
    create(entity),
    update(bare(entity), entity.props),
    update(entity, bare(entity).props),
    remove(entity),
  ]);

  test.each(steps.map((step) => [`${step.op} ${stepCall(step, null).path}`, step] as const))(
    "%s is in the recorded schema",
    (_, step) => {
      const call = stepCall(step, "0199aaaa-token");
      const name = matchPath(call.method, call.path);
      expect(name, `${call.method} ${call.path}`).toBeDefined();
      const known = recorded[name ?? ""] ?? {};
      const sent = call.params ?? {};
      for (const [parameter, value] of Object.entries(sent)) {
        expect(Object.keys(known)).toContain(parameter);
        expectType(parameter, value, known[parameter]);
      }
      expect(sent["lock-token"]).toBe("0199aaaa-token");
      const inPath = [...(name ?? "").matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      const required = Object.entries(known).filter(
        ([parameter, { optional }]) => !optional && !inPath.includes(parameter),
      );
      for (const [parameter] of required) expect(Object.keys(sent), "required").toContain(parameter);
    },
  );
});

const form = (step: Step, token: string | null = null) => {
  const { method, path, params } = stepCall(step, token);
  return `${method} ${path} ${decodeURIComponent(encodeForm(params ?? {}))}`;
};

test("booleans are 1, lists one text, ranges repeat their key", () => {
  expect(form(create(ZONES[0] ?? VNET))).toBe(
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
