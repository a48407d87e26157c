import { parseAddress } from "@/lib/core/net/address";
import { type Cidr, firstHost, networkOf, nthAddress, parseCidr } from "@/lib/core/net/cidr";
import { err, ok, type Result } from "@/lib/core/result";
import { freeId, highestTag, ID_LENGTH, nextFreeCidr, nextFreeTag, suggestId } from "./free";
import type { Layout, Subnet, Vnet, Zone } from "./model";

/** What one line of quick-add creates. */
export interface QuickAdded {
  readonly vnet: Vnet;
  readonly subnet?: Subnet;
}

/** Why a line cannot be read. `at` is the position in the text, counted from 0, of the word concerned. */
export interface QuickAddError {
  readonly message: string;
  readonly at: number;
}

interface Word {
  readonly text: string;
  readonly at: number;
  readonly quoted: boolean;
}

interface Parts {
  tag?: Word;
  id?: Word;
  cidr?: Word;
  gateway?: Word;
  alias?: Word;
}

/**
 * Reads one line of quick-add: `30 voip 10.10.30.0/24 gw .1 "Phones on the first floor"`. The words may come in any
 * order and each may be left out: a missing tag is the next free one, a missing id is made from the tag, without a
 * network there is no subnet, and the gateway is the first host unless it says `gw none`. The text is judged as far as
 * one line can be; whether it fits the rest of the layout is for `validateLayout`.
 */
export function parseQuickAdd(layout: Layout, zoneId: string, text: string): Result<QuickAdded, QuickAddError> {
  const zone = layout.zones.find((candidate) => candidate.id === zoneId);
  if (!zone) return err({ message: `There is no zone ${zoneId}.`, at: 0 });
  const words = splitWords(text);
  if (!words.ok) return words;
  if (words.value.length === 0) return err({ message: "Write for example: 30 voip 10.10.30.0/24", at: 0 });
  const parts = sortWords(words.value);
  if (!parts.ok) return parts;

  const tag = readTag(layout, zone, parts.value.tag);
  if (!tag.ok) return tag;
  const id = readId(layout, parts.value.id, tag.value);
  if (!id.ok) return id;
  const subnet = readSubnet(id.value, parts.value);
  if (!subnet.ok) return subnet;
  const alias = parts.value.alias?.text;
  const vnet: Vnet = {
    id: id.value,
    zone: zoneId,
    ...(tag.value === null ? {} : { tag: tag.value }),
    ...(alias === undefined || alias === "" ? {} : { alias }),
  };
  return ok(subnet.value ? { vnet, subnet: subnet.value } : { vnet });
}

/**
 * The line to offer once `added` is in `layout`: the next free tag and, if there was a subnet, the next free network of its size.
 * Where the network carried the tag as one of its numbers (30 and 10.10.30.0/24) it goes on doing so.
 */
export function nextQuickAdd(layout: Layout, added: QuickAdded): string {
  const { vnet, subnet } = added;
  const tag = nextFreeTag(layout, vnet.zone, vnet.tag === undefined ? undefined : vnet.tag + 1);
  const following = subnet && vnet.tag !== undefined && tag !== null ? cidrWithTag(subnet.cidr, vnet.tag, tag) : null;
  const like = following ?? subnet?.cidr;
  const cidr = like === undefined ? null : nextFreeCidr(layout, like);
  return [tag === null ? "" : String(tag), cidr ?? ""].filter((word) => word !== "").join(" ");
}

/** Adds what a line created to a layout. */
export function addQuickAdded(layout: Layout, { vnet, subnet }: QuickAdded): Layout {
  return {
    ...layout,
    vnets: [...layout.vnets, vnet],
    ...(subnet ? { subnets: [...layout.subnets, subnet] } : {}),
  };
}

function splitWords(text: string): Result<Word[], QuickAddError> {
  const words: Word[] = [];
  for (const match of text.matchAll(/"([^"]*)("?)|[^\s"]+/g)) {
    const [whole, inside, closing] = match;
    if (inside !== undefined && closing === "") {
      return err({ message: 'The alias has no closing quote; end it with ".', at: match.index });
    }
    words.push({ text: (inside ?? whole).trim(), at: match.index, quoted: inside !== undefined });
  }
  return ok(words);
}

/** Says of each word what it is, by its form alone. */
function sortWords(words: readonly Word[]): Result<Parts, QuickAddError> {
  const parts: Parts = {};
  const left = [...words];
  for (let word = left.shift(); word; word = left.shift()) {
    const part = partOf(word);
    const value = part === "gateway" ? gatewayValue(word, left) : word;
    if (!value) return err({ message: "A gateway is missing after gw; write gw .1 or gw none.", at: word.at });
    if (part === "id" && parts.id) {
      return err({ message: `${word.text} is one word too many; put the alias in quotes ("…").`, at: word.at });
    }
    if (parts[part]) return err({ message: `There is a second ${NAMES[part]}; give only one.`, at: word.at });
    parts[part] = value;
  }
  return ok(parts);
}

