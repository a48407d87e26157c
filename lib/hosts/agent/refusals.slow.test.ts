import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agentReason, folderNode, withoutAgent } from "../testing/agent";

/** The agent is the last door before root's files: whatever it does not know to be harmless it refuses, and nothing changes. */

const OPTIONS = { "ntp-servers": ["10.0.0.2"], search: ["a.example"], "static-routes": [] as unknown[], mtu: 1450 };
const state = () => ({
  ...{ schema: 1, owner: "trunkline-test", revision: 5, repairSeconds: 60 },
  vnets: [
    {
      ...{ vnet: "vnetmgmt", mac: "02:54:4c:00:00:01", mtu: null, guard: true, forward: "allow" },
      guardExceptions: [{ protocol: "tcp", port: 22 }],
      ra: { mode: "stateful" },
      subnets: [
        {
          ...{ cidr: "10.0.0.0/24", gateway: "10.0.0.1", snat: { uplink: "vmbr0", exclude: ["10.0.0.0/8"] } },
          dhcp: {
            ...{ ranges: [{ start: "10.0.0.100", end: "10.0.0.200" }], lease: "24h", domain: "lab.example" },
            dnsServers: ["9.9.9.9"],
            reservations: [
              { mac: "bc:24:11:00:00:01", ip: "10.0.0.5", hostname: "web" },
              { mac: "bc:24:11:00:00:02", ip: "10.0.0.6", hostname: null },
            ],
            options: OPTIONS,
          },
        },
        { cidr: "2001:db8::/64", gateway: "2001:db8::1", snat: null, dhcp: null },
      ],
    },
  ],
  routes: [{ destination: "10.99.0.0/16", via: "10.0.0.5" }],
});

/** The state with one value exchanged: the place as the agent names it, dots and indices. */
function having(place: string, value: unknown): unknown {
  const steps = place.split(/[.[\]]+/).filter((step) => step !== "");
  const last = steps.pop() ?? "";
  const whole = structuredClone(state());
  let at: unknown = whole;
  for (const step of steps) at = (at as Record<string, unknown>)[step];
  (at as Record<string, unknown>)[last] = value;
  return whole;
}

const V = "vnets[0]";
const S = `${V}.subnets[0]`;
const D = `${S}.dhcp`;
const long = (count: number) => "a".repeat(count);

