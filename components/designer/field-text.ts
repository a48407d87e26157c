import { err, ok, type Result } from "@/lib/core/result";

/** How a field's value is written: one text, a whole number, or a list separated by commas or spaces. */
export type FieldKind = "text" | "number" | "list";

/** The value as it stands in the field. */
export function fieldText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** The text as a value of the layout; an empty one is no value. The error says what to write instead. */
export function parseField(kind: FieldKind, text: string): Result<string | number | string[] | undefined, string> {
  const trimmed = text.trim();
  if (trimmed === "") return ok(undefined);
  switch (kind) {
    case "text":
      return ok(trimmed);
    case "number":
      return /^-?[0-9]{1,15}$/.test(trimmed) ? ok(Number(trimmed)) : err(`${trimmed} is not a whole number.`);
    case "list":
      return ok(trimmed.split(/[\s,;]+/).filter((item) => item !== ""));
  }
}

/** `bc:24:11:00:00:01 10.0.0.5 printer`, one reservation per line; the name may be left out. */
export function parseReservations(text: string): Result<{ mac: string; ip: string; hostname?: string }[], string> {
  const reservations: { mac: string; ip: string; hostname?: string }[] = [];
  for (const line of lines(text)) {
    const [mac, ip, hostname, more] = line.split(/[\s,]+/);
    if (mac === undefined || ip === undefined || more !== undefined) {
      return err(`${line} is not a reservation; write MAC, address and name: bc:24:11:00:00:01 10.0.0.5 printer.`);
    }
    reservations.push({ mac, ip, ...(hostname === undefined ? {} : { hostname }) });
  }
  return ok(reservations);
}

export const reservationsText = (
  list: readonly { readonly mac: string; readonly ip: string; readonly hostname?: string | undefined }[],
): string => list.map(({ mac, ip, hostname }) => [mac, ip, hostname].filter(Boolean).join(" ")).join("\n");

/** `192.168.0.0/16 via 10.0.0.2`, one route per line. */
export function parseRoutes(text: string): Result<{ destination: string; via: string }[], string> {
  const routes: { destination: string; via: string }[] = [];
  for (const line of lines(text)) {
    const [destination, via, more] = line.split(/\s+via\s+|\s+/);
    if (destination === undefined || via === undefined || more !== undefined) {
      return err(`${line} is not a route; write 192.168.0.0/16 via 10.0.0.2.`);
    }
    routes.push({ destination, via });
  }
  return ok(routes);
}

export const routesText = (routes: readonly { readonly destination: string; readonly via: string }[]): string =>
  routes.map(({ destination, via }) => `${destination} via ${via}`).join("\n");

const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
