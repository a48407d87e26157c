import type { Failure } from "@/lib/core/failure";
import { err, type Result } from "@/lib/core/result";
import type { Actor, Role } from "./views";

/** The refusals of the use cases, each in one place, so that they read alike everywhere. */

const RANK: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, owner: 2 };
const PLURAL: Readonly<Record<Role, string>> = { viewer: "Viewers", operator: "Operators", owner: "Owners" };

/** null when the actor's role is at least `role`; otherwise the refusal. `doing` completes "… cannot". */
export function forbidden(actor: Actor, role: Role, doing: string): Result<never, Failure> | null {
  if (RANK[actor.role] >= RANK[role]) return null;
  return err({
    kind: "forbidden",
    retry: false,
    message: `${PLURAL[actor.role]} cannot ${doing}.`,
    next: `Ask ${role === "owner" ? "an owner" : "an operator or an owner"}.`,
  });
}

/** `what` is "layout", "plan", … */
export const missing = (what: string): Result<never, Failure> =>
  err({ kind: "refused", retry: false, message: `The ${what} does not exist; it may have been removed.` });

export const refused = (message: string, next?: string): Result<never, Failure> =>
  err({ kind: "refused", retry: false, message, ...(next === undefined ? {} : { next }) });

/** Bad input: field name → reason and fix. */
export const rejected = (message: string, fields: Readonly<Record<string, string>>): Result<never, Failure> =>
  err({ kind: "rejected", retry: false, message, fields });
