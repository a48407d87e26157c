import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Failure } from "@/lib/core/failure";
import { freePort, type Sshd, sshdReason, startSshd, withoutSshd } from "../testing/sshd";
import { readHostKey, type SshTarget } from "./connection";
import { createKeyPair } from "./key-pair";
import { type Command, type CommandOutput, runCommand } from "./run-command";

/** What the node runs: a stand-in for the wrapper that only knows these verbs. */
const SCRIPT = `
case "$SSH_ORIGINAL_COMMAND" in
  echo) cat ;;
  fail) echo "not today" >&2; exit 3 ;;
  hang) echo $$ | tee -a "$(dirname "$0")/pids" > "$(dirname "$0")/hanging"; exec sleep 600 ;;
  flood) exec yes ;;
  early) exec 0<&-; echo done; exit 0 ;;
  *) echo "refused" >&2; exit 126 ;;
esac`;

const command = (verb: string, more: Partial<Command> = {}): Command => ({
  what: `ask pve1 to ${verb}`,
  verb,
  write: true,
  connectMs: 5_000,
  commandMs: 10_000,
  maxOutputBytes: 100_000,
  ...more,
});

describe.skipIf(withoutSshd)(`SSH against a real server${sshdReason}`, () => {
  let server: Sshd;
  let target: SshTarget;
  const keys: string[] = [];

  beforeAll(async () => {
    server = await startSshd(SCRIPT);
    target = {
      node: "pve1",
      host: "127.0.0.1",
      port: server.port,
      user: server.user,
      privateKey: server.key.privateKey,
      hostKey: server.fingerprint,
    };
    keys.push(...server.key.privateKey.split("\n").filter((line) => line.length > 40));
  });
  afterAll(async () => {
    // sshd leaves what ran in a connection that broke; these would sleep on.
    const hanging = server ? fs.readFileSync(path.join(server.folder, "pids"), "utf8").trim().split("\n") : [];
    await server?.stop();
    for (const pid of hanging) if (alive(Number(pid))) process.kill(Number(pid));
  });

  async function run(verb: string, more: Partial<Command> = {}, at: Partial<SshTarget> = {}): Promise<CommandOutput> {
    const result = await runCommand({ ...target, ...at }, command(verb, more));
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  }
  async function failing(verb: string, more: Partial<Command> = {}, at: Partial<SshTarget> = {}): Promise<Failure> {
    const result = await runCommand({ ...target, ...at }, command(verb, more));
    if (result.ok) throw new Error("it worked");
    expect(result.error.message).toMatch(/^Could not ask pve1 to .*\.$/s);
    expect(result.error.next).toBeTruthy();
    for (const line of keys) expect(JSON.stringify(result.error)).not.toContain(line);
    return result.error;
  }

  it("shows the host key that ssh-keygen prints, without signing in", async () => {
    expect(await readHostKey(target, 5_000)).toEqual({
      ok: true,
      value: { type: "ssh-ed25519", fingerprint: server.fingerprint },
    });
  });

  it("hands over what goes in and gives back what comes out", async () => {
    const stdin = JSON.stringify({ text: "ä\n\0", long: "x".repeat(90_000) });
    expect(await run("echo", { stdin })).toEqual({ exit: 0, stdout: stdin, stderr: "" });
  });

  it("gives exit status and error output as an answer", async () => {
    expect(await run("fail")).toEqual({ exit: 3, stdout: "", stderr: "not today\n" });
    expect(await run("status; id")).toEqual({ exit: 126, stdout: "", stderr: "refused\n" });
  });

  it("does not mind a command that reads none of its input", async () => {
    expect(await run("early", { stdin: "x".repeat(1_000_000) })).toMatchObject({ exit: 0, stdout: "done\n" });
  });

  it("sends nothing to a server with another host key", async () => {
    const failure = await failing("echo", {}, { hostKey: `SHA256:${"A".repeat(43)}` });
    expect(failure).toMatchObject({ kind: "certificate", retry: false });
    expect(failure.message).toContain(server.fingerprint);
    expect(failure.unclear).toBeUndefined();
  });

  it("is told when its key is not accepted", async () => {
    const { privateKey } = createKeyPair("stranger");
    expect(await failing("echo", {}, { privateKey })).toMatchObject({ kind: "unauthorized", retry: false });
  });

  it("says that a stored key is no key, without quoting it", async () => {
    const failure = await failing("echo", {}, { privateKey: "-----BEGIN OPENSSH PRIVATE KEY-----\nsecret\n" });
    expect(failure.kind).toBe("unauthorized");
    expect(JSON.stringify(failure)).not.toContain("secret");
  });

  it("knows a closed port, a name nobody has and a server that is none", async () => {
    const port = await freePort();
    expect(await failing("echo", {}, { port })).toMatchObject({ kind: "unreachable", retry: true });
    expect(await readHostKey({ host: "127.0.0.1", port }, 2_000)).toMatchObject({
      ok: false,
      error: { kind: "unreachable" },
    });
    expect(await failing("echo", {}, { host: "node.invalid" })).toMatchObject({ kind: "unreachable" });
    const web = net.createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const at = await listen(web);
    expect((await failing("echo", {}, { port: at })).kind).toMatch(/bad-answer|unreachable/);
    web.close();
  });

  it("gives up on a server that says nothing", async () => {
    const sockets: net.Socket[] = [];
    const silent = net.createServer((socket) => sockets.push(socket));
    const port = await listen(silent);
    expect(await failing("echo", { connectMs: 300 }, { port })).toMatchObject({ kind: "timeout", retry: true });
    expect((await failing("echo", { connectMs: 300 }, { port })).unclear).toBeUndefined();
    expect(await readHostKey({ host: "127.0.0.1", port }, 300)).toMatchObject({
      ok: false,
      error: { kind: "timeout" },
    });
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it("gives up on a command that does not end, and says that a write may have happened", async () => {
    expect(await failing("hang", { commandMs: 400 })).toMatchObject({ kind: "timeout", unclear: true });
    expect((await failing("hang", { commandMs: 400, write: false })).unclear).toBeUndefined();
  });

  it("notices a connection that is cut, and that a write may have happened", async () => {
    const sign = path.join(server.folder, "hanging");
    fs.rmSync(sign, { force: true });
    const pending = failing("hang");
    await until(() => fs.existsSync(sign));
    server.cut();
    expect(await pending).toMatchObject({ kind: "unreachable", unclear: true });
  });

  it("stops reading an answer that has no end", async () => {
    expect(await failing("flood")).toMatchObject({ kind: "bad-answer", unclear: true });
  });
});

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !condition(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(condition()).toBe(true);
}

function listen(server: net.Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
}
