import { randomUUID } from "node:crypto";
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { savedStateSchema } from "@/lib/simulator/cluster/saved-state";

const fileSchema = z.object({
  state: savedStateSchema,
  /** Kept so that a pinned fingerprint stays right. */
  certificate: z.object({ key: z.string(), cert: z.string(), fingerprint: z.string() }).optional(),
});

/** The contents of a state file. */
export type StateFileContents = z.infer<typeof fileSchema>;

/** Reads a state file. Nothing when there is none; one sentence when it cannot be used. */
export function readStateFile(
  path: string,
  scene: string,
): { readonly contents: StateFileContents | undefined } | { readonly problem: string } {
  if (!existsSync(path)) return { contents: undefined };
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return { problem: `The state file ${path} is damaged; move it away to start with an empty cluster.` };
  }
  const read = fileSchema.safeParse(parsed);
  if (!read.success)
    return { problem: `The state file ${path} is not one of this simulator; name another file or move it away.` };
  if (read.data.state.scene !== scene)
    return { problem: `The state file ${path} belongs to the scene ${read.data.state.scene}, not to ${scene}.` };
  return { contents: read.data };
}

/** Writes a state file whole: a new file beside it, flushed, then moved over the old one. Readable by its owner only. */
export function writeStateFile(path: string, contents: StateFileContents): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${randomUUID()}.tmp`;
  const file = openSync(fresh, "w", 0o600);
  try {
    writeSync(file, JSON.stringify(contents));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, path);
}
