import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { ok, type Result } from "@/lib/core/result";
import { rejected } from "./refusals";

/** Parses what came from outside; the failure names every wrong field with its reason. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): Result<T, Failure> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const place = issue.path.length > 0 ? issue.path.map(String).join(".") : "input";
    fields[place] ??= issue.message;
  }
  const named = Object.entries(fields).map(([field, reason]) => `${field}: ${reason}`);
  return rejected(`The input is not usable. ${named.join("; ")}`, fields);
}

/** A name people give: trimmed, one line, at most 80 characters. */
export const nameSchema = z
  .string("Enter a name.")
  .trim()
  .min(1, "Enter a name.")
  .max(80, "Use at most 80 characters.")
  .regex(/^[^\p{Cc}]*$/u, "Use one line without control characters.");

export const emailSchema = z
  .string("Enter an e-mail address.")
  .trim()
  .toLowerCase()
  .max(254, "Use at most 254 characters.")
  .pipe(z.email("Enter an e-mail address like anna@example.org."));

// Length is what makes a password strong (NIST SP 800-63B); the upper bound keeps hashing cheap.
export const passwordSchema = z
  .string("Enter a password.")
  .min(12, "Use at least 12 characters.")
  .max(128, "Use at most 128 characters.");

export const roleSchema = z.enum(["owner", "operator", "viewer"], "Choose owner, operator or viewer.");
export const policySchema = z.enum(["direct", "review"], "Choose direct or review.");
