import { randomBytes } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { ok, type Result } from "@/lib/core/result";
import { sha256 } from "@/lib/store/json";
import { countOwners, firstOwner, insertPerson, setPassword } from "@/lib/store/people";
import * as store from "@/lib/store/setup-links";
import { appendAudit } from "./audit";
import { type Context, context } from "./context";
import { emailSchema, nameSchema, parseInput, passwordSchema } from "./input";
import { emailTaken } from "./people";
import { refused, rejected } from "./refusals";
import { signIn } from "./sign-in";
import type { SetupPurpose } from "./views";

const LINK_HOURS: Readonly<Record<SetupPurpose, number>> = { owner: 24, recovery: 1 };

/**
 * A fresh one-time link: to create the owner while there is none, else to give the owner a new password. The link
 * before it stops working. Whoever can ask for one already reads the server's own files.
 */
export async function createSetupLink(ctx: Context): Promise<string> {
  const purpose: SetupPurpose = (await countOwners(ctx.db)) === 0 ? "owner" : "recovery";
  const token = randomBytes(24).toString("base64url");
  const expiresAt = new Date(ctx.clock.now() + LINK_HOURS[purpose] * 3_600_000);
  await store.insertSetupLink(ctx.db, { hash: sha256(token), purpose, expiresAt });
  return `${ctx.env.publicUrl}/setup?token=${token}`;
}

const USED: Result<never, Failure> = refused(
  "The link does not work: it has been used, replaced by a newer one, or has expired.",
  "Restart the server for a fresh link, or run npm run sign-in-link on it.",
);

/** What a link is for. For recovery also whose password it renews. */
export async function readSetup(
  token: string,
): Promise<Result<{ readonly purpose: SetupPurpose; readonly email: string | null }, Failure>> {
  const ctx = await context();
  const link = await store.findSetupLink(ctx.db, sha256(token), new Date(ctx.clock.now()));
  if (!link) return USED;
  if (link.purpose === "recovery") {
    return ok({ purpose: "recovery", email: (await firstOwner(ctx.db))?.email ?? null });
  }
  return (await countOwners(ctx.db)) === 0 ? ok({ purpose: "owner", email: null }) : USED;
}

const ownerSchema = z.object({ name: nameSchema, email: emailSchema, password: passwordSchema });
const setupSchema = z.object({
  token: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
  password: passwordSchema,
});

/** Uses a link: creates the owner, or renews the owner's password; then signs in, in this request's answer. */
export async function completeSetup(input: unknown): Promise<Result<null, Failure>> {
  const parsed = parseInput(setupSchema, input);
  if (!parsed.ok) return parsed;
  const setup = await readSetup(parsed.value.token);
  if (!setup.ok) return setup;
  const done = setup.value.purpose === "owner" ? await createOwner(parsed.value) : await recoverOwner(parsed.value);
  return done.ok ? signIn({ email: done.value, password: parsed.value.password }) : done;
}

type Setup = z.output<typeof setupSchema>;

async function createOwner(input: Setup): Promise<Result<string, Failure>> {
  const parsed = parseInput(ownerSchema, input);
  if (!parsed.ok) return parsed;
  const ctx = await context();
  const { name, email, password } = parsed.value;
  const passwordHash = await hashPassword(password);
  if (!(await store.spendSetupLink(ctx.db, sha256(input.token), new Date(ctx.clock.now())))) return USED;
  const id = await insertPerson(ctx.db, { name, email, role: "owner", passwordHash });
  if (id === null) return emailTaken(email);
  await appendAudit(ctx, { id, name }, "person.create", `person/${id}`, { name, email, role: "owner" });
  return ok(email);
}

async function recoverOwner(input: Setup): Promise<Result<string, Failure>> {
  const ctx = await context();
  const owner = await firstOwner(ctx.db);
  if (!owner) return USED;
  if (input.email !== undefined && input.email !== "" && input.email.trim().toLowerCase() !== owner.email) {
    return rejected("This link is for another account.", { email: `The link is for ${owner.email}.` });
  }
  const passwordHash = await hashPassword(input.password);
  if (!(await store.spendSetupLink(ctx.db, sha256(input.token), new Date(ctx.clock.now())))) return USED;
  await setPassword(ctx.db, owner.id, passwordHash);
  await appendAudit(ctx, owner, "person.recover", `person/${owner.id}`);
  return ok(owner.email);
}
