import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import ssh2 from "ssh2";
import { z } from "zod";

const fileSchema = z.object({
  /** Lines of authorized_keys: the keys that may start the agents' verbs. */
  authorizedKeys: z.array(z.string()),
  nodes: z.record(
    z.string(),
    z.object({
      /** 0 takes any free port. */
      port: z.number().int().min(0).max(65_535),
      /** The private host key in a format of OpenSSH. */
      hostKey: z.string(),
    }),
  ),
});

/** How the simulated nodes are reached over SSH, and who may come in. */
export type AgentsFile = z.infer<typeof fileSchema>;

/** A private key, in OpenSSH's format. The library now and then writes one that it cannot read itself. */
export function makeHostKey(): string {
  for (;;) {
    const { private: key } = ssh2.utils.generateKeyPairSync("ed25519");
    if (!(ssh2.utils.parseKey(key) instanceof Error)) return key;
  }
}

/** Whether a line is a key that can be let in. */
export const isPublicKey = (line: string): boolean => {
  const read = ssh2.utils.parseKey(line);
  return !(read instanceof Error) && !Array.isArray(read) && !read.isPrivateKey();
};

/** Reads the file; nothing when there is none, one sentence when it cannot be used. */
export function readAgentsFile(
  path: string,
): { readonly agents: AgentsFile | undefined } | { readonly problem: string } {
  if (!existsSync(path)) return { agents: undefined };
  const problem = `The file of agents ${path} is damaged; move it away to start with new host keys.`;
  try {
    const read = fileSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
    const whole = read.success && read.data.authorizedKeys.every(isPublicKey);
    return whole ? { agents: read.data } : { problem };
  } catch {
    return { problem };
  }
}

/** Writes the file whole, readable by its owner only. */
export function writeAgentsFile(path: string, agents: AgentsFile): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${randomUUID()}.tmp`;
  writeFileSync(fresh, `${JSON.stringify(agents)}\n`, { mode: 0o600 });
  renameSync(fresh, path);
}