/** A value for each place that must not get through. The error names the place itself unless `field` says otherwise. */
const REFUSED: readonly (readonly [place: string, value: unknown, field?: string])[] = [
  ["schema", 2],
  ["schema", true],
  ["schema", "1"],
  ["owner", "short"],
  ["owner", "Trunkline-Test"],
  ["owner", "trunkline-test\n"],
  ["owner", long(65)],
  ["revision", 0],
  ["revision", -1],
  ["revision", true],
  ["revision", "5"],
  ["revision", 2 ** 53],
  ["repairSeconds", 4],
  ["repairSeconds", 3601],
  ["repairSeconds", null],
  ["extra", 1],
  ["a\nkey", 1, "a?key"],
  ["vnets", {}],
  ["vnets", null],
  ["routes", "none"],
  [`${V}.vnet`, "vm;reboot"],
  [`${V}.vnet`, "../../etc"],
  [`${V}.vnet`, "vnet\n"],
  [`${V}.vnet`, "vnet name"],
  [`${V}.vnet`, "1vnet"],
  [`${V}.vnet`, "-vnet"],
  [`${V}.vnet`, "vnetmgmt0"],
  [`${V}.vnet`, "vnét"],
  [`${V}.vnet`, "$(id)"],
  [`${V}.vnet`, ""],
  [`${V}.vnet`, "lo"],
  [`${V}.vnet`, "all"],
  [`${V}.vnet`, "default"],
  [`${V}.mac`, "02:54:4c:00:00"],
  [`${V}.mac`, "02:54:4C:00:00:01"],
  [`${V}.mac`, "01:00:5e:00:00:01"],
  [`${V}.mac`, "00:00:00:00:00:00"],
  [`${V}.mac`, "02:54:4c:00:00:01 up"],
  [`${V}.mtu`, 575],
  [`${V}.mtu`, 65521],
  [`${V}.mtu`, 1500.5, ""],
  [`${V}.guard`, "false"],
  [`${V}.guard`, 0],
  [`${V}.guardExceptions[0].protocol`, "sctp"],
  [`${V}.guardExceptions[0].port`, 0],
  [`${V}.guardExceptions[0].port`, "22 accept"],
  [`${V}.guardExceptions[0].extra`, 1],
  [`${V}.forward`, "drop"],
  [`${V}.forward`, ["allow"]],
  [`${V}.ra`, { mode: "managed" }, `${V}.ra.mode`],
  [`${V}.ra`, "slaac"],
  [`${V}.extra`, null],
  [`${S}.cidr`, "10.0.0.1/24"],
  [`${S}.cidr`, "10.0.0.0"],
  [`${S}.cidr`, "010.0.0.0/24"],
  [`${S}.cidr`, "10.0.0.0/255.255.255.0"],
  [`${S}.cidr`, "0.0.0.0/0"],
  [`${S}.cidr`, "10.0.0.0/7"],
  [`${S}.cidr`, "127.0.0.0/24"],
  [`${S}.cidr`, "224.0.0.0/24"],
  [`${S}.cidr`, "169.254.0.0/24"],
  [`${S}.cidr`, "240.0.0.0/24"],
  [`${V}.subnets[1].cidr`, "2001:DB8::/64"],
  [`${V}.subnets[1].cidr`, "fe80::/64"],
  [`${V}.subnets[1].cidr`, "::ffff:10.0.0.0/112"],
  [`${S}.gateway`, "10.1.0.1"],
  [`${S}.gateway`, "10.0.0.0"],
  [`${S}.gateway`, "10.0.0.255"],
  [`${S}.gateway`, "10.0.0.1\n\tpost-up reboot"],
  [`${S}.gateway`, "2001:db8::1"],
  [`${V}.subnets[1].gateway`, "2001:db8::1%eth0"],
  [`${V}.subnets[1].gateway`, "2001:db8:0::1"],
  [`${S}.snat`, { uplink: "vmbr0" }, `${S}.snat.exclude`],
  [`${S}.snat.uplink`, 'vmbr0" accept comment "'],
  [`${S}.snat.uplink`, "a\\"],
  [`${S}.snat.uplink`, "vmbr0/../x"],
  [`${S}.snat.uplink`, "lo"],
  [`${S}.snat.uplink`, "all"],
  [`${S}.snat.uplink`, "vnetmgmt"],
  [`${S}.snat.uplink`, "interface-too-long"],
  [`${S}.snat.exclude[0]`, "10.0.0.0/8, 0.0.0.0/0"],
  [`${S}.snat.exclude[0]`, "fd00::/8"],
  [`${S}.snat.exclude`, ["10.0.0.0/8", "10.0.0.0/8"], `${S}.snat.exclude[1]`],
  [`${D}.ranges[0].start`, "10.0.0.0"],
  [`${D}.ranges[0].start`, "10.1.0.1"],
  [`${D}.ranges[0].end`, "10.0.0.255"],
  [`${D}.ranges[0].end`, "10.0.0.50", `${D}.ranges[0]`],
  [`${D}.ranges[1]`, { start: "10.0.0.150", end: "10.0.0.210" }],
  [`${D}.lease`, "infinite"],
  [`${D}.lease`, "24"],
  [`${D}.lease`, "1m"],
  [`${D}.lease`, "24h\ndhcp-script=/tmp/x"],
  [`${D}.domain`, "lab.example\ndhcp-script=/bin/sh"],
  [`${D}.domain`, "lab.example,set:evil"],
  [`${D}.domain`, "lab..example"],
  [`${D}.domain`, "lab_example"],
  [`${D}.domain`, "lab.example#"],
  [`${D}.domain`, `${long(64)}.example`],
  [`${D}.domain`, ""],
  [`${D}.dnsServers[0]`, "dns.example"],
  [`${D}.dnsServers[0]`, "9.9.9.9,8.8.8.8"],
  [`${D}.dnsServers[0]`, "2620:fe::fe"],
  [`${D}.dnsServers`, Array.from({ length: 17 }, () => "9.9.9.9")],
  [`${D}.reservations[0].mac`, "bc:24:11:00:00:01,ignore"],
  [`${D}.reservations[0].ip`, "10.0.0.1"],
  [`${D}.reservations[0].ip`, "10.1.0.5"],
  [`${D}.reservations[1].ip`, "10.0.0.5"],
  [`${D}.reservations[1].mac`, "bc:24:11:00:00:01"],
  [`${D}.reservations[0].hostname`, "ignore"],
  [`${D}.reservations[0].hostname`, "infinite"],
  [`${D}.reservations[0].hostname`, "24h"],
  [`${D}.reservations[0].hostname`, "web,12h"],
  [`${D}.reservations[0].hostname`, "web\n"],
  [`${D}.reservations[0].hostname`, "-web"],
  [`${D}.reservations[0].hostname`, "set:x"],
  [`${D}.options.dhcp-script`, "/bin/sh"],
  [`${D}.options.ntp-servers`, ["ntp.example"], `${D}.options.ntp-servers[0]`],
  [`${D}.options.search[0]`, "a b"],
  [
    `${D}.options.static-routes[0]`,
    { destination: "10.5.0.1/16", via: "10.0.0.9" },
    `${D}.options.static-routes[0].destination`,
  ],
  [`${D}.options.tftp-server`, "tftp.example;id"],
  [`${D}.options.tftp-server`, "300.1.1.1"],
  [`${D}.options.boot-file`, "boot,file"],
  [`${D}.options.boot-file`, '"x"'],
  [`${D}.options.boot-file`, long(128)],
  [`${D}.options.mtu`, "1450"],
  [
    `${V}.subnets[1].dhcp`,
    { ...state().vnets[0]?.subnets[0]?.dhcp, ranges: [], dnsServers: [], reservations: [], options: { mtu: 1450 } },
    `${V}.subnets[1].dhcp.options.mtu`,
  ],
  [`${V}.subnets[1].cidr`, "10.0.0.0/25", `${V}.subnets[1].gateway`],
  ["vnets[1]", state().vnets[0], "vnets[1].vnet"],
  ["vnets[1]", { ...state().vnets[0], vnet: "other" }, "vnets[1].subnets[0].cidr"],
  ["routes[0].destination", "0.0.0.0/0"],
  ["routes[0].destination", "10.99.0.1/16"],
  ["routes[0].destination", "224.0.0.0/8"],
  ["routes[0].via", "2001:db8::5"],
  ["routes[0].via", "10.0.0.5 dev eth0"],
  ["routes[1]", { destination: "10.99.0.0/16", via: "10.0.0.6" }, "routes[1].destination"],
];

