import * as fc from "fast-check";
import { layoutArbitrary } from "@/lib/core/layout/arbitrary";
import { type Difference, diffEntities } from "@/lib/core/plan/diff";
import { type Entity, normalProps, type Props, toEntities } from "@/lib/core/plan/entity";
import type { Step } from "@/lib/core/plan/step";
import { create, remove, subnet, update, vnet, zone } from "./steps";

/** Generators of steps. Together they use every kind, every zone type and every option a layout has. */

const id = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{1,7}$/);
const flag = fc.boolean();
const node = fc.constantFrom("pve1", "pve2", "pve-3");
const nodes = fc.uniqueArray(node, { maxLength: 3 });
const bridge = fc.constantFrom("vmbr0", "vmbr12");
const name = fc.constantFrom("lab.test", "a.b.example.org");
const address = fc.constantFrom("192.0.2.11", "10.0.0.1", "2001:db8::1");
const mac = fc.constantFrom("BC:24:11:00:00:01", "02:00:00:00:00:0f");

const COMMON = { nodes, mtu: fc.integer({ min: 1280, max: 9216 }), ipam: fc.constantFrom("pve", "netbox1") };
const NAMES = { dns: fc.constant("pdns"), reversedns: fc.constant("pdns"), dnszone: name };
const LEARNING = { "bridge-disable-mac-learning": flag };
const PORT = { "vxlan-port": fc.integer({ min: 1, max: 65_535 }) };

/** Options of a type in every combination, with those the type cannot do without. */
function zoneProps(
  type: string,
  needed: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  options: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<Props> {
  const optional = fc.record({ ...COMMON, ...NAMES, ...options }, { requiredKeys: [] });
  return fc.tuple(fc.record(needed), optional).map(([has, may]) => normalProps({ type, ...has, ...may }));
}

const ZONES: Readonly<Record<string, fc.Arbitrary<Props>>> = {
  simple: zoneProps("simple", {}, { dhcp: fc.constant("dnsmasq") }),
  vlan: zoneProps("vlan", { bridge }, LEARNING),
  qinq: zoneProps(
    "qinq",
    { bridge, tag: fc.integer({ min: 1, max: 4094 }) },
    { ...LEARNING, "vlan-protocol": fc.constantFrom("802.1q", "802.1ad") },
  ),
  vxlan: zoneProps("vxlan", { peers: fc.uniqueArray(address, { minLength: 1 }) }, PORT),
  "vxlan over a fabric": zoneProps("vxlan", { fabric: fc.constantFrom("fab1", "f-2") }, PORT),
  evpn: zoneProps(
    "evpn",
    { controller: fc.constantFrom("ev", "evpn_1"), "vrf-vxlan": fc.integer({ min: 1, max: 16_777_215 }) },
    {
      ...LEARNING,
      ...PORT,
      mac,
      exitnodes: nodes,
      "exitnodes-primary": node,
      "exitnodes-local-routing": flag,
      "advertise-subnets": flag,
      "disable-arp-nd-suppression": flag,
      "rt-import": fc.constantFrom("65000:1", "65000:1,4294967295:2"),
    },
  ),
};
/** Every type, and both ways of a VXLAN zone. */
export const zoneKinds = Object.keys(ZONES);

const vnetProps = fc
  .record(
    {
      zone: id,
      tag: fc.integer({ min: 1, max: 16_777_215 }),
      alias: fc.stringMatching(/^[A-Za-z0-9 ()*+,./:;<=>?@_-]{1,256}$/),
      vlanaware: flag,
      "isolate-ports": flag,
    },
    { requiredKeys: ["zone"] },
  )
  .map((props) => normalProps(props));

const network = fc.constantFrom(
  { cidr: "10.0.0.0/24", at: "10.0.0." },
  { cidr: "10.0.0.5/8", at: "10.0.0." },
  { cidr: "192.0.2.1/32", at: "192.0.2." },
  { cidr: "2001:db8::/64", at: "2001:db8::" },
);
const ranges = (at: string) =>
  fc.array(
    fc.constantFrom(1, 20, 40).map((from) => ({ "start-address": `${at}${from}`, "end-address": `${at}${from + 9}` })),
    { maxLength: 3 },
  );
const subnetProps = (at: string) =>
  fc
    .record(
      {
        gateway: fc.constant(`${at}1`),
        snat: flag,
        "dhcp-range": ranges(at),
        "dhcp-dns-server": address,
        dnszoneprefix: fc.constantFrom("web", "a.b"),
      },
      { requiredKeys: [] },
    )
    .map((props) => normalProps(props));

const pair = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<readonly [T, T]> => fc.tuple(one, one);

/** The three things that can happen to an object that has been one thing and shall be another. */
const life = (before: Entity, after: Props): Step[] => [create(before), update(before, after), remove(before)];

/** A life of each kind of zone named, of a vnet, and of a subnet. */
export const everyStep: fc.Arbitrary<Step[]> = fc
  .record({
    zones: fc.tuple(...Object.values(ZONES).map((props) => fc.tuple(id, pair(props)))),
    vnet: fc.tuple(id, pair(vnetProps)),
    subnet: network.chain(({ cidr, at }) => fc.tuple(fc.constant(cidr), id, id, pair(subnetProps(at)))),
  })
  .map((seed) => {
    const [cidr, on, inZone, [first, second]] = seed.subnet;
    return [
      ...seed.zones.flatMap(([name, [before, after]]) => life(zone(name, before), after)),
      ...life(vnet(seed.vnet[0], seed.vnet[1][0]), seed.vnet[1][1]),
      ...life(subnet(on, inZone, cidr, first), { vnet: on, zone: inZone, ...second }),
    ];
  });

/** What it takes to come from one layout to another, in no order. */
export const layoutSteps: fc.Arbitrary<Step[]> = pair(layoutArbitrary).map(([from, to]) => {
  const before = toEntities(from);
  const owned = new Set([...before, ...toEntities(to)].map(({ key }) => key));
  return diffEntities(before, toEntities(to), owned).differences.flatMap(stepsOf);
});

function stepsOf(difference: Difference): Step[] {
  switch (difference.op) {
    case "create":
      return [create(difference.after)];
    case "delete":
      return [remove(difference.before)];
    case "update":
      return [{ op: "update", before: difference.before, after: difference.after, changes: difference.fields }];
    case "replace":
      return [remove(difference.before), create(difference.after)];
  }
}
