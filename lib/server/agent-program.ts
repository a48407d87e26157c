import fs from "node:fs";
import path from "node:path";
import { readAgentFiles } from "@/lib/hosts/bundle/agent-files";

/** The programs that run on nodes, as they come with this version. */
const ROOT = path.join(/* turbopackIgnore: true */ process.cwd());

export const agentFiles = () => readAgentFiles(ROOT);

let version: string | null = null;

/** Version of the agent that comes with this version; it is written in the agent itself and nowhere else. */
export function agentVersion(): string {
  if (version === null) {
    const text = fs.readFileSync(path.join(/* turbopackIgnore: true */ ROOT, "lib/hosts/agent/trunkline-host"), "utf8");
    version = /^VERSION = "([^"]+)"$/m.exec(text)?.[1] ?? "unknown";
  }
  return version;
}
