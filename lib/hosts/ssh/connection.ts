import { createHash } from "node:crypto";
import ssh2 from "ssh2";
import type { Failure } from "@/lib/core/failure";
import { err, ok, type Result } from "@/lib/core/result";
import { type Attempt, connectFailure, UNREADABLE } from "./ssh-failure";

/** Where a node's SSH server is, and what to expect and show there. */
export interface SshAddress {
  readonly host: string;
  readonly port: number;
}

interface SshServer extends SshAddress {
  /** The node's name, for messages. */
  readonly node: string;
  readonly user: string;
  /** `SHA256:…` of the host key a person has compared. */
  readonly hostKey: string;
}

export interface SshTarget extends SshServer {
  /** OpenSSH format. Never leaves this room in a message. */
  readonly privateKey: string;
  /** Of the private key, where it has one. */
  readonly passphrase?: string;
}

/** A server and what to show there once: a key, or a password, for installing. */
export type SshSignIn = SshTarget | (SshServer & { readonly password: string });

/** A host key as it was shown, not yet trusted. */
export interface HostKey {
  /** `ssh-ed25519` */
  readonly type: string;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

/** In this order, so that the same server shows the same key to everyone who asks. */
const HOST_KEY_TYPES: ssh2.ServerHostKeyAlgorithm[] = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "rsa-sha2-512",
  "rsa-sha2-256",
];

function describeHostKey(key: Buffer): HostKey {
  const length = key.readUInt32BE(0);
  const fingerprint = createHash("sha256").update(key).digest("base64").replace(/=+$/, "");
  return { type: key.subarray(4, 4 + length).toString("latin1"), fingerprint: `SHA256:${fingerprint}` };
}

/**
 * An authenticated connection to exactly the server whose host key is pinned. On another key nothing is sent, neither
 * name nor proof of our own key. `timeoutMs` is for connecting and signing in together. The caller ends the connection.
 */
export function connect(target: SshSignIn, attempt: Attempt): Promise<Result<ssh2.Client, Failure>> {
  let seen: HostKey | null = null;
  const client = new ssh2.Client();
  return new Promise((resolve) => {
    const settle = (result: Result<ssh2.Client, Failure>) => {
      if (!result.ok) client.destroy();
      resolve(result);
    };
    client.once("ready", () => settle(ok(client)));
    // Servers that take passwords through PAM only ask for them in this way.
    if ("password" in target) {
      client.on("keyboard-interactive", (_name, _text, _language, prompts, finish) =>
        finish(prompts.map(() => target.password)),
      );
    }
    // Stays on: an error without a listener would end the process.
    client.on("error", (error) => settle(err(connectFailure(error, { ...attempt, seen, pinned: target.hostKey }))));
    client.once("close", () =>
      settle(err(connectFailure(new Error("closed"), { ...attempt, seen, pinned: target.hostKey }))),
    );
    try {
      client.connect({
        host: target.host,
        port: target.port,
        username: target.user,
        ...shown(target),
        readyTimeout: attempt.timeoutMs,
        algorithms: { serverHostKey: HOST_KEY_TYPES },
        hostVerifier: (key: Buffer) => {
          seen = describeHostKey(key);
          return seen.fingerprint === target.hostKey;
        },
      });
    } catch {
      // Thrown before anything is sent, for a key it cannot read; its words quote the key's beginning.
      settle(err(connectFailure(new Error(UNREADABLE), { ...attempt, seen, pinned: target.hostKey })));
    }
  });
}

function shown(target: SshSignIn): ssh2.ConnectConfig {
  if ("password" in target) return { password: target.password, tryKeyboard: true };
  const { privateKey, passphrase } = target;
  return { privateKey, ...(passphrase === undefined ? {} : { passphrase }) };
}

/**
 * Asks a server for its host key and hangs up before signing in. What it shows is not trusted yet: a person compares it
 * with what `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` prints on the node.
 */
export function readHostKey(address: SshAddress, timeoutMs: number): Promise<Result<HostKey, Failure>> {
  const server = `${address.host}:${address.port}`;
  const attempt: Attempt = { what: "read the SSH host key", server, write: false, timeoutMs };
  const client = new ssh2.Client();
  return new Promise((resolve) => {
    let seen: HostKey | null = null;
    const settle = (error: unknown) => {
      client.destroy();
      resolve(seen ? ok(seen) : err(connectFailure(error, { ...attempt, seen: null, pinned: null })));
    };
    client.on("error", settle);
    client.once("close", () => settle(new Error("closed")));
    client.connect({
      ...address,
      username: "trunkline",
      readyTimeout: timeoutMs,
      algorithms: { serverHostKey: HOST_KEY_TYPES },
      hostVerifier: (key: Buffer) => {
        seen = describeHostKey(key);
        return false;
      },
    });
  });
}
