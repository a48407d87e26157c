import type { HostService } from "@/lib/core/layout/model";
import { type Family, parseAddress, readAddress } from "@/lib/core/net/address";
import { parseCidr, readCidr } from "@/lib/core/net/cidr";
import { isDnsName } from "@/lib/core/net/dns-name";
import { err, ok, type Result } from "@/lib/core/result";
import type { DhcpOptions } from "./node-state";

type Raw = NonNullable<NonNullable<HostService["dhcp"]>["options"]>;
type RawValue = Raw[string];
type Name = keyof DhcpOptions;

interface Kind {
  /** What the option does, for people. */
  readonly label: string;
  /** The families it exists for. DHCPv6 has no routes, no MTU and no TFTP server; RFC 8415, RFC 5970. */
  readonly families: readonly Family[];
  /** Reads the value, or says what it should be, as the end of "… must be". */
  readonly read: (value: RawValue, family: Family) => Result<unknown, string>;
}

const MANY = 16;
/** What an option of DHCPv4 holds (RFC 2132, 2). dnsmasq sends a search list in one option and refuses a longer one. */
const OPTION_BYTES = 255;

/** The DHCP options that can be set, with what their values are. */
const DHCP_OPTIONS: Readonly<Record<Name, Kind>> = {
  "ntp-servers": { label: "NTP servers", families: [4, 6], read: addresses },
  search: { label: "Search domains", families: [4, 6], read: domains },
  "static-routes": { label: "Classless static routes", families: [4], read: routes },
  "tftp-server": { label: "TFTP server", families: [4], read: server },
  "boot-file": { label: "Boot file", families: [4], read: file },
  mtu: { label: "MTU", families: [4], read: mtu },
};

const isOption = (name: string): name is Name => Object.hasOwn(DHCP_OPTIONS, name);

export interface OptionFault {
  readonly name: string;
  /** A full sentence without a name of the object concerned. */
  readonly reason: string;
}

/**
 * Reads the options of a layout for a subnet of one family. `faults` has one entry for each option that cannot be used;
 * `options` holds the others in canonical spelling.
 */
export function readDhcpOptions(
  raw: Raw,
  family: Family,
): { readonly options: DhcpOptions; readonly faults: readonly OptionFault[] } {
  const good: Record<string, unknown> = {};
  const faults: OptionFault[] = [];
  for (const name of Object.keys(raw).sort()) {
    const read = readOption(name, raw[name] ?? "", family);
    if (read.ok) good[name] = read.value;
    else faults.push({ name, reason: read.error });
  }
  return { options: good as DhcpOptions, faults };
}

function readOption(name: string, value: RawValue, family: Family): Result<unknown, string> {
  const shown = name.slice(0, 40);
  if (!isOption(name)) {
    return err(`The DHCP option ${shown} is not known. There are ${Object.keys(DHCP_OPTIONS).join(", ")}.`);
  }
  const kind = DHCP_OPTIONS[name];
  if (!kind.families.includes(family)) return err(`DHCPv6 has no option for ${shown}; set it on an IPv4 subnet.`);
  const read = kind.read(value, family);
  return read.ok ? read : err(`The DHCP option ${shown} must be ${read.error}.`);
}

function addresses(value: RawValue, family: Family): Result<string[], string> {
  const wanted = `a list of 1 to ${MANY} IPv${family} addresses`;
  const list = textsOf(value);
  const read = list?.map((text) => (readAddress(text)?.family === family ? parseAddress(text) : null));
  const good = read?.flatMap((one) => (one?.ok ? [one.value as string] : []));
  return good && good.length === list?.length && fits(good) ? ok(good) : err(wanted);
}

function domains(value: RawValue, family: Family): Result<string[], string> {
  const list = textsOf(value);
  if (!list?.every(isDnsName) || !fits(list)) return err(`a list of 1 to ${MANY} DNS names`);
  // RFC 1035, 3.1: a name takes two bytes more than its text. Names may share endings, which is not counted on here.
  const bytes = list.reduce((sum, name) => sum + name.length + 2, 0);
  if (family === 6 || bytes <= OPTION_BYTES) return ok([...list]);
  return err(`at most ${OPTION_BYTES} bytes, each name counted with two more; these take ${bytes}`);
}

function routes(value: RawValue): Result<{ destination: string; via: string }[], string> {
  const wanted = `a list of 1 to ${MANY} routes, each with an IPv4 network as destination and an IPv4 address as via`;
  if (!Array.isArray(value) || !fits(value)) return err(wanted);
  const read: { destination: string; via: string }[] = [];
  for (const route of value) {
    if (typeof route === "string") return err(wanted);
    const to = parseCidr(route.destination);
    const via = parseAddress(route.via);
    if (!to.ok || !via.ok || readCidr(to.value)?.network.family !== 4 || readAddress(via.value)?.family !== 4) {
      return err(wanted);
    }
    read.push({ destination: to.value, via: via.value });
  }
  return ok(read);
}

function server(value: RawValue): Result<string, string> {
  const good = typeof value === "string" && (isDnsName(value) || readAddress(value)?.family === 4);
  return good ? ok(value) : err("the IPv4 address or DNS name of the server");
}

function file(value: RawValue): Result<string, string> {
  const good = typeof value === "string" && /^[A-Za-z0-9._/-]{1,127}$/.test(value);
  return good ? ok(value) : err("a path of letters, digits, dots, dashes, underscores and slashes, 127 at most");
}

function mtu(value: RawValue): Result<number, string> {
  const good = typeof value === "number" && Number.isInteger(value) && value >= 576 && value <= 65_520;
  return good ? ok(value) : err("a whole number from 576 to 65520");
}

/** The value as a list of texts: a single text is a list of one. */
function textsOf(value: RawValue): readonly string[] | null {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return null;
  const list = value.filter((item) => typeof item === "string");
  return list.length === value.length ? list : null;
}

const fits = (list: readonly unknown[]): boolean => list.length > 0 && list.length <= MANY;
