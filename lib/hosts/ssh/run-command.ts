import type ssh2 from "ssh2";
import type { Failure } from "@/lib/core/failure";
import { err, ok, type Result } from "@/lib/core/result";
import { connect, type SshSignIn } from "./connection";
import { type Attempt, cutFailure, floodFailure, lateFailure, refusedFailure } from "./ssh-failure";

export interface Command {
  /** "put the host services of pve1", for messages. */
  readonly what: string;
  /** What the server is asked to run: one word where a forced command on the node reads it as a verb. */
  readonly verb: string;
  readonly stdin?: string;
  readonly write: boolean;
  /** For connecting and signing in, and again for the command. */
  readonly connectMs: number;
  readonly commandMs: number;
  readonly maxOutputBytes: number;
}

export interface CommandOutput {
  /** Exit status; 128 + signal where it was killed is not told apart: null then. */
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one command on a node and waits for its end. Whatever it exits with is an answer; a failure is that there is none.
 * A write is `unclear` from the moment the command was started. Never retries.
 */
export async function runCommand(target: SshSignIn, command: Command): Promise<Result<CommandOutput, Failure>> {
  const server = `${target.host}:${target.port}`;
  const { what, write } = command;
  const connected = await connect(target, { what, server, write, timeoutMs: command.connectMs });
  if (!connected.ok) return connected;
  try {
    return await execute(connected.value, command, { what, server, write, timeoutMs: command.commandMs });
  } finally {
    connected.value.destroy();
  }
}

function execute(client: ssh2.Client, command: Command, attempt: Attempt): Promise<Result<CommandOutput, Failure>> {
  return new Promise((resolve) => {
    let started = false;
    const timer = setTimeout(() => settle(err(lateFailure(attempt))), command.commandMs);
    const settle = (result: Result<CommandOutput, Failure>) => {
      clearTimeout(timer);
      resolve(result);
    };
    // Before the server took the command, nothing can have happened.
    const cut = () => settle(err(cutFailure(started ? attempt : { ...attempt, write: false })));
    client.once("close", cut);
    client.exec(command.verb, (error, channel) => {
      // The library's own text for "the connection went away while we waited" is the one that is no refusal.
      if (error?.message === "No response from server") return cut();
      if (error) return settle(err(refusedFailure(attempt)));
      started = true;
      collect(channel, command, attempt, settle, cut);
    });
  });
}

function collect(
  channel: ssh2.ClientChannel,
  command: Command,
  attempt: Attempt,
  settle: (result: Result<CommandOutput, Failure>) => void,
  cut: () => void,
): void {
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  let bytes = 0;
  let exit: number | null | undefined;
  const take = (list: Buffer[]) => (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > command.maxOutputBytes) settle(err(floodFailure(attempt, command.maxOutputBytes)));
    else list.push(chunk);
  };
  channel.on("data", take(out));
  channel.stderr.on("data", take(errors));
  channel.on("exit", (code: number | null) => {
    exit = code;
  });
  channel.on("close", () => {
    // Without an exit status the end of the output is that of the connection.
    if (exit === undefined) return cut();
    const text = (list: readonly Buffer[]) => Buffer.concat(list).toString("utf8");
    settle(ok({ exit, stdout: text(out), stderr: text(errors) }));
  });
  // The command may end without reading all of its input; what it exits with says more than the broken pipe.
  channel.on("error", () => undefined);
  channel.end(command.stdin ?? "");
}
