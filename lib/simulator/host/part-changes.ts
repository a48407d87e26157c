import type { Part } from "@/lib/simulator/host/host-state";

/** A difference, or what was done about it, as the agent lists it. */
export interface Change {
  readonly what: string;
  readonly object: string;
  readonly action: "add" | "remove" | "replace" | "restart";
  readonly detail: string;
}

const keyOf = ({ what, object }: Part) => `${what} ${object}`;

/** The agent names some kinds otherwise than they are kept apart here. */
function added(part: Part, before: Part | undefined, firstServer: boolean): Change | null {
  const { what, object, content } = part;
  switch (what) {
    case "mac":
      return { what: "address", object, action: "replace", detail: "the MAC is pinned" };
    case "forwarding":
      return { what, object, action: "replace", detail: "0 to 1" };
    case "timer":
      return { what: "unit", object, action: "replace", detail: content };
    case "server":
      return {
        what: "dhcp",
        object,
        action: "restart",
        detail: before ? "runs with an older configuration" : "does not run",
      };
    case "reservations":
      // New ones come with the configuration's own line.
      return firstServer ? null : { what: "dhcp", object, action: "replace", detail: "reservations" };
    default:
      return { what, object, action: before ? "replace" : "add", detail: "" };
  }
}

function removed(part: Part): Change | null {
  const { what, object } = part;
  switch (what) {
    case "unit":
    case "server":
    case "reservations":
    case "mac":
      // They go with the configuration, and with the addresses.
      return null;
    case "forwarding":
      return { what, object, action: "replace", detail: "back from 1 to 0" };
    case "timer":
      return { what: "unit", object, action: "replace", detail: "every 60 s" };
    default:
      return { what, object, action: "remove", detail: "" };
  }
}

/** What differs between what is there and what is wanted. */
export function partChanges(there: readonly Part[], wanted: readonly Part[]): Change[] {
  const now = new Map(there.map((part) => [keyOf(part), part]));
  const then = new Set(wanted.map(keyOf));
  const changed = wanted.filter((part) => now.get(keyOf(part))?.content !== part.content);
  const confs = new Set(changed.flatMap(({ what, object }) => (what === "dhcp" ? [object] : [])));
  const gone = there.filter((part) => !then.has(keyOf(part)));
  return [
    ...gone.flatMap((part) => removed(part) ?? []),
    ...changed.flatMap((part) => added(part, now.get(keyOf(part)), confs.has(part.object)) ?? []),
  ];
}
