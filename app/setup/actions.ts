"use server";

import { redirect } from "next/navigation";
import type { Failure } from "@/lib/core/failure";
import type { Result } from "@/lib/core/result";
import { completeSetup } from "@/lib/server/setup";

/** Uses the one-time link, signs in and goes to the start; comes back only with a failure. */
export async function finish(input: unknown): Promise<Result<null, Failure>> {
  const outcome = await completeSetup(input);
  if (outcome.ok) redirect("/");
  return outcome;
}
