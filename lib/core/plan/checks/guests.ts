import type { GuestNic } from "../../ports";
import type { Difference } from "../diff";
import type { Entity } from "../entity";
import type { Check } from "../plan";
import { type CheckInput, check, few, zoneNodes } from "./check";

/**
 * Proxmox takes a VNet away under running guests without a word; stopped guests and templates count too. Guests whose
 * VNet goes, altogether or from their node, block. Those whose VNet is made anew or changes its zone want a tick.
 */
export function guestCheck(input: CheckInput): Check {
  const title = "Guests on removed or moved VNets";
  const gone = removals(input);
  const moved = moves(input);
  if (gone.length === 0 && moved.length === 0) return check("guests", title, "pass", "No VNet is removed or moved.");
  if (input.nics === null)
    return check("guests", title, "unknown", "Cannot be proven unused: the guests are not readable with this token.");
  const cut = attached(input.nics, gone);
  const carried = attached(input.nics, moved);
  if (cut.length > 0) {
    const detail = `Still attached: ${few(cut.map(said), 8)}. Move these interfaces first.`;
    return check("guests", title, "block", detail, keysOf(cut));
  }
  if (carried.length > 0) {
    const detail = `These guests go along and may lose their connection: ${few(carried.map(said), 8)}.`;
    return check("guests", title, "confirm", detail, keysOf(carried));
  }
  return check("guests", title, "pass", "No guest hangs on a VNet that is removed or moved.");
}

/** A VNet that is taken away, everywhere or on some nodes (null: everywhere), and why that is. */
interface Taken {
  readonly vnet: Entity;
  readonly nodes: readonly string[] | null;
  readonly why: string;
}

function removals({ differences, config, goal, facts }: CheckInput): Taken[] {
  const deleted = differences.flatMap((one): Taken[] =>
    one.op === "delete" && one.before.kind === "vnet" ? [{ vnet: one.before, nodes: null, why: "removed" }] : [],
  );
  const left = differences.flatMap((one): Taken[] => {
    if (one.op !== "update" || one.before.kind !== "zone") return [];
    const after = zoneNodes(one.after, facts);
    const nodes = zoneNodes(one.before, facts).filter((name) => !after.includes(name));
    if (nodes.length === 0) return [];
    return config.entities
      .filter(
        (vnet) =>
          inZone(vnet, one.before.id) &&
          goal.some(({ key, props }) => key === vnet.key && props["zone"] === one.before.id),
      )
      .map((vnet) => ({ vnet, nodes, why: `zone ${one.before.id} leaves the node` }));
  });
  return [...deleted, ...left];
}

const inZone = ({ kind, props }: Entity, zone: string): boolean => kind === "vnet" && props["zone"] === zone;

const moves = ({ differences }: CheckInput): Taken[] =>
  differences.flatMap((one: Difference): Taken[] => {
    if ((one.op !== "update" && one.op !== "replace") || one.before.kind !== "vnet") return [];
    const [from, to] = [one.before.props["zone"], one.after.props["zone"]];
    if (from !== to) return [{ vnet: one.before, nodes: null, why: `moves to zone ${to}` }];
    return one.op === "replace" ? [{ vnet: one.before, nodes: null, why: "is made anew" }] : [];
  });

interface Attached {
  readonly taken: Taken;
  readonly nic: GuestNic;
}

const attached = (nics: ReadonlyMap<string, readonly GuestNic[]>, all: readonly Taken[]): Attached[] =>
  all.flatMap((taken) =>
    (nics.get(taken.vnet.id) ?? [])
      .filter(({ node }) => taken.nodes === null || taken.nodes.includes(node))
      .map((nic) => ({ taken, nic })),
  );

function said({ taken, nic }: Attached): string {
  const what = nic.template ? "template" : nic.running ? "running" : "stopped";
  const why = taken.why === "removed" ? "" : `, ${taken.why}`;
  return `${nic.type === "qemu" ? "VM" : "CT"} ${nic.vmid} ${nic.nic} on ${nic.node} (${taken.vnet.id}, ${what}${why})`;
}

const keysOf = (all: readonly Attached[]): string[] => [...new Set(all.map(({ taken }) => taken.vnet.key))];
