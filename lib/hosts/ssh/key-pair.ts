import { generateKeyPairSync, type JsonWebKey, randomBytes } from "node:crypto";
import { wireString } from "./wire-string";

export interface KeyPair {
  /** OpenSSH's own format, without a passphrase. A secret: sealed where it is stored, never in a message. */
  readonly privateKey: string;
  /** One line for authorized_keys: `ssh-ed25519 AAAA… comment`. */
  readonly publicKey: string;
}

const TYPE = "ssh-ed25519";

/** A new ed25519 key pair. `comment` ends the public line and tells people whose key it is: letters, digits, `@._-`. */
export function createKeyPair(comment: string): KeyPair {
  const clean = comment.replace(/[^A-Za-z0-9@._-]/g, "-");
  const { privateKey } = generateKeyPairSync("ed25519");
  const { d, x }: JsonWebKey = privateKey.export({ format: "jwk" });
  const seed = Buffer.from(d ?? "", "base64url");
  const point = Buffer.from(x ?? "", "base64url");
  const blob = Buffer.concat([wireString(TYPE), wireString(point)]);
  return { privateKey: openSshPrivateKey(seed, point, blob, clean), publicKey: publicLine(blob, clean) };
}

const publicLine = (blob: Buffer, comment: string): string => `${TYPE} ${blob.toString("base64")} ${comment}`;

/** openssh-key-v1 (PROTOCOL.key of OpenSSH), unencrypted; Node writes PKCS#8 only, which ssh2 does not read. */
function openSshPrivateKey(seed: Buffer, point: Buffer, blob: Buffer, comment: string): string {
  const check = randomBytes(4);
  const inner = [check, check, wireString(TYPE), wireString(point), wireString(Buffer.concat([seed, point]))];
  const open = Buffer.concat([...inner, wireString(comment)]);
  const padding = Buffer.from(Array.from({ length: (8 - (open.length % 8)) % 8 }, (_, at) => at + 1));
  const count = Buffer.from([0, 0, 0, 1]);
  const whole = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    wireString("none"),
    wireString("none"),
    wireString(""),
    count,
    wireString(blob),
    wireString(Buffer.concat([open, padding])),
  ]);
  const lines = whole.toString("base64").match(/.{1,70}/g) ?? [];
  return ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----", ""].join("\n");
}
