import type { HostService } from "@/lib/core/layout/model";
import { err, ok, type Result } from "@/lib/core/result";
import { parseRoutes } from "../field-text";

type Options = NonNullable<NonNullable<HostService["dhcp"]>["options"]>;
type Exceptions = NonNullable<HostService["guardExceptions"]>;

const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
const items = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** Options with one value; every other one has a list. */
const SINGLE: ReadonlySet<string> = new Set(["tftp-server", "boot-file"]);

/**
 * DHCP options, one per line, the name first: `ntp-servers 10.0.0.1, 10.0.0.2`, `mtu 1450`, `static-routes 10.0.0.0/8 via
 * 10.0.0.2`. Whether there is such an option, and whether its value will do, is for the rules.
 */
export function parseOptions(text: string): Result<Options, string> {
  const options: Options = {};
  for (const line of lines(text)) {
    const [, name = "", rest = ""] = /^([^\s:=]+)\s*[:=]?\s*(.*)$/.exec(line) ?? [];
    if (rest === "") return err(`${line} has no value; write the name of the option, then its value: mtu 1450.`);
    if (Object.hasOwn(options, name)) return err(`${name} is there twice; separate several values by commas.`);
    const value = readValue(name, rest);
    if (!value.ok) return value;
    options[name] = value.value;
  }
  return ok(options);
}

function readValue(name: string, text: string): Result<Options[string], string> {
  if (name === "static-routes") return parseRoutes(text.split(/\s*[,;]\s*/).join("\n"));
  if (name === "mtu") return /^[0-9]{1,9}$/.test(text) ? ok(Number(text)) : err(`${text} is not a whole number.`);
  return ok(SINGLE.has(name) ? text : items(text));
}

export const optionsText = (options: Options): string =>
  Object.entries(options)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join("\n");

function valueText(value: Options[string]): string {
  if (!Array.isArray(value)) return String(value);
  return value.map((item) => (typeof item === "string" ? item : `${item.destination} via ${item.via}`)).join(", ");
}

/** Ports of the node that guests may reach, one per line: `tcp 22`. */
export function parseExceptions(text: string): Result<Exceptions, string> {
  const exceptions: Exceptions = [];
  for (const line of lines(text)) {
    const [, protocol = "", port = ""] = /^(tcp|udp)[\s/]+([0-9]{1,9})$/i.exec(line) ?? [];
    const known = protocol.toLowerCase();
    if (known !== "tcp" && known !== "udp")
      return err(`${line} is not a port; write tcp or udp and the number: tcp 22.`);
    exceptions.push({ protocol: known, port: Number(port) });
  }
  return ok(exceptions);
}

export const exceptionsText = (exceptions: Exceptions): string =>
  exceptions.map(({ protocol, port }) => `${protocol} ${port}`).join("\n");
