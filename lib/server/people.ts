import { hashPassword, verifyPassword } from "better-auth/crypto";
import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { ok, type Result } from "@/lib/core/result";
import * as store from "@/lib/store/people";
import { appendAudit } from "./audit";
import { context } from "./context";
import { emailSchema, nameSchema, parseInput, passwordSchema, roleSchema } from "./input";
import { forbidden, missing, refused, rejected } from "./refusals";
import type { Actor, PersonView, Role } from "./views";

const MANAGE = "manage people";

/** Everybody with an account, the longest known first. */
export async function listPeople(actor: Actor): Promise<Result<readonly PersonView[], Failure>> {
  const no = forbidden(actor, "viewer", "see people");
  if (no) return no;
  const rows = await store.listPeople((await context()).db);
  return ok(
    rows.map(({ id, name, email, role, createdAt, lastSeenAt, disabled }) => ({
      id,
      name,
      email,
      role: role as Role,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt?.toISOString() ?? null,
      disabled,
    })),
  );
}

const personSchema = z.object({ name: nameSchema, email: emailSchema, role: roleSchema, password: passwordSchema });

/** Creates an account with a first password, which the owner hands over; no mail is sent. */
export async function createPerson(
  actor: Actor,
  input: z.input<typeof personSchema>,
): Promise<Result<{ readonly id: string }, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(personSchema, input);
  if (!parsed.ok) return parsed;
  const ctx = await context();
  const { password, ...person } = parsed.value;
  const id = await store.insertPerson(ctx.db, { ...person, passwordHash: await hashPassword(password) });
  if (id === null) return emailTaken(person.email);
  await appendAudit(ctx, actor, "person.create", `person/${id}`, person);
  return ok({ id });
}

/** The same refusal for setup, where the first owner is created. */
export const emailTaken = (email: string): Result<never, Failure> =>
  rejected(`There is an account for ${email} already.`, { email: `${email} has an account already.` });

export async function changeRole(
  actor: Actor,
  input: { readonly id: string; readonly role: Role },
): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(z.object({ id: z.string(), role: roleSchema }), input);
  return parsed.ok ? change(actor, parsed.value.id, { role: parsed.value.role }, "person.role") : parsed;
}

/** Ends somebody's access: sessions end now, signing in is refused. The account stays for the history. */
export async function disablePerson(actor: Actor, input: { readonly id: string }): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  return no ?? change(actor, input.id, { disabled: true }, "person.disable");
}

export async function enablePerson(actor: Actor, input: { readonly id: string }): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  return no ?? change(actor, input.id, { disabled: false }, "person.enable");
}

async function change(
  actor: Actor,
  id: string,
  to: { readonly role?: Role; readonly disabled?: boolean },
  action: string,
): Promise<Result<null, Failure>> {
  const ctx = await context();
  const person = await store.findPerson(ctx.db, id);
  if (!person) return missing("person");
  if (!(await store.updatePerson(ctx.db, id, to))) {
    return refused(
      `Could not change ${person.name}: nobody would be left who can sign in as owner.`,
      "Make somebody else owner first.",
    );
  }
  await appendAudit(ctx, actor, action, `person/${id}`, { ...to });
  return ok(null);
}

/** Gives somebody a new password and ends their sessions. */
export async function resetPassword(
  actor: Actor,
  input: { readonly id: string; readonly password: string },
): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(z.object({ id: z.string(), password: passwordSchema }), input);
  if (!parsed.ok) return parsed;
  const ctx = await context();
  if (!(await store.findPerson(ctx.db, parsed.value.id))) return missing("person");
  await store.setPassword(ctx.db, parsed.value.id, await hashPassword(parsed.value.password));
  await appendAudit(ctx, actor, "person.password", `person/${parsed.value.id}`);
  return ok(null);
}

const ownPasswordSchema = z.object({
  current: z.string().min(1, "Enter your password.").max(128),
  password: passwordSchema,
});

/** Changes the actor's own password after asking for the old one. Every session ends, this one too: sign in again. */
export async function changeOwnPassword(
  actor: Actor,
  input: z.input<typeof ownPasswordSchema>,
): Promise<Result<null, Failure>> {
  const parsed = parseInput(ownPasswordSchema, input);
  if (!parsed.ok) return parsed;
  const ctx = await context();
  const hash = await store.passwordHashOf(ctx.db, actor.id);
  if (hash === null) return refused("API tokens have no password to change.");
  if (!(await verifyPassword({ hash, password: parsed.value.current }))) {
    return rejected("The current password is wrong.", { current: "This is not your current password." });
  }
  await store.setPassword(ctx.db, actor.id, await hashPassword(parsed.value.password));
  await appendAudit(ctx, actor, "person.password", `person/${actor.id}`);
  return ok(null);
}
