import { type ChildProcess, spawn } from "node:child_process";
import net from "node:net";
import { createKeyPair } from "../ssh/key-pair";
import type { Lab } from "./lab";

export interface LabSshd {
  /** On this machine's loopback address. */
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * The SSH server of the lab's node as Debian sets it up, PAM and strict modes included, reached from here: each connection is
 * handed to an `sshd -i` within. `settings` are lines of sshd_config that come before the usual ones.
 */
export async function startLabSshd(lab: Lab, settings: readonly string[]): Promise<LabSshd> {
  const config = [...settings, "UsePAM yes", "PermitRootLogin yes", "HostKey /run/lab-host-key", "LogLevel ERROR"];
  lab.sh("mkdir -p -m 755 /run/sshd; cat > /run/lab-sshd.conf", `${config.join("\n")}\n`);
  lab.sh("[ -e /run/lab-host-key ] || (umask 077; cat > /run/lab-host-key)", createKeyPair("host@lab").privateKey);
  const [program = "", ...words] = lab.enter;
  const servers = new Set<ChildProcess>();
  // Paused: whatever the client says is for the server to read, which gets the very socket.
  const listener = net.createServer({ pauseOnConnect: true }, (socket) => {
    const server = spawn(program, [...words, "/usr/sbin/sshd", "-i", "-f", "/run/lab-sshd.conf"], {
      stdio: [socket, socket, "ignore"],
    });
    socket.destroy();
    servers.add(server);
    server.once("exit", () => servers.delete(server));
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    stop: async () => {
      for (const server of servers) server.kill();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
