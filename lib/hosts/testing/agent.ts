import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const AGENT = path.resolve("lib/hosts/agent/trunkline-host");
const missing = ["/usr/bin/python3", "/usr/sbin/dnsmasq"].filter((program) => !fs.existsSync(program));
/** For `describe.skipIf`: a missing part is a skip, unless everything must be there. */
export const withoutAgent = missing.length > 0 && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1";
export const agentReason = missing.length > 0 ? ` (skipped: needs ${missing.join(", ")})` : "";

/** What the agent said: its exit status and its answer, as far as the tests look at it. */
export interface Said {
  readonly exit: number | null;
  readonly stderr: string;
  readonly verb: string | null;
  readonly owner: string | null;
  readonly revision: number | null;
  readonly changes: readonly { what: string; object: string; action: string }[];
  readonly pending: readonly unknown[];
  readonly error: { readonly field: string; readonly reason: string; readonly fix: string } | null;
}

/** A node that is only a folder: the agent writes its files there and starts nothing (`--root`). */
export function folderNode() {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-node-"));
  const at = (file: string) => path.join(root, file);
  return {
    root,
    /** Starts a verb; `input` is sent as it is when it is text, else as JSON. */
    agent: (verb: string, input: unknown = "") => runAgent([verb, "--root", root], input),
    read: (file: string) => fs.readFileSync(at(file), "utf8"),
    write: (file: string, text: string) => {
      fs.mkdirSync(path.dirname(at(file)), { recursive: true });
      fs.writeFileSync(at(file), text);
    },
    /** Every file and folder with what is in it: two equal trees mean that nothing was touched. */
    tree: (): Record<string, string> => {
      const names = fs.readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
      return Object.fromEntries(names.map((name) => [name, content(at(name))]));
    },
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}

function content(file: string): string {
  const found = fs.lstatSync(file);
  if (found.isSymbolicLink()) return `-> ${fs.readlinkSync(file)}`;
  return found.isFile() ? `${(found.mode & 0o777).toString(8)} ${fs.readFileSync(file, "utf8")}` : "";
}

/** Starts the agent with these arguments. Throws when it prints anything but one JSON object. */
export function runAgent(argv: readonly string[], input: unknown = ""): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(AGENT, argv, { timeout: 20_000 });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (exit) => {
      try {
        resolve({ ...JSON.parse(stdout), exit, stderr });
      } catch {
        reject(new Error(`no answer: ${stdout}${stderr}`));
      }
    });
    // An agent that refuses may close its input before everything is read.
    child.stdin.on("error", () => undefined);
    child.stdin.end(typeof input === "string" || Buffer.isBuffer(input) ? input : JSON.stringify(input));
  });
}
