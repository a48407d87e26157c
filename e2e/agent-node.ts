import { execFile, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import ssh2 from "ssh2";
import { readHostKey } from "@/lib/hosts/ssh/connection";
import { createKeyPair } from "@/lib/hosts/ssh/key-pair";

const HOSTS = path.resolve("lib/hosts");
const missing = ["/usr/bin/python3", "/usr/sbin/dnsmasq"].filter((program) => !fs.existsSync(program));
/** Why there can be no such node here; null when there can. */
export const noAgentNode =
  missing.length > 0 && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1" ? `needs ${missing.join(", ")}` : null;

/**
 * A node that is a folder behind an SSH server: the real agent, cleaner and install script write there and start nothing.
 * Root gets in by `password`; the key that the install script has let in gets the agent's verbs and nothing else.
 */
export interface AgentNode {
  readonly password: string;
  readonly port: number;
  readonly at: (file: string) => string;
  /** As the node's own console prints it. */
  readonly fingerprint: () => Promise<string>;
  /** What a command prints that root runs on the node itself; `ROOT` in it is the node's folder. */
  readonly console: (command: string) => Promise<string>;
  /** Stops listening and ends all connections; `start` comes back at the same port. */
  readonly stop: () => Promise<void>;
  readonly start: (options?: { readonly newHostKey: boolean }) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** `name` is what the node calls itself; the agent alone would give this machine's. */
export async function startAgentNode(name: string): Promise<AgentNode> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-agent-node-"));
  const at = (file: string): string => path.join(root, file);
  fs.mkdirSync(at("bin"));
  fs.writeFileSync(at("bin/systemctl"), "#!/bin/sh\n", { mode: 0o755 });
  const password = "once and never again";
  let hostKey = createKeyPair("host").privateKey;
  let port = 0;
  let server: ssh2.Server | null = null;
  const open = new Set<ssh2.Connection>();

  const letIn = (): string => {
    const file = at("var/lib/trunkline-ssh/.ssh/authorized_keys");
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  };
  const connected = (client: ssh2.Connection): void => {
    let mayInstall = false;
    open.add(client);
    client.on("close", () => open.delete(client));
    client.on("error", () => undefined);
    client.on("authentication", (auth) => {
      const known = auth.method === "publickey" && letIn().includes(auth.key.data.toString("base64"));
      mayInstall = auth.method === "password" && auth.username === "root" && auth.password === password;
      if (known || mayInstall) auth.accept();
      else auth.reject(["password", "publickey"]);
    });
    client.on("session", (accept) =>
      accept().on("exec", (acceptExec, _reject, { command }) =>
        run(
          acceptExec(),
          mayInstall && command === "sh -s" ? `exec sh -s -- --root ${root}` : verb(command, root),
          name,
        ),
      ),
    );
  };
  const start: AgentNode["start"] = async ({ newHostKey } = { newHostKey: false }) => {
    if (newHostKey) hostKey = createKeyPair("host").privateKey;
    const next = new ssh2.Server({ hostKeys: [hostKey] }, connected);
    await new Promise<void>((resolve) => next.listen(port, "127.0.0.1", resolve));
    const address: unknown = next.address();
    port = typeof address === "object" && address !== null && "port" in address ? Number(address.port) : 0;
    server = next;
  };
  const stop = async (): Promise<void> => {
    const gone = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    for (const client of open) client.end();
    await gone;
    server = null;
  };
  const console: AgentNode["console"] = async (command) => {
    const { stdout } = await promisify(execFile)("sh", ["-c", command.replaceAll("ROOT", root)]);
    return named(stdout, name);
  };
  await start();
  return {
    ...{ password, at, console, start, stop },
    get port() {
      return port;
    },
    fingerprint: async () => {
      const read = await readHostKey({ host: "127.0.0.1", port }, 5_000);
      if (!read.ok) throw new Error(read.error.message);
      return read.value.fingerprint;
    },
    remove: async () => {
      await stop();
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
}

/** What the forced command of the key does on a real node. The cleaner finds none of this machine's programs. */
function verb(word: string, root: string): string {
  if (["put", "plan", "apply", "status", "remove", "version"].includes(word)) {
    return `exec ${HOSTS}/agent/trunkline-host ${word} --root ${root}`;
  }
  const seed = word === "seed-scan" ? "scan" : word === "seed-remove" ? "remove" : null;
  return seed
    ? `PATH=${root}/bin exec /usr/bin/python3 ${HOSTS}/seed/trunkline-seed --root ${root} ${seed}`
    : "exit 126";
}

const named = (said: string, name: string): string => said.replace(/"node": "[^"]*"/, `"node": "${name}"`);

function run(channel: ssh2.ServerChannel, script: string, name: string): void {
  const child = spawn("sh", ["-c", script]);
  const out: Buffer[] = [];
  channel.pipe(child.stdin);
  child.stdin.on("error", () => undefined);
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.pipe(channel.stderr, { end: false });
  child.on("close", (exit) => {
    channel.write(named(Buffer.concat(out).toString("utf8"), name));
    channel.exit(exit ?? 1);
    channel.end();
  });
}
