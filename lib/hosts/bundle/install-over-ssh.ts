import type { Failure } from "@/lib/core/failure";
import { err, ok, type Result } from "@/lib/core/result";
import type { SshSignIn } from "../ssh/connection";
import { runCommand } from "../ssh/run-command";
import type { Script } from "./install-script";

const CONNECT_MS = 10_000;
/** Reloading systemd on a node that is busy takes a while; nothing is downloaded. */
const INSTALL_MS = 120_000;
const MAX_LOG_BYTES = 256 * 1024;

/**
 * Runs an install script on a node as the person would: signed in once, with what is forgotten afterwards. The script goes
 * through standard input, so nothing of it lies around there. Gives what the script said.
 */
export async function installOverSsh(target: SshSignIn, script: Script): Promise<Result<string, Failure>> {
  const what = `install the agent on ${target.node}`;
  const run = await runCommand(target, {
    ...{ what, verb: "sh -s", stdin: script.text, write: true },
    ...{ connectMs: CONNECT_MS, commandMs: INSTALL_MS, maxOutputBytes: MAX_LOG_BYTES },
  });
  if (!run.ok) return err(inOwnWords(run.error, target));
  const { exit, stdout, stderr } = run.value;
  const log = `${stderr}${stdout}`.trim();
  if (exit === 0) return ok(log);
  return err({
    kind: "refused",
    message: `Could not ${what}: ${reasonIn(log)}`,
    retry: true,
    ...(log === "" ? {} : { detail: log.slice(-4_000) }),
    next: "Put right what the script names, then install again; what is done already is left as it is.",
  });
}

/** The script says why it stops in its last line. */
function reasonIn(log: string): string {
  const last = log.split("\n").at(-1)?.trim() ?? "";
  if (last === "") return "the script ended without a word.";
  return /[.!?]$/.test(last) ? last : `${last}.`;
}

/** The general words blame the key that the script has yet to put in place. */
function inOwnWords(failure: Failure, { user, host, port }: SshSignIn): Failure {
  if (failure.kind !== "unauthorized") return failure;
  return {
    ...failure,
    message: `Could not sign in as ${user} at ${host}:${port}: it was not accepted. Nothing was sent to the node.`,
    next: "Check the password, or the key and its passphrase, and that the node's SSH server lets this user sign in that way (PermitRootLogin).",
  };
}
