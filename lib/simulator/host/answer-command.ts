import type ssh2 from "ssh2";
import type { ControlDesk } from "@/lib/simulator/control/control-endpoints";
import type { HostAgent, Said } from "@/lib/simulator/host/agent";

const slowMilliseconds = 2000;
/** One byte more than an agent reads, so that it sees that there is too much. */
const maxInputBytes = 1024 * 1024 + 1;

interface Conversation {
  readonly client: ssh2.Connection;
  accept(): ssh2.ServerChannel;
  reject(): void;
}

/** Standard input to its end; of what is too long, as much as tells so. */
function readInput(channel: ssh2.ServerChannel): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Not by iteration, which would close the channel at the end of its input.
  channel.on("data", (chunk: Buffer) => {
    if (bytes < maxInputBytes) chunks.push(chunk);
    bytes += chunk.length;
  });
  return new Promise((resolve) => {
    const done = () => resolve(Buffer.concat(chunks).subarray(0, maxInputBytes));
    channel.once("end", done);
    channel.once("close", done);
  });
}

/** Half of an answer, and the end of the connection once that has gone out. */
function breakOff(channel: ssh2.ServerChannel, client: ssh2.Connection, stdout: string): void {
  channel.write(stdout.slice(0, Math.floor(stdout.length / 2)), () => client.end());
}

function finish(channel: ssh2.ServerChannel, { exit, stdout, stderr }: Said): void {
  if (stderr !== "") channel.stderr.write(stderr);
  channel.write(stdout);
  if (exit === null) channel.exit("KILL");
  else channel.exit(exit);
  channel.end();
}

/**
 * Answers one command on a node as sshd with the agent's forced command does, unless a fault strikes: for faults a command
 * is a request of the method `SSH` to `/nodes/NODE/VERB`.
 */
export async function answerCommand(
  { cluster, faults, journal }: ControlDesk,
  agent: HostAgent,
  { node, command }: { readonly node: string; readonly command: string },
  { client, accept, reject }: Conversation,
): Promise<void> {
  const path = `/nodes/${node}/${command}`;
  const fault = faults.strike("SSH", path);
  const noted = (status: number) => journal.add({ method: "SSH", path, parameters: {}, account: "trunkline", status });
  if (fault?.how === "unheard") {
    noted(0);
    client.end();
    return;
  }
  if (fault?.how === "403") {
    noted(403);
    reject();
    return;
  }
  const channel = accept();
  channel.on("error", () => undefined);
  const input = await readInput(channel);
  if (fault?.how === "hang") {
    noted(0);
    return;
  }
  const { generation } = cluster;
  if (fault?.how === "slow") await cluster.surroundings.sleep(fault.milliseconds ?? slowMilliseconds);
  if (cluster.generation !== generation) {
    client.end();
    return;
  }
  if (fault?.how === "500") {
    noted(500);
    const error = {
      field: "",
      reason: "nft: Operation not supported",
      fix: "Look into the log: journalctl -u trunkline-host.",
    };
    const head = { schema: 1, agent: "1.0.0", node, owner: null, revision: null, changes: [], pending: [], error };
    const asked = { verb: command, atMs: cluster.surroundings.now() };
    finish(channel, { exit: 1, stdout: `${JSON.stringify({ ...head, ...asked })}\n`, stderr: "" });
    return;
  }
  const said = agent.run(command, input, fault?.how === "die");
  noted(said.exit ?? 0);
  switch (fault?.how) {
    case "unanswered":
      client.end();
      return;
    case "reset":
      breakOff(channel, client, said.stdout);
      return;
    case "bad-json":
      finish(channel, { ...said, stdout: said.stdout.slice(0, -3) });
      return;
    case "empty":
      finish(channel, { ...said, stdout: "" });
      return;
    default:
      finish(channel, said);
  }
}
