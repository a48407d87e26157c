import { type EntityKey, hostServiceKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";

/** Lines of one object in the text, from 1, both included. */
export interface ObjectLines {
  readonly key: EntityKey;
  readonly from: number;
  readonly to: number;
}

const KEYS: Readonly<Record<string, (fields: ReadonlyMap<string, string>) => EntityKey>> = {
  zones: (fields) => zoneKey(fields.get("id") ?? ""),
  vnets: (fields) => vnetKey(fields.get("id") ?? ""),
  subnets: (fields) => subnetKey(fields.get("vnet") ?? "", fields.get("cidr") ?? ""),
  hostServices: (fields) => hostServiceKey(fields.get("vnet") ?? "", fields.get("cidr") ?? ""),
};

/**
 * Where each object of a layout is in the text that we write for it, YAML or JSON. A scan of lines, not a parser: the
 * text is in our own form, and a layout of four thousand VNets is looked through with every change.
 */
export function objectLines(text: string): ObjectLines[] {
  const found: ObjectLines[] = [];
  const lines = text.split("\n");
  let section = "";
  let open: { from: number; fields: Map<string, string> } | null = null;
  const close = (to: number) => {
    const keyOf = KEYS[section];
    if (open && keyOf) found.push({ key: keyOf(open.fields), from: open.from, to });
    open = null;
  };
  lines.forEach((line, index) => {
    const top = /^(?: {2})?"?([A-Za-z]+)"?:/.exec(line);
    const isTop = top !== null && (!line.startsWith(" ") || line.startsWith('  "'));
    if (isTop) {
      close(index);
      section = top[1] ?? "";
      return;
    }
    if (/^ {2}- /.test(line) || /^ {4}\{/.test(line)) {
      close(index);
      open = { from: index + 1, fields: new Map() };
    }
    if (/^[\]}]|^ {2}\]/.test(line)) close(index);
    const field = /^(?: {2}- | {4}| {6})"?([a-z]+)"?: ?(.*?),?$/.exec(line);
    const [, name, value] = field ?? [];
    if (open && name !== undefined && value !== undefined && !open.fields.has(name))
      open.fields.set(name, plain(value));
  });
  close(lines.length - (lines.at(-1) === "" ? 1 : 0));
  return found;
}

/** A scalar without its quotes. */
function plain(value: string): string {
  if (!/^".*"$/.test(value)) return /^'.*'$/.test(value) ? value.slice(1, -1).replaceAll("''", "'") : value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}
