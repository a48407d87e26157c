import { readFile } from "node:fs/promises";
import path from "node:path";

/** A file of the agent with its place on a node. */
export interface AgentFile {
  readonly target: string;
  /** Octal, as chmod takes it. */
  readonly mode: string;
  readonly content: Buffer;
}

/** Where each file comes from within lib/hosts, where it goes, and with which mode. */
const PLACES: readonly (readonly [source: string, target: string, mode: string])[] = [
  ["agent/trunkline-host", "/usr/local/sbin/trunkline-host", "0755"],
  ["agent/trunkline-host-ssh", "/usr/local/sbin/trunkline-host-ssh", "0755"],
  ["seed/trunkline-seed", "/usr/local/sbin/trunkline-seed", "0755"],
  ["agent/trunkline-host.service", "/etc/systemd/system/trunkline-host.service", "0644"],
  ["agent/trunkline-table.service", "/etc/systemd/system/trunkline-table.service", "0644"],
  ["agent/trunkline-host.timer", "/etc/systemd/system/trunkline-host.timer", "0644"],
  ["agent/trunkline-dhcp@.service", "/etc/systemd/system/trunkline-dhcp@.service", "0644"],
  ["agent/if-up", "/etc/network/if-up.d/trunkline", "0755"],
];

/** The agent as it is shipped with this version. `root` is the folder of the program. */
export function readAgentFiles(root: string): Promise<readonly AgentFile[]> {
  return Promise.all(
    PLACES.map(async ([source, target, mode]) => ({
      target,
      mode,
      content: await readFile(path.join(/* turbopackIgnore: true */ root, "lib/hosts", source)),
    })),
  );
}
