import type { Failure } from "@/lib/core/failure";
import type { Hosts } from "@/lib/core/ports";
import type { Result } from "@/lib/core/result";
import { installOverSsh } from "@/lib/hosts/bundle/install-over-ssh";
import type { Script } from "@/lib/hosts/bundle/install-script";
import { createHosts } from "@/lib/hosts/hosts";
import { type HostKey, readHostKey, type SshAddress, type SshSignIn, type SshTarget } from "@/lib/hosts/ssh/connection";

const LOOK_MS = 10_000;

/** What the use cases ask of the nodes over SSH; tests put their own in its place. */
export interface HostAccess {
  /** `targetOf` says how to reach a node's agent, null where there is none. */
  connect(targetOf: (node: string) => SshTarget | null): Hosts;
  /** The key a server shows, before anything is sent to it. */
  readHostKey(address: SshAddress): Promise<Result<HostKey, Failure>>;
  /** Runs an install script, signed in once; gives what it said. */
  install(target: SshSignIn, script: Script): Promise<Result<string, Failure>>;
}

export const hostsOverSsh: HostAccess = {
  connect: createHosts,
  readHostKey: (address) => readHostKey(address, LOOK_MS),
  install: installOverSsh,
};
