import { spawn } from "node:child_process";
import ssh2 from "ssh2";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readHostKey } from "../ssh/connection";
import { createKeyPair } from "../ssh/key-pair";
import { installOverSsh } from "./install-over-ssh";

const PASSWORD = "correct horse battery staple";

/** A node that lets root in by a password, asked for plainly or through a dialogue as PAM does, and runs what it is told. */
let server: ssh2.Server;
let port: number;
let dialogue = false;
const tried: string[] = [];

beforeAll(async () => {
  server = new ssh2.Server({ hostKeys: [createKeyPair("host").privateKey] }, (client) => {
    client.on("error", () => undefined);
    client.on("authentication", (auth) => {
      tried.push(auth.method);
      if (auth.method === "password" && !dialogue && auth.password === PASSWORD) return auth.accept();
      if (auth.method === "keyboard-interactive" && dialogue) {
        return auth.prompt([{ prompt: "Password: ", echo: false }], (answers) =>
          answers[0] === PASSWORD ? auth.accept() : auth.reject(),
        );
      }
      return auth.reject([dialogue ? "keyboard-interactive" : "password"]);
    });
    client.on("session", (accept) =>
      accept().on("exec", (acceptExec, _reject, { command }) => {
        const channel = acceptExec();
        const child = spawn("sh", ["-c", command]);
        channel.pipe(child.stdin);
        child.stdin.on("error", () => undefined);
        child.stdout.pipe(channel, { end: false });
        child.stderr.pipe(channel.stderr, { end: false });
        child.on("close", (exit) => {
          channel.exit(exit ?? 1);
          channel.end();
        });
      }),
    );
  });
  port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address: unknown = server.address();
      resolve(typeof address === "object" && address !== null && "port" in address ? Number(address.port) : 0);
    });
  });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function target(password: string) {
  const seen = await readHostKey({ host: "127.0.0.1", port }, 5_000);
  if (!seen.ok) throw new Error(seen.error.message);
  return { node: "pve1", host: "127.0.0.1", port, user: "root", hostKey: seen.value.fingerprint, password };
}
const script = (text: string) => ({ name: "x.sh", text, sha256: "" });

it.each([false, true])("signs in by password, asked for in a dialogue: %s", async (asked) => {
  dialogue = asked;
  const done = await installOverSsh(await target(PASSWORD), script('echo "placed"; echo "agent: 1.0.0" >&2\n'));
  expect(done.ok ? done.value.split("\n").sort() : done.error).toEqual(["agent: 1.0.0", "placed"]);
});

it("a script that stops says why, and is worth another try", async () => {
  dialogue = false;
  const stopped = await installOverSsh(
    await target(PASSWORD),
    script('echo "Packages are missing. Run: apt-get install nftables" >&2; exit 1\n'),
  );
  expect(stopped).toMatchObject({
    ok: false,
    error: { kind: "refused", retry: true, message: expect.stringContaining("apt-get install nftables.") },
  });
});

it("a wrong password is told in words that hold no password, and nothing was run", async () => {
  const wrong = await installOverSsh(await target("wrong but secret"), script("exit 0\n"));
  expect(wrong).toMatchObject({
    ok: false,
    error: { kind: "unauthorized", message: expect.stringContaining("Nothing was sent") },
  });
  expect(JSON.stringify(wrong)).not.toContain("wrong but secret");
});

it("another host key than the pinned one gets no password", async () => {
  const pinned = { ...(await target(PASSWORD)), hostKey: `SHA256:${"A".repeat(43)}` };
  tried.length = 0;
  expect(await installOverSsh(pinned, script("exit 0\n"))).toMatchObject({ ok: false, error: { kind: "certificate" } });
  expect(tried).toEqual([]);
});

it("a key that cannot be read is told as one that was not accepted", async () => {
  const { password: _, ...rest } = await target("");
  const privateKey = "-----BEGIN OPENSSH PRIVATE KEY-----\nbm9uc2Vuc2U=\n-----END OPENSSH PRIVATE KEY-----\n";
  const unread = await installOverSsh({ ...rest, privateKey }, script("exit 0\n"));
  expect(unread).toMatchObject({
    ok: false,
    error: { kind: "unauthorized", next: expect.stringContaining("passphrase") },
  });
  expect(JSON.stringify(unread)).not.toContain("bm9uc2Vuc2U");
});
