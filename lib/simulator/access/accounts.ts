import type { Grant } from "@/lib/simulator/access/privileges";

/** An API token of a scene. */
export interface TokenAccount {
  /** `user@realm!name`. */
  readonly id: string;
  readonly secret: string;
  readonly grants: readonly Grant[];
}

/** A user of a scene who may sign in with a password. */
export interface PasswordAccount {
  /** `user@realm`. */
  readonly user: string;
  readonly password: string;
  readonly grants: readonly Grant[];
}

/** Who makes a request. */
export interface Caller {
  /** `user@realm`, or `user@realm!name` for a token. */
  readonly id: string;
  /** `user@realm`. */
  readonly user: string;
  readonly tokenName: string | undefined;
  readonly grants: readonly Grant[];
}

/** The caller behind an account identifier. */
export function callerFrom(id: string, grants: readonly Grant[]): Caller {
  const [user = "", tokenName] = id.split("!");
  return { id, user, tokenName, grants };
}
