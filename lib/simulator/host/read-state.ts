import {
  address,
  choice,
  demandApart,
  fields,
  type Ip,
  inside,
  items,
  type Network,
  network,
  number,
  once,
  text,
  usable,
} from "@/lib/simulator/host/check";
import { HostRefusal } from "@/lib/simulator/host/host-refusal";
import { type HostState, hostStateSchema } from "@/lib/simulator/host/host-state";

const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const patterns = {
  vnet: /^[A-Za-z][A-Za-z0-9]{0,7}$/,
  interface: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/,
  owner: /^[a-z0-9-]{8,64}$/,
  mac: /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/,
  hostname: new RegExp(`^${label}$`),
  domain: new RegExp(`^(?=.{1,253}$)${label}(?:\\.${label})*$`),
  lease: /^[1-9][0-9]{0,6}[smhd]$/,
  bootFile: /^[A-Za-z0-9._/-]{1,127}$/,
};
const notAVnet = ["lo", "all", "default"];
const notAHostname = /^(?:ignore|infinite|deprecated|[0-9]+[smhdw]?)$/i;
const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const many = 16;

/** A lease time such as `24h` in seconds. */
export const leaseSeconds = (lease: string): number => Number.parseInt(lease, 10) * (unitSeconds[lease.slice(-1)] ?? 1);

function mac(value: unknown, at: string): string {
  const read = text(value, at, patterns.mac, "a MAC address like 02:54:4c:00:00:01, in small letters");
  if ((Number.parseInt(read.slice(0, 2), 16) & 1) === 1 || read === "00:00:00:00:00:00")
    throw new HostRefusal(at, `${read} is no address of a single interface`, "Use a unicast MAC address.");
  return read;
}

function options(value: unknown, at: string, family: 4 | 6): void {
  const common = ["ntp-servers", "search"];
  const known = family === 4 ? [...common, "static-routes", "tftp-server", "boot-file", "mtu"] : common;
  const given = fields(value, at, [], known);
  const list = (name: string) => items(given[name] ?? [], `${at}.${name}`, many);
  for (const [where, server] of list("ntp-servers")) address(server, where, family);
  for (const [where, name] of list("search")) text(name, where, patterns.domain, "a DNS name");
  for (const [where, item] of list("static-routes")) {
    const route = fields(item, where, ["destination", "via"]);
    network(route["destination"], `${where}.destination`, 4);
    address(route["via"], `${where}.via`, 4);
  }
  const tftp = given["tftp-server"];
  if ("tftp-server" in given && !(typeof tftp === "string" && patterns.domain.test(tftp) && !/^[0-9.]+$/.test(tftp)))
    address(tftp, `${at}.tftp-server`, 4);
  if ("boot-file" in given)
    text(
      given["boot-file"],
      `${at}.boot-file`,
      patterns.bootFile,
      "a path of letters, digits, dots, dashes and slashes",
    );
  if ("mtu" in given) number(given["mtu"], `${at}.mtu`, 576, 65_520);
}

function ranges(value: unknown, at: string, net: Network): void {
  const seen: (readonly [start: Ip, end: Ip])[] = [];
  for (const [where, item] of items(value, at, 64)) {
    const range = fields(item, where, ["start", "end"]);
    const start = address(range["start"], `${where}.start`, net.family);
    const end = address(range["end"], `${where}.end`, net.family);
    inside(start, net, `${where}.start`);
    inside(end, net, `${where}.end`);
    if (start.value > end.value)
      throw new HostRefusal(where, `${start.text} comes after ${end.text}`, "Exchange start and end.");
    if (seen.some(([from, to]) => start.value <= to.value && from.value <= end.value))
      throw new HostRefusal(where, `${start.text} to ${end.text} overlaps another range`, "Keep ranges apart.");
    seen.push([start, end]);
  }
}

function reservations(value: unknown, at: string, net: Network, gateway: Ip): void {
  const macs = new Set<string>();
  const ips = new Set<string>();
  for (const [where, item] of items(value, at, 4096)) {
    const entry = fields(item, where, ["mac", "ip", "hostname"]);
    const own = mac(entry["mac"], `${where}.mac`);
    const ip = address(entry["ip"], `${where}.ip`);
    inside(ip, net, `${where}.ip`);
    if (ip.text === gateway.text)
      throw new HostRefusal(`${where}.ip`, `${ip.text} is the gateway`, "Reserve another address.");
    once(macs, own, `${where}.mac`, "the MAC address");
    once(ips, ip.text, `${where}.ip`, "the address");
    if (entry["hostname"] === null) continue;
    const name = text(entry["hostname"], `${where}.hostname`, patterns.hostname, "a host name");
    if (notAHostname.test(name))
      throw new HostRefusal(
        `${where}.hostname`,
        `dnsmasq takes ${name} for something else than a name`,
        "Use another host name.",
      );
  }
}

