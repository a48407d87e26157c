import type { Problem } from "../problem";
import { err, invariant, ok, type Result } from "../result";
import { type Difference, parentKey } from "./diff";
import { type Entity, zoneKey } from "./entity";
import { changedFields, type Step } from "./step";

/**
 * Puts differences into an order that Proxmox accepts at every step. A rank table ("deletes first") cannot do that: a
 * vnet may have to leave a zone before the zone goes, and arrive in another after that one came. So the order follows
 * edges: parents arrive first and leave last, and whatever must be unique (a tag in a zone, a VNI) is freed before it is
 * taken. A circle in which something waits for a number is broken by letting it begin on a free one.
 *
 * `live` and `goal` are the whole configurations before and after. The only error is a circle in a zone without a free tag.
 */
export function orderSteps(
  differences: readonly Difference[],
  live: readonly Entity[],
  goal: readonly Entity[],
): Result<Step[], Problem> {
  const world = [...live, ...goal];
  const zoneTypes: ZoneTypes = { was: typesOf([...goal, ...live]), will: typesOf(world) };
  let steps = differences.flatMap(toSteps).sort((a, b) => rank(a) - rank(b));
  for (;;) {
    const sorted = sortByEdges(steps, prerequisites(steps, zoneTypes));
    if ("order" in sorted) return ok(sorted.order);
    const broken = breakCircle(steps, sorted.circle, world, zoneTypes);
    if (!broken.ok) return broken;
    steps = broken.value;
  }
}

/** Types of the zones as steps find them and as they leave them: a zone may be replaced by one of another type. */
interface ZoneTypes {
  readonly was: ReadonlyMap<string, string>;
  readonly will: ReadonlyMap<string, string>;
}

/** Of a zone that is named twice the last one counts. */
const typesOf = (entities: readonly Entity[]): ReadonlyMap<string, string> =>
  new Map(entities.filter(({ kind }) => kind === "zone").map(({ id, props }) => [id, String(props["type"])]));

function toSteps(difference: Difference): Step[] {
  switch (difference.op) {
    case "create":
      return [{ op: "create", after: difference.after }];
    case "delete":
      return [{ op: "delete", before: difference.before }];
    case "replace":
      return [
        { op: "delete", before: difference.before },
        { op: "create", after: difference.after },
      ];
    case "update":
      return [{ op: "update", before: difference.before, after: difference.after, changes: difference.fields }];
  }
}

const DEPTH = { zone: 0, vnet: 1, subnet: 2 } as const;

/** The wish where no edge decides: removals from the leaves up, then changes and additions from the roots down. */
function rank(step: Step): number {
  return step.op === "delete" ? 2 - DEPTH[step.before.kind] : 3 + DEPTH[step.after.kind];
}

/** What only one object may hold at a time (checked by Proxmox at every write, not at the commit): its id and numbers. */
const claims = (entity: Entity | null, types: ReadonlyMap<string, string>): string[] =>
  entity ? [`${entity.kind} ${entity.id}`, ...numbers(entity, types)] : [];

function numbers(entity: Entity, types: ReadonlyMap<string, string>): string[] {
  const held: string[] = [];
  if (entity.kind === "zone" && entity.props["vrf-vxlan"] !== undefined) held.push(`vrf ${entity.props["vrf-vxlan"]}`);
  if (entity.kind === "vnet") {
    const zone = String(entity.props["zone"]);
    const type = types.get(zone);
    const tag = entity.props["tag"];
    if (type === "vxlan" || type === "evpn") held.push(`vni ${tag}`);
    // In a qinq zone one vnet may go without a tag; "undefined" is then the value that is unique.
    if (type === "vlan" || type === "qinq") held.push(`tag ${zone} ${tag}`);
  }
  return held;
}

const was = (step: Step): Entity | null => (step.op === "create" ? null : step.before);
const will = (step: Step): Entity | null => (step.op === "delete" ? null : step.after);

const without = (all: readonly string[], others: readonly string[]): string[] => {
  const taken = new Set(others);
  return all.filter((one) => !taken.has(one));
};
const claimsBefore = (step: Step, types: ZoneTypes) => claims(was(step), types.was);
const claimsAfter = (step: Step, types: ZoneTypes) => claims(will(step), types.will);
const takes = (step: Step, types: ZoneTypes) => without(claimsAfter(step, types), claimsBefore(step, types));
const releases = (step: Step, types: ZoneTypes) => without(claimsBefore(step, types), claimsAfter(step, types));

/** Which steps do what others wait for: by their indexes, under the key or the claim that it is about. */
class Marks {
  readonly created = new Map<string, number>();
  readonly arrived = new Map<string, number>();
  readonly released = new Map<string, number>();
  readonly left = new Map<string, number[]>();
  readonly subnetsRemoved = new Map<string, number[]>();
  /** For each step the one before it that is about the same object. */
  readonly earlierOfSame: (number | undefined)[] = [];

  private readonly previous = new Map<string, number>();
  private readonly heldAtStart = new Set<string>();

  constructor(steps: readonly Step[], types: ZoneTypes) {
    for (const [index, step] of steps.entries()) {
      const after = will(step);
      const key = (after ?? was(step))?.key ?? "";
      this.earlierOfSame.push(this.previous.get(key));
      this.previous.set(key, index);
      if (after) this.arrived.set(key, index);
      if (step.op === "create") this.created.set(key, index);
      else this.markLeaving(step.before, after, index);
      this.markClaims(step, index, types);
    }
  }

