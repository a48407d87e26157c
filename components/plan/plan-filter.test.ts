import { describe, expect, it } from "vitest";
import type { Change } from "@/lib/core/plan/step";
import { filterChanges, isFiltered, readFilter, writeFilter } from "./plan-filter";
import { zoneRows } from "./zone-rows";

const change = (over: Partial<Change> & Pick<Change, "key" | "kind" | "id" | "zone">): Change => ({
  op: "create",
  fields: [],
  risk: "low",
  reasons: [],
  nics: null,
  ...over,
});

const CHANGES: readonly Change[] = [
  change({ key: "subnet/web/10.0.1.0/24", kind: "subnet", id: "z1-10.0.1.0-24", zone: "z1" }),
  change({
    key: "vnet/db",
    kind: "vnet",
    id: "db",
    zone: "z1",
    op: "update",
    fields: [{ field: "tag", before: 10, after: 20 }],
  }),
  change({ key: "zone/z1", kind: "zone", id: "z1", zone: "z1" }),
  change({ key: "vnet/web", kind: "vnet", id: "web", zone: "z1", op: "delete", risk: "high" }),
  change({ key: "zone/z2", kind: "zone", id: "z2", zone: "z2" }),
];

describe("plan filter", () => {
  it("survives the way through the address and leaves other parameters alone", () => {
    const filter = { op: "delete", kind: "vnet", zone: "z1", risk: "high", text: "a b" } as const;
    const query = writeFilter(new URLSearchParams("tab=calls"), filter);
    expect(query.get("tab")).toBe("calls");
    expect(readFilter(query)).toEqual(filter);
    expect(writeFilter(query, readFilter(new URLSearchParams())).toString()).toBe("tab=calls");
  });

  it("ignores values nobody knows", () => {
    expect(isFiltered(readFilter(new URLSearchParams("action=explode&risk=9")))).toBe(false);
  });

  it.each([
    ["q=10.0.1.0", ["subnet/web/10.0.1.0/24"]],
    ["q=tag 10", ["vnet/db"]],
    ["risk=high", ["vnet/web"]],
    ["zone=z2&kind=zone", ["zone/z2"]],
  ])("finds %s", (query, keys) => {
    expect(filterChanges(CHANGES, readFilter(new URLSearchParams(query))).map((c) => c.key)).toEqual(keys);
  });
});

describe("zone rows", () => {
  it("puts the zone first and each subnet under its vnet", () => {
    const rows = zoneRows(CHANGES, new Set(["z2"])).map((row) =>
      row.type === "zone" ? `# ${row.zone}` : row.change.key,
    );
    expect(rows).toEqual(["# z1", "zone/z1", "vnet/web", "subnet/web/10.0.1.0/24", "vnet/db", "# z2"]);
  });
});
