import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { createKeyPair, type KeyPair } from "../ssh/key-pair";

/** Where OpenSSH's server is, or null where it is not installed. */
const sshdPath = (): string | null =>
  ["/usr/sbin/sshd", "/usr/local/sbin/sshd"].find((file) => fs.existsSync(file)) ?? null;

/** For `describe.skipIf`: a missing server is a skip, unless everything must be there. */
export const withoutSshd = sshdPath() === null && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1";
export const sshdReason = sshdPath() === null ? " (skipped: no sshd here; install openssh-server)" : "";

export interface Sshd {
  readonly port: number;
  readonly user: string;
  readonly folder: string;
  readonly key: KeyPair;
  /** As `ssh-keygen -lf` prints it. */
  readonly fingerprint: string;
  /** Ends every connection that is open, the server itself stays. */
  readonly cut: () => void;
  readonly stop: () => Promise<void>;
}

/**
 * A real OpenSSH server on a free loopback port that lets one key in and runs `script` (sh) whatever it is asked for;
 * the script finds the verb in SSH_ORIGINAL_COMMAND. Everything is in a folder of its own.
 */
export async function startSshd(script: string): Promise<Sshd> {
  const program = sshdPath();
  if (program === null) throw new Error("OpenSSH's server is missing: apt-get install openssh-server");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-sshd-"));
  const key = createKeyPair("trunkline@test");
  const host = createKeyPair("host@test");
  const file = (name: string, text: string, mode: number): string => {
    const at = path.join(folder, name);
    fs.writeFileSync(at, text, { mode });
    return at;
  };
  const forced = file("forced", `#!/bin/sh\n${script}\n`, 0o755);
  const keys = file("authorized_keys", `restrict,command="${forced}" ${key.publicKey}\n`, 0o600);
  const hostKey = file("host_key", host.privateKey, 0o600);
  const publicKey = file("host_key.pub", `${host.publicKey}\n`, 0o644);
  const port = await freePort();
  const config = [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${keys}`,
    `PidFile ${path.join(folder, "pid")}`,
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "UsePAM no",
    "StrictModes no",
    "PermitRootLogin prohibit-password",
    "LogLevel ERROR",
    // Or bash reads the account's own ~/.bashrc, which is this machine's affair and may take longer than the agent.
    "SetEnv SHLVL=1",
  ];
  // A server started by root wants this folder to exist (Debian's unit makes it).
  if (process.getuid?.() === 0) fs.mkdirSync("/run/sshd", { recursive: true });
  const server = spawn(program, ["-D", "-e", "-f", file("sshd_config", `${config.join("\n")}\n`, 0o600)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  server.stderr.on("data", (chunk: Buffer) => {
    log += chunk.toString();
  });
  await listening(port, server, () => log);
  const listed = spawnSync("sh", ["-c", 'ssh-keygen -lf "$0"', publicKey], { encoding: "utf8" }).stdout;
  return {
    port,
    user: os.userInfo().username,
    folder,
    key,
    fingerprint: /SHA256:\S+/.exec(listed)?.[0] ?? "",
    cut: () => {
      for (const child of childrenOf(server.pid)) process.kill(child, "SIGKILL");
    },
    stop: async () => {
      for (const child of childrenOf(server.pid)) process.kill(child, "SIGKILL");
      if (server.exitCode === null) {
        const gone = new Promise((resolve) => server.once("exit", resolve));
        server.kill();
        await gone;
      }
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function listening(port: number, server: ChildProcess, log: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) throw new Error(`sshd ended: ${log()}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, "127.0.0.1", () => resolve(true));
      socket.once("error", () => resolve(false));
      socket.once("close", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`sshd does not listen: ${log()}`);
}

function childrenOf(pid: number | undefined): number[] {
  const { stdout } = spawnSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" });
  return stdout
    .split("\n")
    .map((line) => Number(line.trim()))
    .filter((child) => child > 0);
}
