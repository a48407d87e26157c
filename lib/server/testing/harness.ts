import os from "node:os";
import path from "node:path";
import type { Failure } from "@/lib/core/failure";
import type { Result } from "@/lib/core/result";
import type { Store } from "@/lib/store/store";
import { assemble, type Context, provideContext } from "../context";
import { parseEnv } from "../env";
import type { Actor, Role } from "../views";

/** The value of a success; a failure fails the test with its message. */
export function must<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

/** The error of a failure; a success fails the test. */
export function mustFail(result: Result<unknown, Failure>): Failure {
  if (result.ok) throw new Error(`Unexpected success: ${JSON.stringify(result.value)}`);
  return result.error;
}

const actor = (role: Role): Actor => ({
  id: `test-${role}`,
  name: `Test ${role}`,
  email: `${role}@example.org`,
  role,
});
export const owner = actor("owner");
export const operator = actor("operator");
export const viewer = actor("viewer");

/** Puts a context around a store in place for the use cases, quiet and with a fixed key. */
export function provideStore(store: Store, parts: Partial<Context> = {}): Context {
  const env = parseEnv({
    // Never made: with a key given and the store opened already, nothing is written there.
    TRUNKLINE_DATA_DIR: path.join(os.tmpdir(), "trunkline-test-unused"),
    TRUNKLINE_SECRET_KEY: "a key for tests that has enough characters",
    TRUNKLINE_LOG_LEVEL: "silent",
  });
  if (!env.ok) throw new Error(env.error);
  const ctx = assemble(env.value, store, parts);
  provideContext(ctx);
  return ctx;
}
