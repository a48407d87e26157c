import type { ControlDesk } from "@/lib/simulator/control/control-endpoints";
import { type AgentsFile, isPublicKey, makeHostKey } from "@/lib/simulator/host/agents-file";
import { listenAsNode, type SshNode } from "@/lib/simulator/host/ssh-node";

/** Where a node's agent is reached. */
export interface AgentAddress {
  readonly node: string;
  readonly port: number;
  readonly fingerprint: string;
}

/** The SSH servers of a cluster's nodes. */
export interface NodeAgents {
  readonly addresses: readonly AgentAddress[];
  /** Lets one more key in, as its line of authorized_keys on every node would; one sentence when it is no key. */
  authorize(line: string): string | undefined;
  /** What a later start needs to be found at the same place. */
  toFile(): AgentsFile;
  close(): Promise<void>;
}

/** Starts an SSH server for each node. Rejects with the system's error when a port cannot be had. */
export async function startAgents(desk: ControlDesk, given: AgentsFile): Promise<NodeAgents> {
  const authorizedKeys = [...given.authorizedKeys];
  const servers: (SshNode & { readonly node: string; readonly hostKey: string })[] = [];
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
  };
  try {
    for (const node of desk.cluster.scene.nodes) {
      const { port, hostKey } = given.nodes[node.name] ?? { port: 0, hostKey: makeHostKey() };
      const server = await listenAsNode(desk, node, { port, hostKey, authorizedKeys: () => authorizedKeys });
      servers.push({ ...server, node: node.name, hostKey });
    }
  } catch (cause) {
    await close();
    throw cause;
  }
  return {
    addresses: servers.map(({ node, port, fingerprint }) => ({ node, port, fingerprint })),
    authorize: (line) => {
      if (!isPublicKey(line)) return "host, authorize: give one line of authorized_keys, without options";
      authorizedKeys.push(line);
      return undefined;
    },
    toFile: () => ({
      authorizedKeys,
      nodes: Object.fromEntries(servers.map(({ node, port, hostKey }) => [node, { port, hostKey }])),
    }),
    close,
  };
}
