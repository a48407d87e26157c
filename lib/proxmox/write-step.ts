import type { Failure } from "@/lib/core/failure";
import type { Entity } from "@/lib/core/plan/entity";
import { changedFields, describeStep, type Step } from "@/lib/core/plan/step";
import type { LockToken } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import type { Call, Http } from "./http";
import { read } from "./read";
import { objectPath, stepCall } from "./step-call";
import { toViews } from "./translate";
import { objectRowSchema } from "./wire";

/**
 * Sends one step. Under the lock nobody else can come in between. Without one (Proxmox VE 8) the object is read first:
 * it must still be as the step expects, and a change carries the digest of that moment, so that Proxmox itself refuses
 * it when the file was edited meanwhile. Only a change takes a digest; a removal is guarded by the reading alone.
 */
export async function writeStep(http: Http, step: Step, token: LockToken | null): Promise<Result<void, Failure>> {
  const call = stepCall(step, token);
  if (token !== null || step.op === "create") return done(await http.send(call));
  const seen = await readObject(http, step.before);
  if (!seen.ok) return seen;
  const { entity, digest } = seen.value;
  if (!entity || isOther(step.before, entity)) return err(changedMeanwhile(step));
  const guarded: Call =
    step.op === "update" && digest !== null ? { ...call, params: { ...call.params, digest } } : call;
  return done(await http.send(guarded));
}

/** A `mac` that was not asked for is Proxmox's own: it draws one for an EVPN zone (PVE::Network::SDN::Zones::EvpnPlugin). */
const isOther = (expected: Entity, found: Entity): boolean =>
  changedFields(expected.props, found.props).some(({ field, before }) => field !== "mac" || before !== null);

const changedMeanwhile = (step: Step): Failure => ({
  kind: "stale",
  retry: false,
  message: `Could not ${lower(describeStep(step))}: somebody else has changed it since the plan was made.`,
  next: "Plan again to see what changed.",
});

const lower = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

/** One object of the plain view with the digest of its file (which the views `pending` and `running` do not have). */
async function readObject(
  http: Http,
  { kind, id, props, ...entity }: Entity,
): Promise<Result<{ readonly entity: Entity | null; readonly digest: string | null }, Failure>> {
  const path = objectPath({ kind, id, props, ...entity });
  const row = await read(http, `read ${kind} ${id}`, path, objectRowSchema[kind]);
  if (!row.ok) return row;
  const { edited } = toViews(kind, row.value, { parent: String(props["vnet"] ?? "") });
  const digest = row.value["digest"];
  return ok({ entity: edited, digest: typeof digest === "string" ? digest : null });
}

const done = (result: Result<unknown, Failure>): Result<void, Failure> => (result.ok ? ok(undefined) : result);