/** The address after `gw`, which may be joined to it (`gw=.1`) or be the next word. */
function gatewayValue(word: Word, left: Word[]): Word | undefined {
  const joined = /^(?:gw|gateway)[=:](.*)$/i.exec(word.text)?.[1];
  if (joined === undefined) return left.shift();
  return joined === "" ? undefined : { ...word, text: joined };
}

const NAMES: Readonly<Record<keyof Parts, string>> = {
  tag: "tag",
  id: "id",
  cidr: "network",
  gateway: "gateway",
  alias: "alias",
};

function partOf({ text, quoted }: Word): keyof Parts {
  if (quoted) return "alias";
  if (/^(gw|gateway)([=:].*)?$/i.test(text)) return "gateway";
  if (/^[-+]?[0-9]+([.,][0-9]*)?$/.test(text)) return "tag";
  return /[/:]|^[0-9]+\.[0-9]+\./.test(text) ? "cidr" : "id";
}

function readTag(layout: Layout, zone: Zone, word: Word | undefined): Result<number | null, QuickAddError> {
  if (!word) {
    const tag = nextFreeTag(layout, zone.id);
    if (tag !== null || zone.type === "simple") return ok(tag);
    return err({ message: `Zone ${zone.id} has no free tag left.`, at: 0 });
  }
  if (zone.type === "simple") {
    return err({ message: `VNets of a simple zone have no tag; leave out ${word.text}.`, at: word.at });
  }
  const most = highestTag(zone.type);
  if (!/^[0-9]+$/.test(word.text) || Number(word.text) < 1 || Number(word.text) > most) {
    return err({ message: `${word.text} is not a tag; a tag is a whole number from 1 to ${most}.`, at: word.at });
  }
  return ok(Number(word.text));
}

function readId(layout: Layout, word: Word | undefined, tag: number | null): Result<string, QuickAddError> {
  if (!word) return ok(freeId(layout, tag === null ? "vnet" : `vnet${tag}`));
  if (/^[a-zA-Z][a-zA-Z0-9]*$/.test(word.text) && word.text.length >= 2 && word.text.length <= ID_LENGTH) {
    return ok(word.text);
  }
  const message = `${word.text} cannot be an id: 2 to ${ID_LENGTH} letters and digits, a letter first. Try ${suggestId(word.text)}.`;
  return err({ message, at: word.at });
}

function readSubnet(vnet: string, parts: Parts): Result<Subnet | null, QuickAddError> {
  if (!parts.cidr) {
    if (!parts.gateway || parts.gateway.text.toLowerCase() === "none") return ok(null);
    return err({ message: "A gateway needs a network; write it like 10.10.30.0/24.", at: parts.gateway.at });
  }
  const cidr = parseCidr(parts.cidr.text);
  if (!cidr.ok) return err({ message: cidr.error, at: parts.cidr.at });
  const gateway = readGateway(cidr.value, parts.gateway);
  if (!gateway.ok) return gateway;
  return ok({ vnet, cidr: cidr.value, ...(gateway.value === null ? {} : { gateway: gateway.value }) });
}

function readGateway(cidr: Cidr, word: Word | undefined): Result<string | null, QuickAddError> {
  if (!word) {
    const { first, last } = networkOf(cidr);
    return ok(first === last ? null : firstHost(cidr));
  }
  if (word.text.toLowerCase() === "none") return ok(null);
  const short = /^\.([0-9]{1,3})$/.exec(word.text)?.[1];
  if (short !== undefined) {
    const address = nthAddress(cidr, Number(short));
    return address ? ok(address) : err({ message: `${word.text} lies outside ${cidr}.`, at: word.at });
  }
  const address = parseAddress(word.text);
  if (address.ok) return address;
  return err({ message: `${word.text} is not a gateway; write gw .1, a whole address, or gw none.`, at: word.at });
}

/** `10.10.30.0/24`, 30, 31 → `10.10.31.0/24`. Null where the tag is not one of the network's own numbers. */
function cidrWithTag(cidr: string, from: number, to: number): string | null {
  const match = /^([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)\/([0-9]+)$/.exec(cidr);
  if (!match || to > 255) return null;
  const octets = match.slice(1, 5).map(Number);
  const place = octets[2] === from ? 2 : octets[1] === from ? 1 : -1;
  if (place < 0 || Number(match[5]) < (place + 1) * 8) return null;
  return `${octets.with(place, to).join(".")}/${match[5]}`;
}