/** Not even a state: text that no JSON writer makes. */
const GARBLED: readonly (readonly [name: string, text: string | Buffer])[] = [
  ["nothing", ""],
  ["cut off", JSON.stringify(state()).slice(0, 200)],
  ["a list", "[]"],
  ["two documents", `${JSON.stringify(state())}${JSON.stringify(state())}`],
  ["a key twice", JSON.stringify(state()).replace('"schema":1', '"schema":1,"schema":1')],
  ["not a number", JSON.stringify(state()).replace('"revision":5', '"revision":NaN')],
  ["an endless number", JSON.stringify(state()).replace('"revision":5', '"revision":1e999')],
  ["a number of many digits", JSON.stringify(state()).replace('"revision":5', `"revision":${"9".repeat(9000)}`)],
  ["deep", "[".repeat(100_000)],
  ["not UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ["too large", `${JSON.stringify(state())}${" ".repeat(1024 * 1024)}`],
];

describe.skipIf(withoutAgent)(`what the agent refuses${agentReason}`, () => {
  const node = folderNode();
  let before: Record<string, string>;
  beforeAll(async () => {
    expect(await node.agent("put", having("revision", 1))).toMatchObject({ exit: 0, error: null });
    before = node.tree();
  });
  afterAll(node.remove);

  for (const [place, value, field] of REFUSED)
    it.concurrent(`${place}: ${JSON.stringify(value).slice(0, 60)}`, async () => {
      const said = await node.agent("put", having(place, value));
      expect(said).toMatchObject({ exit: 2, changes: [], error: { field: field ?? place } });
      expect(said.error?.reason).toMatch(/^[^\n]{5,}$/);
      expect(said.error?.fix).toMatch(/^[A-Z][^\n]+\.$/);
    });

  it.concurrent.each(GARBLED)("%s instead of a state", async (_, text) => {
    expect(await node.agent("put", text)).toMatchObject({ exit: 2, changes: [], error: { field: "" } });
  });

  it("and after all of them every byte is as it was, and the state itself is good", async () => {
    expect(node.tree()).toEqual(before);
    expect(await node.agent("put", state())).toMatchObject({ exit: 0, revision: 5 });
  });
});
