import * as fc from "fast-check";
import type { DhcpOptions, NodeState, SubnetState, VnetState } from "@/lib/core/hosts/node-state";

/** States as `nodeStates` makes them, with everything that can be in one. Only tests import this file. */

const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/);
const domain = fc.array(name, { minLength: 1, maxLength: 3 }).map((labels) => labels.join("."));
const bytes = (count: number) => fc.array(fc.nat(255), { minLength: count, maxLength: count });
const hex = (byte: number) => byte.toString(16).padStart(2, "0");
const mac = bytes(5).map((rest) => ["02", ...rest.map(hex)].join(":"));
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const list = <T>(...items: T[]): fc.Arbitrary<T[]> => fc.constant(items);
const uplink = fc.constantFrom("vmbr0", "vmbr1.20", "eno1");
const lease = fc
  .tuple(fc.integer({ min: 120, max: 9999 }), fc.constantFrom("s", "m", "h", "d"))
  .map((parts) => parts.join(""));

/** What differs between the families: how the n-th host of a subnet is spelled, and what DHCP can say. */
interface Family {
  readonly cidr: string;
  readonly host: (n: number) => string;
  readonly exclude: readonly string[];
  readonly options: fc.Arbitrary<DhcpOptions>;
}

function four(index: number): Family {
  const net = `10.${index >> 8}.${index & 255}`;
  const host = (n: number) => `${net}.${n}`;
  const options = fc.record(
    {
      "boot-file": fc.constantFrom("pxelinux.0", "efi/boot_x64.efi"),
      mtu: fc.integer({ min: 576, max: 9000 }),
      "ntp-servers": list(host(2), host(3)),
      search: fc.array(domain, { minLength: 1, maxLength: 3 }),
      "static-routes": list({ destination: "10.60.0.0/16", via: host(4) }, { destination: "0.0.0.0/0", via: host(1) }),
      "tftp-server": fc.oneof(domain, fc.constant(host(9))),
    },
    { requiredKeys: [] },
  );
  return { cidr: `${net}.0/24`, host, exclude: ["10.0.0.0/8", "192.168.0.0/16"], options };
}

function six(index: number): Family {
  const net = `2001:db8:${(index + 1).toString(16)}:`;
  const host = (n: number) => `${net}:${n.toString(16)}`;
  const options = fc.record(
    { "ntp-servers": list(host(2)), search: fc.array(domain, { minLength: 1, maxLength: 2 }) },
    { requiredKeys: [] },
  );
  return { cidr: `${net}:/64`, host, exclude: ["2001:db8::/32", "fd00::/8"], options };
}

function subnet({ cidr, host, exclude, options }: Family, served: boolean): fc.Arbitrary<SubnetState> {
  const reservation = (n: number) => fc.record({ mac, ip: fc.constant(host(n)), hostname: orNull(name) });
  const dhcp = fc.record({
    ranges: fc.subarray([
      { start: host(16), end: host(63) },
      { start: host(128), end: host(159) },
    ]),
    lease,
    domain: orNull(domain),
    dnsServers: fc.subarray([host(1), host(53)]),
    reservations: fc
      .tuple(reservation(5), reservation(6))
      .filter(([one, two]) => one.mac !== two.mac)
      .chain((all) => fc.subarray(all)),
    options,
  });
  const snat = fc.record({ uplink, exclude: fc.subarray([...exclude]) });
  return fc.record({
    cidr: fc.constant(cidr),
    gateway: fc.constant(host(1)),
    snat: orNull(snat),
    dhcp: served ? orNull(dhcp) : fc.constant(null),
  });
}

function vnet(index: number): fc.Arbitrary<VnetState> {
  const ra = orNull(fc.record({ mode: fc.constantFrom("slaac" as const, "stateless" as const, "stateful" as const) }));
  const exception = fc.record({
    protocol: fc.constantFrom("tcp" as const, "udp" as const),
    port: fc.integer({ min: 1, max: 65_535 }),
  });
  return fc.tuple(ra, fc.nat(2), fc.nat(2)).chain(([advertised, fours, sixes]) => {
    const mode = advertised?.mode ?? "none";
    const subnets = [
      ...Array.from({ length: fours }, (_, at) => subnet(four(index * 2 + at), true)),
      ...Array.from({ length: sixes }, (_, at) =>
        subnet(six(index * 2 + at), mode === "stateful" || mode === "stateless"),
      ),
    ];
    return fc.record({
      vnet: fc.constant(`vnet${index}`),
      mac,
      mtu: orNull(fc.constantFrom(1450, 1500, 9000)),
      guard: fc.boolean(),
      guardExceptions: fc.uniqueArray(exception, {
        maxLength: 2,
        selector: ({ protocol, port }) => `${protocol}${port}`,
      }),
      forward: fc.constantFrom("allow" as const, "deny" as const),
      ra: fc.constant(sixes > 0 ? advertised : null),
      subnets: fc.tuple(...subnets),
    });
  });
}

export const stateArbitrary: fc.Arbitrary<NodeState> = fc.nat(3).chain((count) =>
  fc.record({
    schema: fc.constant(1 as const),
    owner: fc.stringMatching(/^[a-z0-9-]{8,20}$/),
    revision: fc.integer({ min: 1, max: 1_000_000 }),
    repairSeconds: fc.integer({ min: 5, max: 3600 }),
    vnets: fc.tuple(...Array.from({ length: count }, (_, index) => vnet(index))),
    routes: fc.subarray([
      { destination: "10.99.0.0/16", via: "10.0.0.4" },
      { destination: "2001:db8:ff::/48", via: "2001:db8:1::4" },
    ]),
  }),
);
