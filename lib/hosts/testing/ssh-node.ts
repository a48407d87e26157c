import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Sshd, startSshd } from "./sshd";

/** A node that is a folder, reached over real SSH: the real agent and the real cleaner behind a forced command. */
export interface SshNode extends Sshd {
  /** The name the agent gives: this machine's. */
  readonly name: string;
  /** A file of the node. */
  readonly at: (file: string) => string;
}

const HOSTS = path.resolve("lib/hosts");

export async function startSshNode(): Promise<SshNode> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-ssh-node-"));
  const server = await startSshd(`
case "$SSH_ORIGINAL_COMMAND" in
  put|plan|apply|status|remove|version) exec ${HOSTS}/agent/trunkline-host "$SSH_ORIGINAL_COMMAND" --root ${root} ;;
  seed-scan) exec ${HOSTS}/seed/trunkline-seed --root ${root} scan ;;
  seed-remove) exec ${HOSTS}/seed/trunkline-seed --root ${root} remove ;;
  *) exit 126 ;;
esac`);
  return {
    ...server,
    name: os.hostname().split(".")[0] ?? "",
    at: (file) => path.join(root, file),
    stop: async () => {
      await server.stop();
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
}
