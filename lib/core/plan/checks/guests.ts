import type { GuestNic } from "../../ports";
import type { Difference } from "../diff";
import type { Entity } from "../entity";
import type { Check, TakenVnet } from "../plan";
import { type CheckInput, check, few, liveEntities, zoneNodes } from "./check";

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
    const detail = `Still attached (${counted(cut)}): ${few(cut.map(said), 8)}. Move these interfaces first.`;
    return check("guests", title, "block", detail, keysOf(cut));
  }
  if (carried.length > 0) {
    const detail = `These go along and may lose their connection (${counted(carried)}): ${few(carried.map(said), 8)}.`;
    return check("guests", title, "confirm", detail, keysOf(carried));
  }
  return check("guests", title, "pass", "No guest hangs on a VNet that is removed or moved.");
}

/** The same VNets for the last look before the first write, with the guest interfaces known now. */
export function takenVnets(input: GuestInput): TakenVnet[] {
  return [...removals(input), ...moves(input)].map((taken) => ({
    vnet: taken.vnet.id,
    nodes: taken.nodes,
    why: taken.why,
    guests: input.nics && attached(input.nics, [taken]).map(({ nic }) => nicName(nic)),
  }));
}

type GuestInput = Pick<CheckInput, "config" | "pending" | "goal" | "facts" | "differences" | "nics">;

/** A VNet that is taken away, everywhere or on some nodes (null: everywhere), and why that is. */
interface Taken {
  readonly vnet: Entity;
  readonly nodes: readonly string[] | null;
  readonly why: string;
}

/** VNets that go, and those that stay but leave nodes, because their zone does or because they come to another zone. */
function removals(input: GuestInput): Taken[] {
  const { goal, facts } = input;
  const live = liveEntities(input);
  const after = new Map(goal.map((entity) => [entity.key, entity]));
  const [zonesBefore, zonesAfter] = [zonesOf(live), zonesOf(goal)];
  return live.flatMap((vnet): Taken[] => {
    if (vnet.kind !== "vnet") return [];
    const will = after.get(vnet.key);
    if (!will) return [{ vnet, nodes: null, why: "removed" }];
    const [from, to] = [zonesBefore.get(String(vnet.props["zone"])), zonesAfter.get(String(will.props["zone"]))];
    if (!from || !to) return [];
    const reached = new Set(zoneNodes(to, facts));
    const nodes = zoneNodes(from, facts).filter((name) => !reached.has(name));
    if (nodes.length === 0) return [];
    const why = from.id === to.id ? `zone ${from.id} leaves the node` : `moves to zone ${to.id}, which is not there`;
    return [{ vnet, nodes, why }];
  });
}

const zonesOf = (entities: readonly Entity[]): ReadonlyMap<string, Entity> =>
  new Map(entities.filter(({ kind }) => kind === "zone").map((zone) => [zone.id, zone]));

const moves = ({ differences }: GuestInput): Taken[] =>
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

/** Stopped guests and templates are easily overlooked, so each kind has its own number. */
function counted(all: readonly Attached[]): string {
  const kinds = (["running", "stopped", "template"] as const).flatMap((kind) => {
    const found = all.filter(({ nic }) => kindOf(nic) === kind).length;
    return found > 0 ? [`${found} ${kind}`] : [];
  });
  return kinds.join(", ");
}

const kindOf = ({ template, running }: GuestNic) => (template ? "template" : running ? "running" : "stopped");

function said({ taken, nic }: Attached): string {
  const why = taken.why === "removed" ? "" : `, ${taken.why}`;
  return `${nicName(nic)} on ${nic.node} (${taken.vnet.id}, ${kindOf(nic)}${why})`;
}

/** "VM 101 net0" */
export const nicName = (nic: GuestNic): string => `${nic.type === "qemu" ? "VM" : "CT"} ${nic.vmid} ${nic.nic}`;

const keysOf = (all: readonly Attached[]): string[] => [...new Set(all.map(({ taken }) => taken.vnet.key))];
