import { removeHostService, setHostService } from "../layout/edits";
import type { HostService, Layout } from "../layout/model";
import { sameValue } from "../layout/same-value";
import { type EntityKey, hostServiceKey, subnetKey } from "../plan/entity";
import type { Problem } from "../problem";
import { words } from "./changed-since";

interface Input {
  /** A run that brought a layout to its cluster, and the layout before it; null when there was none. */
  readonly run: { readonly number: number; readonly layout: Layout };
  readonly before: Layout | null;
  /** What the layout shall be, with the run's objects taken back and its host services not yet. */
  readonly now: Layout;
  /** Objects that the run created; they take their host services with them. */
  readonly created: ReadonlySet<EntityKey>;
}

/** A layout with what it becomes, and what stands in the way. */
interface Reverted {
  readonly layout: Layout;
  readonly problems: readonly Problem[];
}

/**
 * Takes back what a run changed in a layout's host services, field by field. What was changed since stays and becomes a
 * problem; what is already as it was before stays too.
 */
export function revertServices({ run, before, now, created }: Input): Reverted {
  const was = byKey(before);
  const made = byKey(run.layout);
  const problems: Problem[] = [];
  let layout = now;
  for (const key of new Set([...was.keys(), ...made.keys()])) {
    const place = was.get(key) ?? made.get(key);
    if (!place || created.has(subnetKey(place.vnet, place.cidr))) continue;
    const one = revertOne({ was: was.get(key), made: made.get(key), is: byKey(layout).get(key) }, layout, run.number);
    layout = one.layout;
    problems.push(...one.problems);
  }
  return { layout, problems };
}

const byKey = (layout: Layout | null): ReadonlyMap<EntityKey, HostService> =>
  new Map((layout?.hostServices ?? []).map((one) => [hostServiceKey(one.vnet, one.cidr), one]));

/** One host service before the run, after it, and now. */
interface Three {
  readonly was: HostService | undefined;
  readonly made: HostService | undefined;
  readonly is: HostService | undefined;
}

/** A host service that the run created, or removed and that is there again, has to be exactly what the run knows. */
const isNot =
  (side: "before" | "after") =>
  (field: Values): boolean =>
    !sameValue(field.now, field[side]);

function revertOne({ was, made, is }: Three, layout: Layout, number: number): Reverted {
  if (was && made) return turnedBack({ was, made, is }, layout, number);
  if (made) {
    if (!is) return { layout, problems: [] };
    const problems = conflicts(is, differences(undefined, made, is).filter(isNot("after")), number);
    return { layout: problems.length > 0 ? layout : removeHostService(layout, made), problems };
  }
  if (!was) return { layout, problems: [] };
  if (is) return { layout, problems: conflicts(is, differences(was, undefined, is).filter(isNot("before")), number) };
  const there = layout.subnets.some(({ vnet, cidr }) => vnet === was.vnet && cidr === was.cidr);
  if (there) return { layout: setHostService(layout, was), problems: [] };
  const said = `cannot come back: its subnet was removed after run ${number}.`;
  return { layout, problems: [changedSince(was, said)] };
}

function turnedBack(
  { was, made, is }: Three & { was: HostService; made: HostService },
  layout: Layout,
  number: number,
) {
  const changed = differences(was, made, undefined).filter(({ before, after }) => !sameValue(before, after));
  if (changed.length === 0) return { layout, problems: [] };
  if (!is) {
    const said = `was removed after run ${number}, so it cannot be changed back.`;
    return { layout, problems: [changedSince(was, said)] };
  }
  const fields = changed.map((one) => ({ ...one, now: read(is, one.field) }));
  const strange = fields.filter((one) => isNot("before")(one) && isNot("after")(one));
  const problems = conflicts(is, strange, number);
  if (problems.length > 0) return { layout, problems };
  const back = fields.reduce((service, { field, before }) => written(service, field, before), is);
  return { layout: setHostService(layout, back), problems };
}

interface Values {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly now: unknown;
}

/**
 * All fields of a host service with their three values. DHCP is looked into only where both sides of the run have it;
 * otherwise it came or went as a whole.
 */
function differences(
  was: HostService | undefined,
  made: HostService | undefined,
  is: HostService | undefined,
): Values[] {
  const deep = was?.dhcp !== undefined && made?.dhcp !== undefined;
  const names = [was, made, is].flatMap((one) => Object.keys(one ?? {})).filter((name) => !(deep && name === "dhcp"));
  const inside = deep ? [was, made].flatMap((one) => Object.keys(one?.dhcp ?? {}).map((name) => `dhcp.${name}`)) : [];
  return [...new Set([...names, ...inside])].map((field) => ({
    field,
    before: read(was, field),
    after: read(made, field),
    now: read(is, field),
  }));
}

/** A problem for each of these fields. */
function conflicts(service: HostService, fields: readonly Values[], number: number): Problem[] {
  return fields.map(({ field, before, after, now }) => {
    const values = { before: words(before), after: words(after), now: words(now) };
    const said = `has changed since run ${number}: ${field} was ${values.before} before it and ${values.after} after it, and is ${values.now} now. Decide in the layout what it shall be.`;
    return { ...changedSince(service, said), field, values };
  });
}

type Fields = Readonly<Record<string, unknown>>;

function read(service: HostService | undefined, field: string): unknown {
  const [outer = "", inner] = field.split(".");
  const value = (service as Fields | undefined)?.[outer];
  return inner === undefined ? value : (value as Fields | undefined)?.[inner];
}

function written(service: HostService, field: string, value: unknown): HostService {
  const [outer = "", inner] = field.split(".");
  if (inner === undefined) return withField(service, outer, value) as HostService;
  return { ...service, dhcp: withField(service.dhcp ?? {}, inner, value) };
}

function withField(object: Fields, field: string, value: unknown): Fields {
  const { [field]: _, ...rest } = object;
  return value === undefined ? rest : { ...object, [field]: value };
}

const changedSince = ({ vnet, cidr }: HostService, said: string): Problem => ({
  code: "changed-since",
  severity: "error",
  at: [subnetKey(vnet, cidr)],
  message: `The host service of ${cidr} in ${vnet} ${said}`,
});