  private markClaims(step: Step, index: number, types: ZoneTypes): void {
    const isFirst = this.earlierOfSame[index] === undefined;
    if (isFirst) for (const claim of claimsBefore(step, types)) this.heldAtStart.add(claim);
    for (const claim of releases(step, types)) {
      // A number somebody is parked on was free at the start, so its release is nothing to wait for.
      if (this.heldAtStart.has(claim)) this.released.set(claim, index);
    }
  }

  private markLeaving(before: Entity, after: Entity | null, index: number): void {
    const parent = parentKey(before);
    if (parent && (!after || parentKey(after) !== parent)) push(this.left, parent, index);
    if (after || before.kind !== "subnet") return;
    if (parent) push(this.subnetsRemoved, parent, index);
    push(this.subnetsRemoved, zoneKey(String(before.props["zone"])), index);
  }
}

const push = (map: Map<string, number[]>, key: string, index: number): void =>
  void (map.get(key)?.push(index) ?? map.set(key, [index]));

/** For each step, the indexes of the steps that must come before it. */
function prerequisites(steps: readonly Step[], types: ZoneTypes): number[][] {
  const marks = new Marks(steps, types);
  return steps.map((step, index) => {
    const [before, after] = [was(step), will(step)];
    const needed = new Set([
      marks.earlierOfSame[index],
      ...(after ? neededByArrival(after, marks) : []),
      ...takes(step, types).map((claim) => marks.released.get(claim)),
      ...((before && !after && marks.left.get(before.key)) || []),
      ...((before && marks.subnetsRemoved.get(before.key)) || []),
    ]);
    return [...needed].filter((other): other is number => other !== undefined && other !== index);
  });
}

/** What an object finds in place: its zone; of a subnet also its vnet as it shall be. */
function neededByArrival(after: Entity, { created, arrived }: Marks): (number | undefined)[] {
  const parent = parentKey(after) ?? "";
  if (after.kind === "vnet") return [created.get(parent)];
  // Its zone's ipam and its vnet's flags decide whether Proxmox takes the subnet, so both come first.
  return after.kind === "subnet" ? [arrived.get(parent), arrived.get(zoneKey(String(after.props["zone"])))] : [];
}

type Sorted = { readonly order: Step[] } | { readonly circle: readonly number[] };

/** Depth first in the given order, each step after what it needs; or a circle of steps that need each other. */
function sortByEdges(steps: readonly Step[], edges: readonly (readonly number[])[]): Sorted {
  const order: Step[] = [];
  const state: ("open" | "done" | undefined)[] = [];
  const path: number[] = [];
  const visit = (index: number): readonly number[] | null => {
    if (state[index] === "done") return null;
    if (state[index] === "open") return path.slice(path.indexOf(index));
    state[index] = "open";
    path.push(index);
    for (const other of edges[index] ?? []) {
      const circle = visit(other);
      if (circle) return circle;
    }
    path.pop();
    state[index] = "done";
    const step = steps[index];
    if (step) order.push(step);
    return null;
  };
  for (let index = 0; index < steps.length; index += 1) {
    const circle = visit(index);
    if (circle) return { circle };
  }
  return { order };
}

/**
 * Lets one object of the circle begin on a free number, as it shall be otherwise, so that it waits for nobody; it takes
 * its own number in a second step, for which nobody in the circle waits.
 */
function breakCircle(
  steps: readonly Step[],
  circle: readonly number[],
  world: readonly Entity[],
  zoneTypes: ZoneTypes,
): Result<Step[], Problem> {
  const place = circle.findIndex((one, at) =>
    waitsForNumber(steps[one], steps[circle[at + 1] ?? circle[0] ?? 0], zoneTypes),
  );
  const index = circle[place];
  const step = index === undefined ? undefined : steps[index];
  invariant(step && step.op !== "delete", "in a circle something waits for a number");
  const { after } = step;
  const field = after.kind === "zone" ? "vrf-vxlan" : "tag";
  const zone = after.props["zone"];
  const wide = after.kind === "zone" || ["vxlan", "evpn"].includes(zoneTypes.will.get(String(zone)) ?? "");
  const neighbours = [...world, ...steps.flatMap((other) => was(other) ?? [])].filter(
    (entity) => wide || entity.props["zone"] === zone,
  );
  const parked = freeNumber(wide ? 16777215 : 4094, neighbours, field);
  if (parked === null) {
    return err({
      code: "no-free-tag",
      severity: "error",
      at: [after.key],
      field,
      message: `The new tags in zone ${zone} wait for each other and no tag is free to make the swap. Free one tag first.`,
    });
  }
  const middle: Entity = { ...after, props: { ...after.props, [field]: parked } };
  const park: Step =
    step.op === "create"
      ? { op: "create", after: middle }
      : { ...step, after: middle, changes: changesTo(step, middle) };
  const finish: Step = { op: "update", before: middle, after, changes: changedFields(middle.props, after.props) };
  return ok(steps.flatMap((other, at) => (at === index ? [park, finish] : [other])));
}

const changesTo = (step: Extract<Step, { op: "update" }>, after: Entity) =>
  changedFields(step.before.props, after.props);

/** Whether a step waits for another because that one gives up a number. */
function waitsForNumber(step: Step | undefined, other: Step | undefined, types: ZoneTypes): boolean {
  const wants = step && will(step);
  // What is replaced waits for its own removal, whatever its number.
  if (!wants || !other || was(other)?.key === wants.key) return false;
  const taken = new Set(takes(step, types));
  const given = new Set(releases(other, types));
  return numbers(wants, types.will).some((claim) => taken.has(claim) && given.has(claim));
}

function freeNumber(highest: number, entities: readonly Entity[], field: string): number | null {
  const used = new Set(entities.map((entity) => entity.props[field]));
  for (let number = highest; number > 0; number -= 1) if (!used.has(number)) return number;
  return null;
}
