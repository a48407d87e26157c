"use server";

import { redirect } from "next/navigation";
import type { Failure } from "@/lib/core/failure";
import type { Result } from "@/lib/core/result";
import { signIn } from "@/lib/server/sign-in";

/** Signs in and goes to the start; comes back only with a failure. */
export async function enter(input: unknown): Promise<Result<null, Failure>> {
  const outcome = await signIn(input);
  if (outcome.ok) redirect("/");
  return outcome;
}
