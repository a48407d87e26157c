import { describe, expect, it } from "vitest";
import { parseRanges, rangesText } from "@/lib/core/layout/cell-text";
import { fieldText, parseField, parseReservations, parseRoutes, reservationsText, routesText } from "./field-text";

describe("fields of the inspector", () => {
  it.each([
    ["text", " vmbr0 ", "vmbr0"],
    ["text", "  ", undefined],
    ["number", "10", 10],
    ["number", "-1", -1],
    ["list", "pve1, pve2 pve3", ["pve1", "pve2", "pve3"]],
    ["list", ",", []],
  ] as const)("reads %s from %j", (kind, text, value) => {
    expect(parseField(kind, text)).toEqual({ ok: true, value });
  });

  it.each(["1.5", "ten", "1e3", "99999999999999999999"])("does not take %s for a whole number", (text) => {
    expect(parseField("number", text)).toEqual({ ok: false, error: `${text} is not a whole number.` });
  });

  it("writes what it reads", () => {
    const ranges = [
      { start: "10.0.0.1", end: "10.0.0.9" },
      { start: "fd00::1", end: "fd00::9" },
    ];
    const leases = [
      { mac: "bc:24:11:00:00:01", ip: "10.0.0.5", hostname: "printer" },
      { mac: "bc:24:11:00:00:02", ip: "10.0.0.6" },
    ];
    const routes = [{ destination: "192.168.0.0/16", via: "10.0.0.2" }];
    expect(parseRanges(rangesText(ranges))).toEqual({ ok: true, value: ranges });
    expect(parseReservations(reservationsText(leases))).toEqual({ ok: true, value: leases });
    expect(parseRoutes(routesText(routes))).toEqual({ ok: true, value: routes });
    expect(fieldText(["a", "b"])).toBe("a, b");
  });

  it.each([
    [parseRanges, "10.0.0.1"],
    [parseRanges, "10.0.0.1 10.0.0.2 10.0.0.3"],
    [parseReservations, "bc:24:11:00:00:01"],
    [parseRoutes, "default"],
  ])("says what a line should look like", (parse, line) => {
    const result = parse(line);
    expect(result.ok ? "" : result.error).toContain(`${line} is not a`);
  });
});
