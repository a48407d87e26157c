/** What of an answer counts in the comparison with a recorded one. */
export interface Comparable {
  readonly status: number;
  /** Parameters a refusal names, sorted. */
  readonly blamed?: readonly string[];
  /** The data of a success, without what differs from run to run. */
  readonly data?: unknown;
}

/** Fields that are times, sizes, hashes or random; only whether they are there counts. */
const volatileFields: ReadonlySet<string> = new Set([
  ...["digest", "upid", "pid", "pstart", "starttime", "endtime", "mac", "hwaddress", "ticket", "CSRFPreventionToken"],
  ...["uptime", "cpu", "mem", "maxmem", "disk", "maxdisk", "maxcpu", "level", "ssl_fingerprint", "version", "release"],
  ...["repoid", "saved", "frr-diff"],
]);

/** Paths whose lists come in any order. */
const unorderedLists =
  /\/(?:ipams|status|tasks|nodes|network|content|bridges|fabrics|fabric|node|all)(?:\/|$)|\/cluster\/sdn\/?$/;

function changedLines(diff: string): string {
  const changed = diff.split("\n").filter((line) => /^[+-](?!\+\+|--)/.test(line) && !line.includes("#version"));
  return changed.map((line) => line.trim()).join("\n");
}

function steadyText(value: string): string {
  if (value.startsWith("UPID:")) return `<task ${value.split(":")[5] ?? ""}>`;
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(value) ? "<token>" : value;
}

function steady(value: unknown, path: string, field = ""): unknown {
  if (value === null || value === undefined) return null;
  if (volatileFields.has(field)) return `<${field}>`;
  if (field === "interfaces-diff") return changedLines(String(value));
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value.map((item) => steady(item, path));
    return unorderedLists.test(path) ? sortedByText(items) : items;
  }
  if (typeof value === "object") {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([name, inner]) => [name, steady(inner, path, name)]));
  }
  if (typeof value === "boolean") return value ? "1" : "0";
  return steadyText(String(value));
}

function sortedByText(items: readonly unknown[]): readonly unknown[] {
  return [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function inside(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : undefined;
}

/** Parameters named by a refusal: under `errors`, or at the start of the later lines of a 500's message. */
function blamedParameters(status: number, body: unknown): readonly string[] {
  const errors = inside(body, "errors");
  if (typeof errors === "object" && errors !== null) return Object.keys(errors).sort();
  if (status !== 500) return [];
  const later = String(inside(body, "message") ?? "")
    .split("\n")
    .slice(1);
  return [...new Set(later.flatMap((line) => /^([\w-]+): /.exec(line)?.[1] ?? []))].sort();
}

function generatedText(data: unknown): readonly string[] {
  const lines = String(data ?? "").split("\n");
  return lines
    .map((line) => line.trimEnd().replace(/hwaddress .*/, "hwaddress <mac>"))
    .filter((line) => line !== "" && !line.startsWith("#version"));
}

/** Log lines that say how it went, without the order of the nodes. */
function tellingLines(data: unknown): readonly string[] {
  const lines = Array.isArray(data) ? data.map((line: unknown) => String(inside(line, "t"))) : [];
  const telling = lines.filter((line) => /failed|TASK|can't find|error/.test(line));
  return telling.map((line) => line.replace(/pve\d/g, "<node>").replace(/ at \/usr\/share\/.*$/, "")).sort();
}

/** Reduces an answer to what counts. `path` is the request's path below `/api2/json`. */
export function comparable(path: string, status: number, body: unknown): Comparable {
  if (status !== 200) return { status, blamed: blamedParameters(status, body) };
  const data = inside(body, "data");
  if (path.startsWith("/__file/")) return { status, data: typeof data === "object" ? null : generatedText(data) };
  if (/\/tasks\/[^/]+\/log$/.test(path)) return { status, data: tellingLines(data) };
  return { status, data: steady(data, path) };
}
