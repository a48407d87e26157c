import { isIPv4, isIPv6 } from "node:net";

/** Says what is wrong with a value, or nothing. */
type FormatCheck = (value: string) => string | undefined;

const plainIpv4 = /^(?:(?:25[0-5]|(?:2[0-4]|1\d|[1-9])?\d)(?:\.(?!$)|$)){4}$/;

function isIp(value: string): boolean {
  return plainIpv4.test(value) || (isIPv6(value) && !value.includes("%"));
}

/** True for `ip/mask` with a mask of 8..32 (IPv4) or 8..128 (IPv6). Host bits are allowed. */
function isCidr(value: string): boolean {
  const match = /^([^/]+)\/(\d+)$/.exec(value);
  if (match === null) return false;
  const address = match[1] ?? "";
  const mask = Number(match[2]);
  if (plainIpv4.test(address)) return mask > 7 && mask <= 32;
  return isIPv6(address) && !address.includes("%") && mask > 7 && mask <= 128;
}

/** Splits a list as Proxmox does: commas, semicolons, white space and NUL separate. */
export function splitList(value: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: repeated form keys arrive joined with NUL
  return value.split(/[,;\s\u0000]+/).filter((part) => part !== "");
}

function matches(pattern: RegExp, text: string): FormatCheck {
  return (value) => (pattern.test(value) ? undefined : text);
}

function when(test: (value: string) => boolean, text: string): FormatCheck {
  return (value) => (test(value) ? undefined : text);
}

function eachOf(check: FormatCheck): FormatCheck {
  return (value) =>
    splitList(value)
      .map(check)
      .find((text) => text !== undefined);
}

function isSubnetId(value: string): boolean {
  if (value.includes("/")) return isCidr(value);
  const [, address, mask] = value.split("-");
  return isCidr(`${address ?? ""}/${mask ?? ""}`);
}

function isRouteTarget(value: string): boolean {
  const match = /^(\d+):(\d+)$/.exec(value);
  return match !== null && Number(match[1]) <= 4294967295 && Number(match[2]) <= 4294967295;
}

function dhcpRangeProblem(value: string): string | undefined {
  const seen = new Set<string>();
  for (const part of value.split(/[,;]/)) {
    const at = part.indexOf("=");
    if (at < 1) return "value without key, but schema does not define a default key";
    const key = part.slice(0, at).trim();
    if (seen.has(key)) return `duplicate key in comma-separated list property: ${key}`;
    seen.add(key);
  }
  for (const key of seen) if (key !== "start-address" && key !== "end-address") return "format error";
  return seen.size === 2 ? undefined : "format error";
}

function firewallAddressProblem(value: string): string | undefined {
  for (const part of value.split(",")) {
    const [first = "", last] = part.split("-");
    const named = /^(?:(?:dc|guest|sdn)\/)?[A-Za-z][\w-]+$|^\+/.test(part);
    const good = isIp(first) && (last === undefined || isIp(last));
    if (!named && !good && !isCidr(part) && !/^[\d.]+\/\d+$/.test(part)) return `invalid IP address: ${part}`;
  }
  return undefined;
}

const nodeName = matches(/^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/, "value does not look like a valid node name");
const ip = when(isIp, "value does not look like a valid IP address");
const interfaceName = matches(/^[a-z][a-z0-9_]{1,20}(?:[:.]\d+)?$/i, "invalid network interface name");
const configId = matches(/^[a-z][a-z0-9_-]+$/i, "invalid configuration ID");
const cidr = when(isCidr, "value does not look like a valid CIDR network");
const routeTarget = when(isRouteTarget, "value does not look like a valid bgp route-target");

const checks: Readonly<Record<string, FormatCheck>> = {
  "pve-configid": configId,
  "pve-configid-list": eachOf(configId),
  "pve-node": nodeName,
  "pve-node-list": eachOf(nodeName),
  "pve-iface": interfaceName,
  "pve-iface-list": eachOf(interfaceName),
  "pve-sdn-fabric-id": matches(
    /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,6}[a-zA-Z0-9])?$/,
    "Fabric ID contains illegal characters",
  ),
  "pve-sdn-subnet-id": when(isSubnetId, "value does not look like a valid CIDR network"),
  "pve-sdn-bgp-rt-list": eachOf(routeTarget),
  "pve-sdn-isis-net": matches(
    /^[a-f\d]{2}(?:\.[a-f\d]{4}){3,9}\.[a-f\d]{2}$/i,
    "value does not look like a valid isis net",
  ),
  "pve-sdn-dhcp-range": dhcpRangeProblem,
  "pve-fw-addr-spec": firewallAddressProblem,
  "mac-addr": matches(/^[a-f\d][02468ace](?::[a-f\d]{2}){5}$/i, "value does not look like a valid unicast MAC address"),
  "dns-name": matches(/^(?:[a-z\d_](?:[a-z\d_-]*[a-z\d_])?\.?)+$/i, "value does not look like a valid DNS name"),
  ip,
  "ip-list": eachOf(ip),
  ipv4: when((value) => isIPv4(value) && plainIpv4.test(value), "value does not look like a valid IPv4 address"),
  ipv6: when((value) => isIPv6(value), "value does not look like a valid IPv6 address"),
  CIDR: cidr,
  CIDRv4: when((value) => isCidr(value) && !value.includes(":"), "value does not look like a valid IPv4 network"),
  CIDRv6: when((value) => isCidr(value) && value.includes(":"), "value does not look like a valid IPv6 network"),
};

/** What is wrong with `value` in the named format, or nothing; unknown formats accept everything. */
export function formatProblem(format: string, value: string): string | undefined {
  return checks[format]?.(value);
}
