import type * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { err, type Result } from "@/lib/core/result";
import { parseInput } from "./input";
import { currentActor } from "./session";
import type { Actor } from "./views";

/**
 * Makes a server action: who, what, go. A server action is a public POST endpoint, so the session is asked first and
 * the input parsed, whatever the page would have sent. Bad input comes back as a `rejected` failure with its fields.
 */
export function defineAction<Input, Output>(
  schema: z.ZodType<Input>,
  run: (input: Input, actor: Actor) => Promise<Result<Output, Failure>>,
): (input: unknown) => Promise<Result<Output, Failure>> {
  return async (input) => {
    const actor = await currentActor();
    if (!actor) return err(SIGNED_OUT);
    const parsed = parseInput(schema, input);
    return parsed.ok ? run(parsed.value, actor) : parsed;
  };
}

export const SIGNED_OUT: Failure = {
  kind: "unauthorized",
  retry: false,
  message: "You are not signed in, or your session has ended.",
  next: "Sign in and try again.",
};
