import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { ok, type Result } from "@/lib/core/result";
import * as store from "@/lib/store/api-tokens";
import { sha256 } from "@/lib/store/json";
import { appendAudit } from "./audit";
import { context } from "./context";
import { nameSchema, parseInput, roleSchema } from "./input";
import { forbidden, missing } from "./refusals";
import type { Actor, Role, TokenView } from "./views";

const MANAGE = "manage API tokens";
const PREFIX = "tl_";

/** The API tokens in use, newest first; never their secrets, of which only hashes are kept. */
export async function listTokens(actor: Actor): Promise<Result<readonly TokenView[], Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const rows = await store.listApiTokens((await context()).db);
  return ok(
    rows.map(({ id, name, role, createdBy, createdAt, lastUsedAt }) => ({
      id,
      name,
      role: role as Role,
      createdBy,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
  );
}

/** Creates an API token. `secret` is shown this once and cannot be read again. */
export async function createToken(
  actor: Actor,
  input: { readonly name: string; readonly role: Role },
): Promise<Result<{ readonly id: string; readonly secret: string }, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(z.object({ name: nameSchema, role: roleSchema }), input);
  if (!parsed.ok) return parsed;
  const ctx = await context();
  const secret = `${PREFIX}${randomBytes(32).toString("base64url")}`;
  const id = await store.insertApiToken(ctx.db, { ...parsed.value, hash: sha256(secret), createdBy: actor.name });
  await appendAudit(ctx, actor, "token.create", `token/${id}`, parsed.value);
  return ok({ id, secret });
}

export async function revokeToken(actor: Actor, input: { readonly id: string }): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const ctx = await context();
  if (!(await store.revokeApiToken(ctx.db, input.id, new Date(ctx.clock.now())))) return missing("token");
  await appendAudit(ctx, actor, "token.revoke", `token/${input.id}`);
  return ok(null);
}

/** Who an API token speaks for, or null when it is unknown or revoked. */
export async function actorOfToken(secret: string): Promise<Actor | null> {
  if (!secret.startsWith(PREFIX)) return null;
  const ctx = await context();
  const token = await store.readApiToken(ctx.db, sha256(secret), new Date(ctx.clock.now()));
  return token && { id: `token/${token.id}`, name: token.name, email: "", role: token.role as Role };
}