function dhcp(value: unknown, at: string, net: Network, gateway: Ip): void {
  const given = fields(value, at, ["ranges", "lease", "domain", "dnsServers", "reservations", "options"]);
  ranges(given["ranges"], `${at}.ranges`, net);
  const lease = text(given["lease"], `${at}.lease`, patterns.lease, "a lease time like 24h");
  if (leaseSeconds(lease) < 120)
    throw new HostRefusal(`${at}.lease`, `${lease} is shorter than two minutes`, "Use 2m or more.");
  if (given["domain"] !== null) text(given["domain"], `${at}.domain`, patterns.domain, "a DNS name");
  for (const [where, server] of items(given["dnsServers"], `${at}.dnsServers`, many))
    address(server, where, net.family);
  reservations(given["reservations"], `${at}.reservations`, net, gateway);
  options(given["options"], `${at}.options`, net.family);
}

function subnet(value: unknown, at: string, vnet: string): Network {
  const given = fields(value, at, ["cidr", "gateway", "snat", "dhcp"]);
  const net = network(given["cidr"], `${at}.cidr`);
  usable(net, `${at}.cidr`);
  const gateway = address(given["gateway"], `${at}.gateway`, net.family);
  inside(gateway, net, `${at}.gateway`);
  if (given["snat"] !== null) {
    const snat = fields(given["snat"], `${at}.snat`, ["uplink", "exclude"]);
    const uplink = text(snat["uplink"], `${at}.snat.uplink`, patterns.interface, "an interface name such as vmbr0");
    if ([...notAVnet, vnet].includes(uplink))
      throw new HostRefusal(`${at}.snat.uplink`, `nothing leaves the node through ${uplink}`, "Name what leads out.");
    const seen = new Set<string>();
    for (const [where, item] of items(snat["exclude"], `${at}.snat.exclude`, 256))
      once(seen, network(item, where, net.family).text, where, "the network");
  }
  if (given["dhcp"] !== null) dhcp(given["dhcp"], `${at}.dhcp`, net, gateway);
  return net;
}

function vnet(value: unknown, at: string): { name: string; nets: (readonly [at: string, net: Network])[] } {
  const required = ["vnet", "mac", "mtu", "guard", "guardExceptions", "forward", "ra", "subnets"];
  const given = fields(value, at, required);
  const name = text(
    given["vnet"],
    `${at}.vnet`,
    patterns.vnet,
    "a VNet's name: a letter, then up to 7 letters and digits",
  );
  if (notAVnet.includes(name))
    throw new HostRefusal(`${at}.vnet`, `${name} means something else to the kernel`, "Name a VNet.");
  mac(given["mac"], `${at}.mac`);
  if (given["mtu"] !== null) number(given["mtu"], `${at}.mtu`, 576, 65_520);
  if (typeof given["guard"] !== "boolean")
    throw new HostRefusal(`${at}.guard`, "it is neither true nor false", "Use true or false.");
  for (const [where, item] of items(given["guardExceptions"], `${at}.guardExceptions`, 64)) {
    const entry = fields(item, where, ["protocol", "port"]);
    choice(entry["protocol"], `${where}.protocol`, ["tcp", "udp"]);
    number(entry["port"], `${where}.port`, 1, 65_535);
  }
  choice(given["forward"], `${at}.forward`, ["allow", "deny"]);
  if (given["ra"] !== null)
    choice(fields(given["ra"], `${at}.ra`, ["mode"])["mode"], `${at}.ra.mode`, ["slaac", "stateless", "stateful"]);
  const nets = items(given["subnets"], `${at}.subnets`, 64).map(([where, item]): readonly [string, Network] => [
    `${where}.cidr`,
    subnet(item, where, name),
  ]);
  return { name, nets };
}

/** A state that the agent understands to its last key. Throws a `HostRefusal` that names the place otherwise. */
export function readState(value: unknown): HostState {
  const given = fields(value, "", ["schema", "owner", "revision", "repairSeconds", "vnets", "routes"]);
  if (given["schema"] !== 1) throw new HostRefusal("schema", "this schema is not known", "Bring the agent up to date.");
  text(given["owner"], "owner", patterns.owner, "an owner of 8 to 64 small letters, digits and dashes");
  number(given["revision"], "revision", 1, Number.MAX_SAFE_INTEGER);
  number(given["repairSeconds"], "repairSeconds", 5, 3600);
  const names = new Set<string>();
  const nets: (readonly [string, Network])[] = [];
  for (const [at, item] of items(given["vnets"], "vnets", 4096)) {
    const read = vnet(item, at);
    once(names, read.name, `${at}.vnet`, "the VNet");
    nets.push(...read.nets);
  }
  demandApart(nets);
  const destinations = new Set<string>();
  for (const [at, item] of items(given["routes"], "routes", 4096)) {
    const route = fields(item, at, ["destination", "via"]);
    const to = network(route["destination"], `${at}.destination`);
    if (to.length === 0)
      throw new HostRefusal(
        `${at}.destination`,
        "the node's default route is not the agent's",
        "Set it in the node's network.",
      );
    usable(to, `${at}.destination`);
    address(route["via"], `${at}.via`, to.family);
    once(destinations, to.text, `${at}.destination`, "the route to");
  }
  return hostStateSchema.parse(value);
}
