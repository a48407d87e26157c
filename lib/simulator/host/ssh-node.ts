import { createHash } from "node:crypto";
import { createServer, type Socket } from "node:net";
import ssh2 from "ssh2";
import type { ControlDesk } from "@/lib/simulator/control/control-endpoints";
import { HostAgent } from "@/lib/simulator/host/agent";
import { makeHostKey } from "@/lib/simulator/host/agents-file";
import { answerCommand } from "@/lib/simulator/host/answer-command";
import type { SceneNode } from "@/lib/simulator/scenes/scene";

/** The user that the install script makes on a node. */
const user = "trunkline";

/** A node's SSH server, listening on the loopback address. */
export interface SshNode {
  readonly port: number;
  /** `SHA256:…` of the host key, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  close(): Promise<void>;
}

function fingerprintOf(hostKey: string): string {
  const key = ssh2.utils.parseKey(hostKey);
  if (key instanceof Error || Array.isArray(key)) throw new Error("a host key cannot be read");
  return `SHA256:${createHash("sha256").update(key.getPublicSSH()).digest("base64").replace(/=+$/, "")}`;
}

/** Whether the client has one of the keys: it names one, and then signs with it. */
function letsIn(context: ssh2.AuthContext, authorizedKeys: readonly string[]): boolean {
  if (context.method !== "publickey" || context.username !== user) return false;
  for (const line of authorizedKeys) {
    const key = ssh2.utils.parseKey(line);
    if (key instanceof Error || Array.isArray(key) || !key.getPublicSSH().equals(context.key.data)) continue;
    if (context.signature === undefined || context.blob === undefined) return true;
    return key.verify(context.blob, context.signature, context.hashAlgo) === true;
  }
  return false;
}

/** What one connection may do: its key's forced command, and nothing else. */
function serve(desk: ControlDesk, agent: HostAgent, node: SceneNode, authorizedKeys: () => readonly string[]) {
  return (client: ssh2.Connection) => {
    client.on("authentication", (context) =>
      letsIn(context, authorizedKeys()) ? context.accept() : context.reject(["publickey"]),
    );
    client.on("session", (accept) => {
      const session = accept();
      session.on("exec", (acceptExec, rejectExec, { command }) => {
        const request = { node: node.name, command };
        answerCommand(desk, agent, request, { client, accept: acceptExec, reject: rejectExec }).catch(
          (cause: unknown) => {
            // A defect of the simulator itself: say so where it runs, and end like any broken server.
            console.error(cause);
            client.end();
          },
        );
      });
    });
    // Stays on: an error without a listener would end the process. Clients may come and go as they like.
    client.on("error", () => undefined);
  };
}

/** Opens a node's SSH server. Rejects with the system's error, for example `EADDRINUSE`. */
export function listenAsNode(
  desk: ControlDesk,
  node: SceneNode,
  { port, hostKey, authorizedKeys }: { port: number; hostKey: string; authorizedKeys: () => readonly string[] },
): Promise<SshNode> {
  const { cluster } = desk;
  const onClient = serve(desk, new HostAgent(cluster, node), node, authorizedKeys);
  const usual = new ssh2.Server({ hostKeys: [hostKey] }, onClient);
  const reinstalled = new ssh2.Server({ hostKeys: [makeHostKey()] }, onClient);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    if (cluster.isOffline(node.name)) {
      socket.resetAndDestroy();
      return;
    }
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    (cluster.flags.has(`other-host-key-${node.name}`) ? reinstalled : usual).injectSocket(socket);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      resolve({
        port: typeof address === "object" && address !== null ? address.port : port,
        fingerprint: fingerprintOf(hostKey),
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}
