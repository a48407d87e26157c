import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Sshd, startSshd } from "./sshd";

/**
 * A node that is a folder, reached over real SSH: the real agent and the real cleaner behind a forced command, and for
 * `sh -s` a shell that gives whatever script it gets `--root`.
 */
export interface SshNode extends Sshd {
  /** The name the agent gives: this machine's. */
  readonly name: string;
  /** A file of the node. */
  readonly at: (file: string) => string;
  /** Lets the key in whose line the install script has put on the node, or these lines, to the agent's verbs. */
  readonly letIn: (publicKey?: string) => void;
}

const HOSTS = path.resolve("lib/hosts");

export async function startSshNode(): Promise<SshNode> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-ssh-node-"));
  // The cleaner looks at the running machine with programs it finds by PATH: this one has none of them.
  const bin = path.join(root, "bin");
  fs.mkdirSync(bin);
  fs.writeFileSync(path.join(bin, "systemctl"), "#!/bin/sh\n", { mode: 0o755 });
  const server = await startSshd(`
case "$SSH_ORIGINAL_COMMAND" in
  put|plan|apply|status|remove|version) exec ${HOSTS}/agent/trunkline-host "$SSH_ORIGINAL_COMMAND" --root ${root} ;;
  seed-scan) PATH=${bin} exec /usr/bin/python3 ${HOSTS}/seed/trunkline-seed --root ${root} scan ;;
  seed-remove) PATH=${bin} exec /usr/bin/python3 ${HOSTS}/seed/trunkline-seed --root ${root} remove ;;
  "sh -s") exec sh -s -- --root ${root} ;;
  *) exit 126 ;;
esac`);
  const at = (file: string): string => path.join(root, file);
  return {
    ...server,
    name: os.hostname().split(".")[0] ?? "",
    at,
    letIn: (publicKey) => {
      const line = publicKey ?? fs.readFileSync(at("var/lib/trunkline-ssh/.ssh/authorized_keys"), "utf8");
      const key = /ssh-ed25519 \S+/.exec(line)?.[0] ?? "";
      const forced = path.join(server.folder, "forced");
      fs.appendFileSync(path.join(server.folder, "authorized_keys"), `restrict,command="${forced}" ${key}\n`);
    },
    stop: async () => {
      await server.stop();
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
}
