import { APIError } from "better-auth";
import { headers } from "next/headers";
import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { err, ok, type Result } from "@/lib/core/result";
import { auth } from "./auth";
import { emailSchema, parseInput } from "./input";

const signInSchema = z.object({ email: emailSchema, password: z.string().min(1, "Enter your password.").max(128) });

/**
 * Signs in with e-mail and password and sets the session cookie of this request's answer. The refusal does not say
 * whether the address or the password was wrong. Limited to 10 attempts per address within five minutes.
 */
export async function signIn(input: unknown): Promise<Result<null, Failure>> {
  const parsed = parseInput(signInSchema, input);
  if (!parsed.ok) return parsed;
  try {
    await (await auth()).api.signInEmail({ body: parsed.value, headers: await headers() });
    return ok(null);
  } catch (cause) {
    if (!(cause instanceof APIError)) throw cause;
    return err({ kind: "unauthorized", retry: cause.statusCode === 429, message: wordsFor(cause) });
  }
}

/** Ends the session of this request and removes its cookie. */
export async function signOut(): Promise<void> {
  await (await auth()).api.signOut({ headers: await headers() });
}

const wordsFor = (cause: APIError): string =>
  cause.statusCode === 401 ? "The e-mail address or the password is wrong." : cause.message;
